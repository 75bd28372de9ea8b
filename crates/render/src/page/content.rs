//! An article or an interpretation.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{Column, PageContext, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;

/// Content page (内容页). For policies see [`super::PolicyPage`].
#[derive(Debug, Clone, Serialize)]
pub struct ContentPage {
    /// Where the page lies; see [`crate::path::content`].
    #[serde(skip)]
    pub path: String,
    /// Identity of the resource.
    pub id: Uuid,
    /// The column it is filed under.
    pub column: Column,
    /// `ArticleTitle`.
    pub title: String,
    /// 副标题.
    pub subtitle: Option<String>,
    /// `PubDate`.
    pub published_at: Timestamp,
    /// `ContentSource`.
    pub source: String,
    /// Address of the original, when reprinted.
    pub original_url: Option<String>,
    /// `Author`.
    pub author: Option<String>,
    /// 责任编辑.
    pub editor: Option<String>,
    /// `Keywords`, separated by commas.
    pub keywords: Option<String>,
    /// `Description`, and shown above an interpretation.
    pub summary: Option<String>,
    /// Path of a picture of the page, as `Image`.
    pub image: Option<String>,
    /// 审图号, for content with a map.
    pub map_approval_number: Option<String>,
    /// Body, cleaned by [`crate::rich_text`], with attachments rewritten to references relative to this page.
    pub body: String,
    /// Files to download.
    pub attachments: Vec<AttachmentLink>,
    /// For an interpretation: the policies it explains. For an article: related content.
    pub related: Vec<RelatedLink>,
    /// Whether this is a 政策解读.
    pub is_interpretation: bool,
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentLink {
    /// Its name, as the editor gave it.
    pub name: String,
    /// Where it lies; see [`crate::path::attachment`].
    pub path: String,
    /// Size in bytes.
    pub size: u64,
}

/// Another resource this one points to (政策文件与解读相互关联).
#[derive(Debug, Clone, Serialize)]
pub struct RelatedLink {
    /// Identity of the other resource.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Its publication time.
    pub published_at: Timestamp,
    /// 发文字号, when it is a policy.
    pub document_number: Option<String>,
}

impl PageContext for ContentPage {
    const TEMPLATE: &'static str = "article.html";
    const KIND: PageKind = PageKind::Content;

    fn path(&self) -> String {
        self.path.clone()
    }

    fn top_column(&self) -> Option<Uuid> {
        Some(self.column.top())
    }

    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        into.insert(Dependency::Resource(self.id));
        self.column.dependencies(into);
        into.extend(self.related.iter().map(|link| Dependency::Resource(link.id)));
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::content_pages()
    }
}
