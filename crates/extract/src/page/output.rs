//! What a page yields.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// One page, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// The encoding the bytes really are in (`utf-8`, `gb18030`, `big5` …).
    pub encoding: &'static str,
    /// What the header or the page claims, in lower case, when it claims anything.
    pub encoding_claimed: Option<String>,
    /// Some bytes were no characters; they appear as U+FFFD.
    pub characters_lost: bool,
    /// The page is beyond the limits and was read in part only.
    pub cut: bool,
    pub kind: PageKind,
    /// From 0 to 1.
    pub kind_confidence: f32,
    pub language: Language,
    pub title: Option<Found<String>>,
    pub published: Option<Found<Moment>>,
    pub modified: Option<Found<Moment>>,
    /// Publishing unit or where it was taken from (来源).
    pub source: Option<Found<String>>,
    pub author: Option<Found<String>>,
    /// 发文字号, normalised: `国办发〔2021〕45号`.
    pub document_number: Option<Found<String>>,
    /// 索引号.
    pub index_number: Option<Found<String>>,
    /// 发文机关 or 发布机构.
    pub organ: Option<Found<String>>,
    /// 成文日期.
    pub written_on: Option<Found<Date>>,
    /// 有效性, as the page words it (`有效`, `废止` …).
    pub validity: Option<Found<String>>,
    /// 主题分类.
    pub topic: Option<Found<String>>,
    pub body: Option<Found<Body>>,
    /// 您的位置, outermost first.
    pub breadcrumb: Vec<Crumb>,
    pub column: Option<Found<String>>,
    /// `ColumnType` (regulations: the fixed list of kinds of column).
    pub column_type: Option<Found<String>>,
    pub keywords: Vec<String>,
    pub summary: Option<Found<String>>,
    pub site_name: Option<Found<String>>,
    /// 政府网站标识码, ten characters, `bm` in lower case.
    pub site_code: Option<Found<String>>,
    pub icp: Option<Found<String>>,
    pub police_record: Option<Found<String>>,
    /// Pictures of the body, in order.
    pub images: Vec<Image>,
    /// Files offered in the body or in a list of attachments.
    pub attachments: Vec<Link>,
    /// Every link of the page that leads to a page or a file, in order, each address once.
    pub links: Vec<Link>,
    pub canonical: Option<String>,
    /// Where `<meta http-equiv=refresh>` sends the reader.
    pub refresh: Option<String>,
    /// Further pages of the same article, in order, this one left out.
    pub further_pages: Vec<String>,
    pub list: Option<List>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    Home,
    List,
    Article,
    /// 办事指南.
    Guide,
    Other,
}

/// The language of a page's text, told by its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Chinese,
    /// 繁体.
    ChineseTraditional,
    /// 回鹘式蒙古文.
    MongolianTraditional,
    MongolianCyrillic,
    /// Cyrillic that is not Mongolian.
    Russian,
    Tibetan,
    Uyghur,
    Kazakh,
    Japanese,
    Korean,
    English,
    Unknown,
}

impl Language {
    /// The tag by BCP 47, for `lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-Hans",
            Language::ChineseTraditional => "zh-Hant",
            Language::MongolianTraditional => "mn-Mong",
            Language::MongolianCyrillic => "mn-Cyrl",
            Language::Russian => "ru",
            Language::Tibetan => "bo",
            Language::Uyghur => "ug",
            Language::Kazakh => "kk-Arab",
            Language::Japanese => "ja",
            Language::Korean => "ko",
            Language::English => "en",
            Language::Unknown => "und",
        }
    }
}

/// A value with where it was found and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found<T> {
    pub value: T,
    pub place: Place,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Where a value was found, best first; the text says it more closely (`meta PubDate`, `table 发布日期`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A rule of the site, made by a person.
    Rule(String),
    Meta(String),
    Structure(String),
    Statistics(String),
}

impl<T> Found<T> {
    pub(super) fn rule(value: T, detail: &str) -> Self {
        Found { value, place: Place::Rule(detail.to_owned()), confidence: 1.0 }
    }

    pub(super) fn meta(value: T, name: &str, confidence: f32) -> Self {
        Found { value, place: Place::Meta(format!("meta {name}")), confidence }
    }

    pub(super) fn structure(value: T, detail: impl Into<String>, confidence: f32) -> Self {
        Found { value, place: Place::Structure(detail.into()), confidence }
    }

    pub(super) fn statistics(value: T, detail: impl Into<String>, confidence: f32) -> Self {
        Found { value, place: Place::Statistics(detail.into()), confidence }
    }
}

/// A day, with the time of day when the page gives it. Local time of the page (北京时间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    pub date: Date,
    pub time: Option<Time>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Clean HTML of an allow-list: headings, paragraphs, lists, tables, pictures, links.
    pub html: String,
    /// One line per block; cells of a row parted by tabs.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    pub name: String,
    pub address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Absolute when the page's own address is known.
    pub address: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    pub address: String,
    /// The alternative text; empty when there is none.
    pub text: String,
}

/// What a list page lists.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    pub items: Vec<ListItem>,
    pub next: Option<String>,
    /// Addresses of the list's other pages that this page links to.
    pub pages: Vec<String>,
    /// How many pages the list says it has.
    pub page_count: Option<u32>,
    pub confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListItem {
    pub title: String,
    pub address: String,
    pub date: Option<Moment>,
}
