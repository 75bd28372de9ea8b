//! The open interface of the library (自治区统一信息资源库向各盟市开放数据接口, 通知 二(一)2): what connected systems read.

mod changes;
mod resource;
mod screening;

pub use changes::{ChangePage, changes};
pub use resource::{PublicAttachment, PublicPlace, PublicResource, resource};
pub use screening::{RequestedAttachment, ScreeningRequest, screening};
