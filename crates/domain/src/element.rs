//! The element table (要素表) of an edition: one struct for all types, and a table that says which element each type needs.
//!
//! Source: regulations §6.3, which joins 国办发〔2017〕47号 附件2 (网页标签), the head of disclosure pages (§7.6) and
//! the elements of official documents (GB/T 9704-2012).

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{ids::ResourceId, problem::FieldProblem, resource::ResourceKind};

/// Validity of a policy (效力标注, 通知 二(三)1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// All values, in the order of forms.
    pub const ALL: [Self; 6] =
        [Self::InForce, Self::Amended, Self::PartlyLapsed, Self::Lapsed, Self::Repealed, Self::NotYetInForce];
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::InForce => "有效",
            Self::Amended => "已修改",
            Self::PartlyLapsed => "部分失效",
            Self::Lapsed => "失效",
            Self::Repealed => "废止",
            Self::NotYetInForce => "尚未施行",
        }
    }
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Amended => "amended",
            Self::PartlyLapsed => "partly_lapsed",
            Self::Lapsed => "lapsed",
            Self::Repealed => "repealed",
            Self::NotYetInForce => "not_yet_in_force",
        }
    }
    /// Reads [`Self::as_str`] or the Chinese word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text || value.chinese() == text)
    }
}

/// How a document is opened to the public (公开方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenMode {
    /// 主动公开
    #[default]
    Active,
    /// 依申请公开
    OnRequest,
    /// 不予公开
    Closed,
    /// 非政府信息
    NotGovernmentInformation,
}

impl OpenMode {
    /// All values, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Active, Self::OnRequest, Self::Closed, Self::NotGovernmentInformation];
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Active => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Closed => "不予公开",
            Self::NotGovernmentInformation => "非政府信息",
        }
    }
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::OnRequest => "on_request",
            Self::Closed => "closed",
            Self::NotGovernmentInformation => "not_government_information",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
    /// Only these may be placed on a site.
    pub fn may_be_published(self) -> bool {
        matches!(self, Self::Active | Self::NotGovernmentInformation)
    }
}

/// Everything an edition says about its content besides title and body. Empty strings are stored as `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Elements {
    /// 副标题
    pub subtitle: Option<String>,
    /// 内容摘要 → `Description`
    pub summary: Option<String>,
    /// 来源 → `ContentSource`
    pub source: Option<String>,
    /// 是否转载
    pub is_reprint: bool,
    /// 转载原文地址
    pub original_url: Option<String>,
    /// 作者 → `Author`
    pub author: Option<String>,
    /// 责任编辑
    pub editor: Option<String>,
    /// 关键词 → `Keywords`
    pub keywords: Vec<String>,
    /// 发布时间 stated for the page (原发布时间 for imported items); `None` = moment of first publication.
    pub published_on: Option<Timestamp>,
    /// 有效期至：到期自动下线
    pub expires_at: Option<Timestamp>,
    /// 公开方式
    pub open_mode: OpenMode,
    /// 公开依据
    pub open_basis: Option<String>,
    /// 保密审查：the editor's statement that the content was checked for secrets (条例 第17条).
    pub secrecy_reviewed: bool,
    /// 索引号; issued at admission when left empty for a policy.
    pub index_number: Option<String>,
    /// 主题分类, `一级\二级`
    pub subject_class: Option<String>,
    /// 发文机关
    pub issuer: Option<String>,
    /// 联合发文机关
    pub joint_issuers: Vec<String>,
    /// 发文字号
    pub document_number: Option<String>,
    /// 成文日期
    pub written_on: Option<Date>,
    /// 文种
    pub document_type: Option<String>,
    /// 有效性
    pub validity: Option<Validity>,
    /// 施行日期
    pub effective_on: Option<Date>,
    /// 废止（失效）日期
    pub repealed_on: Option<Date>,
    /// 主题词
    pub subject_words: Vec<String>,
    /// 审图号
    pub map_approval_number: Option<String>,
    /// Policies that an interpretation explains (政策解读 ↔ 政策文件).
    pub interprets: Vec<ResourceId>,
}

/// Whether a type needs an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// 必备
    Required,
    /// 可选
    Optional,
    /// Not shown for this type.
    Unused,
}

/// One row of the element table.
pub struct ElementRule {
    /// Field name in [`Elements`] (or `title`, `body`).
    pub field: &'static str,
    /// Label in forms.
    pub label: &'static str,
    /// Need by type: article, policy, interpretation.
    pub needs: [Need; 3],
}

use Need::{Optional as O, Required as M, Unused as X};

/// The element table, in the order of forms.
pub const ELEMENT_RULES: &[ElementRule] = &[
    ElementRule { field: "title", label: "标题", needs: [M, M, M] },
    ElementRule { field: "subtitle", label: "副标题", needs: [O, O, O] },
    ElementRule { field: "body", label: "正文", needs: [M, M, M] },
    ElementRule { field: "source", label: "来源", needs: [M, M, M] },
    ElementRule { field: "summary", label: "摘要", needs: [O, O, O] },
    ElementRule { field: "author", label: "作者", needs: [O, O, O] },
    ElementRule { field: "editor", label: "责任编辑", needs: [O, O, O] },
    ElementRule { field: "keywords", label: "关键词", needs: [O, O, O] },
    ElementRule { field: "secrecy_reviewed", label: "保密审查", needs: [M, M, M] },
    ElementRule { field: "open_mode", label: "公开方式", needs: [M, M, M] },
    ElementRule { field: "index_number", label: "索引号", needs: [X, O, X] },
    ElementRule { field: "subject_class", label: "主题分类", needs: [X, M, X] },
    ElementRule { field: "issuer", label: "发文机关", needs: [X, M, X] },
    ElementRule { field: "document_number", label: "发文字号", needs: [X, O, X] },
    ElementRule { field: "written_on", label: "成文日期", needs: [X, M, X] },
    ElementRule { field: "document_type", label: "文种", needs: [X, O, X] },
    ElementRule { field: "validity", label: "有效性", needs: [X, M, X] },
    ElementRule { field: "effective_on", label: "施行日期", needs: [X, O, X] },
    ElementRule { field: "repealed_on", label: "废止日期", needs: [X, O, X] },
    ElementRule { field: "subject_words", label: "主题词", needs: [X, O, X] },
    ElementRule { field: "interprets", label: "所解读的政策文件", needs: [X, X, O] },
    ElementRule { field: "map_approval_number", label: "审图号", needs: [O, O, O] },
];

/// The need of `field` for `kind`; `Unused` for a field that the table does not know.
pub fn need(kind: ResourceKind, field: &str) -> Need {
    let position = match kind {
        ResourceKind::Article => 0,
        ResourceKind::Policy => 1,
        ResourceKind::Interpretation => 2,
    };
    ELEMENT_RULES
        .iter()
        .find(|rule| rule.field == field)
        .and_then(|rule| rule.needs.get(position).copied())
        .unwrap_or(Need::Unused)
}

/// Lists the required elements that are missing; checked at submission (入库即拒), not while a draft is being written.
pub fn missing_elements(kind: ResourceKind, title: &str, body_text: &str, elements: &Elements) -> Vec<FieldProblem> {
    ELEMENT_RULES
        .iter()
        .filter(|rule| need(kind, rule.field) == Need::Required)
        .filter(|rule| !present(rule.field, title, body_text, elements))
        .map(|rule| {
            let message = match rule.field {
                "secrecy_reviewed" => "请在完成保密审查后勾选“已通过保密审查”（政府信息公开条例第十七条）。".to_owned(),
                _ => format!("{}“{}”为必填项，请补充。", kind.chinese(), rule.label),
            };
            FieldProblem::new(rule.field, message)
        })
        .collect()
}

/// Characters that a title or subtitle may have.
const TITLE_LIMIT: usize = 200;
/// Characters that any other element may have.
const TEXT_LIMIT: usize = 500;

/// Names the title and elements that are too long for the pages and lists they stand on; checked at submission.
pub fn overlong_elements(title: &str, elements: &Elements) -> Vec<FieldProblem> {
    let texts = [
        ("subtitle", "副标题", &elements.subtitle, TITLE_LIMIT),
        ("summary", "内容摘要", &elements.summary, TEXT_LIMIT),
        ("source", "来源", &elements.source, TEXT_LIMIT),
        ("original_url", "转载原文地址", &elements.original_url, TEXT_LIMIT),
        ("author", "作者", &elements.author, TEXT_LIMIT),
        ("editor", "责任编辑", &elements.editor, TEXT_LIMIT),
        ("open_basis", "公开依据", &elements.open_basis, TEXT_LIMIT),
        ("index_number", "索引号", &elements.index_number, TEXT_LIMIT),
        ("subject_class", "主题分类", &elements.subject_class, TEXT_LIMIT),
        ("issuer", "发文机关", &elements.issuer, TEXT_LIMIT),
        ("document_number", "发文字号", &elements.document_number, TEXT_LIMIT),
        ("document_type", "文种", &elements.document_type, TEXT_LIMIT),
        ("map_approval_number", "审图号", &elements.map_approval_number, TEXT_LIMIT),
    ];
    std::iter::once(("title", "标题", title, TITLE_LIMIT))
        .chain(
            texts.into_iter().filter_map(|(field, label, text, limit)| Some((field, label, text.as_deref()?, limit))),
        )
        .filter_map(|(field, label, text, limit)| {
            let length = text.chars().count();
            let message = format!("“{label}”有 {length} 个字，最多 {limit} 个字，请缩短。");
            (length > limit).then(|| FieldProblem::new(field, message))
        })
        .collect()
}

fn present(field: &str, title: &str, body_text: &str, elements: &Elements) -> bool {
    let filled = |value: &Option<String>| value.as_deref().is_some_and(|text| !text.trim().is_empty());
    match field {
        "title" => !title.trim().is_empty(),
        "body" => !body_text.trim().is_empty(),
        "source" => filled(&elements.source),
        "secrecy_reviewed" => elements.secrecy_reviewed,
        "subject_class" => filled(&elements.subject_class),
        "issuer" => filled(&elements.issuer),
        "written_on" => elements.written_on.is_some(),
        "validity" => elements.validity.is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_200_characters_is_accepted_and_one_more_is_named() {
        let elements = Elements { source: Some("源".repeat(501)), ..Elements::default() };
        assert!(overlong_elements(&"题".repeat(200), &Elements::default()).is_empty());
        let problems = overlong_elements(&"题".repeat(201), &elements);
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["title", "source"]);
        assert!(problems[0].message.contains("有 201 个字，最多 200 个字"), "{}", problems[0].message);
    }

    #[test]
    fn an_empty_policy_lacks_exactly_its_required_elements() {
        let fields: Vec<String> = missing_elements(ResourceKind::Policy, "", " ", &Elements::default())
            .into_iter()
            .map(|problem| problem.field)
            .collect();
        assert_eq!(
            fields,
            ["title", "body", "source", "secrecy_reviewed", "subject_class", "issuer", "written_on", "validity"]
        );
    }

    #[test]
    fn a_plain_article_needs_title_body_source_and_the_secrecy_check() {
        let elements = Elements { source: Some("本网".into()), secrecy_reviewed: true, ..Elements::default() };
        assert_eq!(missing_elements(ResourceKind::Article, "标题", "正文", &elements), vec![]);
    }
}
