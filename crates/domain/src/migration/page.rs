//! One address of an old site.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DecidedBy, Fate};
use crate::ids::{EditionId, MigrationId, OldPageId, PersonId, ResourceId};

/// What stands at an old address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldPageKind {
    /// Known, not fetched yet.
    Queued,
    /// Fetched, not read yet.
    Unread,
    /// 首页
    Home,
    /// 列表页
    List,
    /// 内容页
    Article,
    /// 办事指南
    Guide,
    /// 其他页面
    Other,
    /// 附件、图片等文件
    File,
    /// 跳转
    Redirect,
    /// 无法读取
    Failed,
}

impl OldPageKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 10] = [
        Self::Home,
        Self::List,
        Self::Article,
        Self::Guide,
        Self::Other,
        Self::File,
        Self::Redirect,
        Self::Failed,
        Self::Unread,
        Self::Queued,
    ];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Unread => "unread",
            Self::Home => "home",
            Self::List => "list",
            Self::Article => "article",
            Self::Guide => "guide",
            Self::Other => "other",
            Self::File => "file",
            Self::Redirect => "redirect",
            Self::Failed => "failed",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Queued => "待采集",
            Self::Unread => "待识别",
            Self::Home => "首页",
            Self::List => "列表页",
            Self::Article => "内容页",
            Self::Guide => "办事指南",
            Self::Other => "其他页面",
            Self::File => "附件和图片",
            Self::Redirect => "跳转",
            Self::Failed => "无法读取",
        }
    }
    /// A text that can become a resource.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Article | Self::Guide)
    }
}

/// What a person put right on one page; `None` = as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrected {
    /// 标题
    pub title: Option<String>,
    /// 发布时间, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    pub published: Option<String>,
    /// 来源
    pub source: Option<String>,
    /// 发文字号
    pub document_number: Option<String>,
}

/// One address of an old site, what stands there, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldPage {
    /// Key.
    pub id: OldPageId,
    /// The migration.
    pub migration: MigrationId,
    /// The address, in its canonical form.
    pub address: String,
    /// What stands there.
    pub kind: OldPageKind,
    /// Answer of the old server.
    pub status: Option<u16>,
    /// Media type, as far as known.
    pub media_type: Option<String>,
    /// SHA-256 of the bytes in the file store.
    pub hash: Option<String>,
    /// Size in bytes.
    pub size: i64,
    /// `ETag` of the old server.
    pub etag: Option<String>,
    /// `Last-Modified` of the old server, as it was sent.
    pub last_modified: Option<String>,
    /// Where it leads.
    pub target: Option<String>,
    /// Why it could not be fetched or read.
    pub fault: Option<String>,
    /// Address of the page that named it first; the place in a file.
    pub referrer: Option<String>,
    /// Steps from the home page.
    pub depth: i64,
    /// The collection that saw it last.
    pub seen_round: i64,
    /// The collection that saw its bytes change last.
    pub changed_round: i64,
    /// The collection after which it was read last; less than `changed_round` = to be read.
    pub read_round: i64,
    /// When its bytes were fetched or saved.
    pub collected_at: Option<Timestamp>,
    /// 标题
    pub title: String,
    /// 发布时间 of the original.
    pub published_at: Option<Timestamp>,
    /// 来源
    pub source: Option<String>,
    /// 发文字号
    pub document_number: Option<String>,
    /// Key of the old column, see [`super::column_key`]; empty when not known.
    pub column_key: String,
    /// Digest of the text without white space, for duplicates.
    pub text_hash: Option<String>,
    /// Characters of the text.
    pub text_length: i64,
    /// Everything that was read, each with where it was found and how sure that is, as JSON.
    pub found: String,
    /// Addresses of the same site that its text, its pictures and its attachments lead to.
    pub links: Vec<String>,
    /// Addresses that it links to as further pages of the same article.
    pub further: Vec<String>,
    /// Blocking findings of the screening.
    pub blocks: i64,
    /// Warnings of the screening.
    pub warns: i64,
    /// The first findings in words.
    pub remarks: Vec<String>,
    /// What a person put right.
    pub corrected: Corrected,
    /// What becomes of it.
    pub fate: Fate,
    /// Who settled that.
    pub fate_by: DecidedBy,
    /// Why.
    pub fate_reason: String,
    /// Address of the page that stands for it, when merged.
    pub merged_into: Option<String>,
    /// The person who decided.
    pub decided_by: Option<PersonId>,
    /// The resource that it became.
    pub resource: Option<ResourceId>,
    /// The edition made of it last.
    pub edition: Option<EditionId>,
    /// The collection whose bytes that edition was made of; less than `changed_round` = to be tried.
    pub tried_round: i64,
    /// Why no edition could be made, or not submitted.
    pub trial_fault: Option<String>,
}

impl OldPage {
    /// The title that counts.
    pub fn title_now(&self) -> &str {
        self.corrected.title.as_deref().unwrap_or(&self.title)
    }
}
