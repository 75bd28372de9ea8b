//! Editions (版本): one version of a resource, with its state.
//!
//! `draft → screened → in_review → admitted → superseded | recalled`; `returned` is a draft again.
//! At most one open edition (draft … in review) and one admitted edition per resource and language.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    element::Elements,
    ids::{EditionId, PersonId, ResourceId},
};

/// State of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    /// 草稿
    Draft,
    /// 已退回: a draft again, with comments.
    Returned,
    /// 审核中
    InReview,
    /// 已入库
    Admitted,
    /// 已被新版本取代
    Superseded,
    /// 已撤回
    Recalled,
    /// 已放弃: a draft that its writer discarded.
    Discarded,
}

impl EditionState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Returned,
        Self::InReview,
        Self::Admitted,
        Self::Superseded,
        Self::Recalled,
        Self::Discarded,
    ];
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::Returned => "已退回",
            Self::InReview => "审核中",
            Self::Admitted => "已入库",
            Self::Superseded => "已被取代",
            Self::Recalled => "已撤回",
            Self::Discarded => "已放弃",
        }
    }
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Returned => "returned",
            Self::InReview => "in_review",
            Self::Admitted => "admitted",
            Self::Superseded => "superseded",
            Self::Recalled => "recalled",
            Self::Discarded => "discarded",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
    /// The writer may change it.
    pub fn editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
    /// It occupies the resource's single place for an unfinished edition.
    pub fn open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned | Self::InReview)
    }
}

/// Language of an edition (BCP 47).
pub const LANGUAGE_CHINESE: &str = "zh-Hans";

/// One version of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Key.
    pub id: EditionId,
    /// The resource it is a version of.
    pub resource: ResourceId,
    /// 1, 2, 3 … within the resource and language.
    pub number: i32,
    /// `zh-Hans` (later `mn-Mong`).
    pub language: String,
    /// State.
    pub state: EditionState,
    /// 标题
    pub title: String,
    /// Clean HTML (see `render::rich_text`).
    pub body: String,
    /// Element table.
    pub elements: Elements,
    /// What changed against the edition before, in the writer's words.
    pub change_note: Option<String>,
    /// Who wrote it (last person to save it while a draft).
    pub written_by: PersonId,
    /// Everyone who ever saved a draft of it; none of them may review it.
    pub writers: Vec<PersonId>,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
    /// When it was admitted.
    pub admitted_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// SHA-256 (hex) of title, body, elements and attachment hashes at submission; what reviewers passed is what is published.
    pub content_hash: Option<String>,
    /// Optimistic lock.
    pub lock_version: i64,
}

/// What [`content_hash`] is given of a file. The name counts too: a file passed under one name must not be published
/// under another.
pub fn file_digest(hash: &str, file_name: &str) -> String {
    format!("{hash} {file_name}")
}

/// The digest that binds a review to exactly what was reviewed: title, body, elements and the files in order.
pub fn content_hash(title: &str, body: &str, elements: &Elements, files: &[String]) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    let parts = serde_json::json!([title, body, elements, files]);
    hasher.update(parts.to_string().as_bytes());
    hex::encode(hasher.finalize())
}
