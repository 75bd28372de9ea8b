//! Attachments (附件): uploaded to a draft, reviewed and published with it.

mod describe;
mod download;
mod name;
mod remove;
mod sniff;
mod upload;

pub use describe::describe;
pub use download::{Download, download};
pub use remove::remove;
pub use upload::{Upload, upload};

pub(crate) use name::{numbered, safe_name};
pub(crate) use sniff::media_type;
