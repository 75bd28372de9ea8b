//! Policy values (策略参数): the security administrator sets those of passwords, logins, sessions and audit, the system
//! administrator the rest; each within bounds, each with its source.

mod change;
mod list;

use policy::Action;

pub use change::change;
pub use list::{SettingView, list};

/// The action that setting this value needs.
fn action(rule: &domain::setting::SettingRule) -> Action {
    if rule.is_security() { Action::SecuritySettingChange } else { Action::PlatformSettingChange }
}
