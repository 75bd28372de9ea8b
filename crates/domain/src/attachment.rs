//! Attachments (附件): files that belong to one edition and are reviewed with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AttachmentId, EditionId, PersonId};

/// What an attachment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentUse {
    /// Listed below the text for download.
    Listed,
    /// Shown inside the text (`attachment:<id>` in the body).
    Inline,
}

impl AttachmentUse {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Inline => "inline",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Listed, Self::Inline].into_iter().find(|value| value.as_str() == text)
    }
}

/// A file of an edition; the bytes live in the file store under their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Key.
    pub id: AttachmentId,
    /// The edition it belongs to.
    pub edition: EditionId,
    /// Name shown to people and used in the address; unique within the edition.
    pub file_name: String,
    /// Sniffed from the bytes, not believed from the name.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the bytes, hex.
    pub hash: String,
    /// Listed or inline.
    pub usage: AttachmentUse,
    /// Text alternative for pictures (无障碍).
    pub alt_text: Option<String>,
    /// Place in the list.
    pub position: i32,
    /// Who uploaded it.
    pub uploaded_by: PersonId,
    /// When.
    pub uploaded_at: Timestamp,
}
