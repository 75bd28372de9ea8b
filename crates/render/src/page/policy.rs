//! A policy document with its element table.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

use super::{AttachmentLink, Column, PageContext, RelatedLink, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;

/// Policy page (政策文件): element table, body, interpretations.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyPage {
    /// Where the page lies; see [`crate::path::content`].
    #[serde(skip)]
    pub path: String,
    /// Identity of the resource.
    pub id: Uuid,
    /// The column it is filed under.
    pub column: Column,
    /// `ArticleTitle`, also 标题 in the table.
    pub title: String,
    /// `PubDate`, also 发布日期 in the table.
    pub published_at: Timestamp,
    /// `ContentSource`.
    pub source: String,
    /// `Author`.
    pub author: Option<String>,
    /// 责任编辑.
    pub editor: Option<String>,
    /// `Keywords`.
    pub keywords: Option<String>,
    /// `Description`.
    pub summary: Option<String>,
    /// 审图号, for content with a map.
    pub map_approval_number: Option<String>,
    /// The element table.
    pub elements: PolicyElements,
    /// Body, as in [`super::ContentPage::body`].
    pub body: String,
    /// Files to download.
    pub attachments: Vec<AttachmentLink>,
    /// 相关解读.
    pub interpretations: Vec<RelatedLink>,
    /// Policies that replace, amend or carry out this one.
    pub related: Vec<RelatedLink>,
}

/// The element table of a policy (regulations §7.6); an empty value is shown as a dash.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PolicyElements {
    /// 索引号.
    pub index_number: Option<String>,
    /// 主题分类, such as `综合政务\政务公开`.
    pub subject_class: Option<String>,
    /// 发文机关; several joined by `、`.
    pub issuer: Option<String>,
    /// 成文日期.
    pub written_on: Option<Date>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 主题词.
    pub subject_words: Option<String>,
    /// 有效性.
    pub validity: Option<Validity>,
    /// 施行日期.
    pub effective_on: Option<Date>,
    /// 废止日期.
    pub repealed_on: Option<Date>,
    /// 公开方式, such as `主动公开`.
    pub open_mode: Option<String>,
}

/// 有效性. Serialised as a word for CSS classes; shown in Chinese by the theme's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 有效
    InForce,
    /// 已修改
    Amended,
    /// 部分失效
    PartlyLapsed,
    /// 失效
    Lapsed,
    /// 废止
    Repealed,
    /// 尚未施行
    NotYetInForce,
}

impl Validity {
    /// Reads the stable word (`in_force`) or the Chinese word (`有效`).
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "in_force" | "有效" => Validity::InForce,
            "amended" | "已修改" => Validity::Amended,
            "partly_lapsed" | "部分失效" => Validity::PartlyLapsed,
            "lapsed" | "失效" => Validity::Lapsed,
            "repealed" | "废止" => Validity::Repealed,
            "not_yet_in_force" | "尚未施行" => Validity::NotYetInForce,
            _ => return None,
        })
    }
}

impl PageContext for PolicyPage {
    const TEMPLATE: &'static str = "policy.html";
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
        into.extend(self.interpretations.iter().chain(&self.related).map(|link| Dependency::Resource(link.id)));
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::policy_pages()
    }
}
