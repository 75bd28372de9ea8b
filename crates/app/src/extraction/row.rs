//! One page, record or file, as it was read.

use std::collections::BTreeMap;

use extract::{
    attachment::Extracted,
    page::{Found, Link, Moment, Page, PageKind},
    source::{Record, RecordBody},
};
use serde::Serialize;

use crate::migration::place_of;

/// One page, record or file. What was not found is absent (`null` in JSON); nothing is made up.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Extraction {
    /// Name of the file, or the address that was fetched.
    pub file: String,
    /// Where in the file, when one file holds many.
    pub place: Option<String>,
    /// Address of the page, when it is known.
    pub address: Option<String>,
    /// `home`, `list`, `article`, `guide`, `other`; `record` for a row of a table; `file` for an attachment.
    pub kind: &'static str,
    /// Title.
    pub title: Option<String>,
    /// When it was published, civil time of Beijing: `2021-07-12` or `2021-07-12T09:30:00+08:00`.
    pub published: Option<String>,
    /// When it was last changed, the same way.
    pub modified: Option<String>,
    /// 来源.
    pub source: Option<String>,
    /// 作者.
    pub author: Option<String>,
    /// 发文字号, e.g. `国办发〔2021〕45号`.
    pub doc_no: Option<String>,
    /// 索引号.
    pub index_no: Option<String>,
    /// 发文机关.
    pub organ: Option<String>,
    /// 成文日期.
    pub written_on: Option<String>,
    /// 有效性, as the page words it.
    pub validity: Option<String>,
    /// 主题分类.
    pub topic: Option<String>,
    /// The column that the page names.
    pub column: Option<String>,
    /// 您的位置, outermost first.
    pub breadcrumb: Vec<String>,
    /// Summary.
    pub summary: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Name of the site.
    pub site_name: Option<String>,
    /// 政府网站标识码.
    pub site_code: Option<String>,
    /// ICP 备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police_record: Option<String>,
    /// BCP 47 tag of the language of the text.
    pub language: Option<&'static str>,
    /// The encoding the bytes really are in.
    pub encoding: Option<&'static str>,
    /// The text: one line per block, cells of a row parted by tabs.
    pub text: String,
    /// Clean HTML of the body.
    pub html: Option<String>,
    /// Pictures of the body, in order.
    pub images: Vec<Named>,
    /// Files offered.
    pub attachments: Vec<Named>,
    /// Further pages of the same article.
    pub further_pages: Vec<String>,
    /// What a list page lists.
    pub list: Vec<ListEntry>,
    /// The next page of a list.
    pub next: Option<String>,
    /// Properties of a document: label and value.
    pub properties: BTreeMap<String, String>,
    /// Where each field was found, and how sure that is, from 0 to 1.
    pub found: BTreeMap<&'static str, Whence>,
    /// What people should know: characters lost, parts that could not be read.
    pub notices: Vec<String>,
    /// Why nothing could be read.
    pub fault: Option<String>,
}

/// An address with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Address.
    pub address: String,
    /// Words of the link, or the alternative text.
    pub text: String,
}

/// One entry of a list page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListEntry {
    /// Title.
    pub title: String,
    /// Address.
    pub address: String,
    /// Date beside it.
    pub date: Option<String>,
}

/// Where a field was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whence {
    /// In words.
    pub place: String,
    /// From 0 to 1.
    pub confidence: f32,
}

impl Extraction {
    pub(super) fn of_page(page: Page) -> Self {
        let mut found = BTreeMap::new();
        let mut notices = Vec::new();
        if page.characters_lost {
            notices.push("部分字符无法辨认，以“\u{FFFD}”代替。".to_owned());
        }
        if page.cut {
            notices.push("网页太大，只读了前面一部分。".to_owned());
        }
        let title = take(&mut found, "title", page.title);
        let published = take(&mut found, "published", page.published).map(written);
        let modified = take(&mut found, "modified", page.modified).map(written);
        let body = take(&mut found, "text", page.body);
        let (html, text) = body.map_or((None, String::new()), |body| (Some(body.html), body.text));
        let (list, next) = page.list.map_or((Vec::new(), None), |list| (list.items, list.next));
        Self {
            kind: match page.kind {
                PageKind::Home => "home",
                PageKind::List => "list",
                PageKind::Article => "article",
                PageKind::Guide => "guide",
                PageKind::Other => "other",
            },
            address: page.canonical,
            title,
            published,
            modified,
            source: take(&mut found, "source", page.source),
            author: take(&mut found, "author", page.author),
            doc_no: take(&mut found, "doc_no", page.document_number),
            index_no: take(&mut found, "index_no", page.index_number),
            organ: take(&mut found, "organ", page.organ),
            written_on: take(&mut found, "written_on", page.written_on).map(|day| day.to_string()),
            validity: take(&mut found, "validity", page.validity),
            topic: take(&mut found, "topic", page.topic),
            column: take(&mut found, "column", page.column),
            breadcrumb: page.breadcrumb.into_iter().map(|crumb| crumb.name).collect(),
            summary: take(&mut found, "summary", page.summary),
            keywords: page.keywords,
            site_name: take(&mut found, "site_name", page.site_name),
            site_code: take(&mut found, "site_code", page.site_code),
            icp: take(&mut found, "icp", page.icp),
            police_record: take(&mut found, "police_record", page.police_record),
            language: Some(page.language.tag()),
            encoding: Some(page.encoding),
            text,
            html,
            images: page.images.into_iter().map(|image| Named { address: image.address, text: image.text }).collect(),
            attachments: page.attachments.into_iter().map(named).collect(),
            further_pages: page.further_pages,
            list: list
                .into_iter()
                .map(|item| ListEntry { title: item.title, address: item.address, date: item.date.map(written) })
                .collect(),
            next,
            found,
            notices,
            ..Self::default()
        }
    }

    pub(super) fn of_record(record: Record) -> Self {
        let (html, text) = match record.body {
            RecordBody::Html(html) => (Some(html.clone()), render::rich_text::clean(&html).plain_text),
            RecordBody::Text(text) => (None, text),
        };
        Self {
            kind: "record",
            place: Some(record.place),
            address: record.address,
            title: record.title,
            published: record.published.map(|moment| moment.to_string()),
            modified: record.modified.map(|moment| moment.to_string()),
            source: record.source,
            author: record.author,
            doc_no: record.document_number,
            index_no: record.index_number,
            organ: record.organ,
            written_on: record.written_on.map(|moment| moment.date.to_string()),
            validity: record.validity,
            column: record.column.last().cloned(),
            breadcrumb: record.column,
            summary: record.summary,
            keywords: record.keywords,
            text,
            html,
            attachments: record
                .attachments
                .into_iter()
                .map(|file| Named { address: file.address, text: file.name })
                .collect(),
            properties: record.other,
            notices: record.remarks,
            ..Self::default()
        }
    }

    pub(super) fn of_file(file: Extracted) -> Self {
        if file.text.trim().is_empty() && !file.complete && !file.notices.is_empty() {
            return Self::of_fault(file.notices.join(""));
        }
        let property = |name: &str| file.properties.iter().find(|(label, _)| label == name).map(|(_, value)| value);
        Self {
            kind: "file",
            title: property("标题").cloned(),
            author: property("作者").cloned(),
            properties: file.properties.iter().cloned().collect(),
            text: file.text,
            notices: file.notices,
            ..Self::default()
        }
    }

    pub(super) fn of_fault(fault: impl Into<String>) -> Self {
        Self { kind: "file", fault: Some(fault.into()), ..Self::default() }
    }
}

fn take<T>(found: &mut BTreeMap<&'static str, Whence>, field: &'static str, one: Option<Found<T>>) -> Option<T> {
    let one = one?;
    found.insert(field, Whence { place: place_of(&one.place), confidence: one.confidence });
    Some(one.value)
}

fn written(moment: Moment) -> String {
    match moment.time {
        Some(time) => format!("{}T{}+08:00", moment.date, time.strftime("%H:%M:%S")),
        None => moment.date.to_string(),
    }
}

fn named(link: Link) -> Named {
    Named { address: link.address, text: link.text }
}
