//! API tokens (接口令牌): how league platforms and other systems come in through the open interface (通知 二(一)2).

mod authenticate;
mod issue;
mod list;
mod revoke;

pub use authenticate::{Caller, authenticate};
pub use issue::{Issued, NewToken, issue};
pub use list::{list, units_in_reach};
pub use revoke::revoke;

/// Scopes that exist: word, meaning.
pub const SCOPES: &[(&str, &str)] = &[
    ("library:read", "读取已入库的公开信息"),
    ("library:changes", "订阅信息资源库的变更"),
    ("screening:run", "按本单位的词库和规则机审稿件"),
];
