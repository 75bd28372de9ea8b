//! Files of an edition.

use domain::attachment::{Attachment, AttachmentUse};
use serde::Serialize;

use crate::console::attachment::address::console_address;

/// One file, as the `files` macro and the draft's form show it.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Size in bytes.
    pub size: i64,
    /// Address in the console.
    pub path: String,
    /// 正文图片
    pub note: &'static str,
    /// A picture, which needs a text alternative.
    pub picture: bool,
    /// Shown inside the text.
    pub inline: bool,
    /// Text alternative.
    pub alt_text: String,
}

/// Files for listing.
pub fn files(attachments: &[Attachment]) -> Vec<FileView> {
    attachments
        .iter()
        .map(|file| FileView {
            id: file.id.to_string(),
            name: file.file_name.clone(),
            size: file.size,
            path: console_address(file.id),
            note: if file.usage == AttachmentUse::Inline { "正文图片" } else { "" },
            picture: file.media_type.starts_with("image/"),
            inline: file.usage == AttachmentUse::Inline,
            alt_text: file.alt_text.clone().unwrap_or_default(),
        })
        .collect()
}
