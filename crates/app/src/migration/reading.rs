//! Reading a collected page: what it is, its fields, its text. The same for saved pages and for records, and the same
//! when a page is assessed, shown beside its original, and made into a draft.

use domain::{
    element::{Elements, Validity},
    identifier::document_number::DocumentNumber,
    migration::{OldPage, OldPageKind, column_key},
    resource::ResourceKind,
    time::{beijing, parse_beijing},
};
use extract::page::{Found, Hint, Moment, Page, PageKind, Place, SiteRules};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{address::canonical, record::KeptRecord};
use crate::edition::one_line;

/// Media type of a record that came with its fields.
pub(crate) const RECORD_MEDIA: &str = "application/x-zhengtong-record+json";

/// One field with where it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundField {
    /// Stable word: `title`, `published`, …
    pub field: String,
    /// The words shown to people.
    pub label: String,
    /// What was found.
    pub value: String,
    /// Where.
    pub place: String,
    /// Hundredths.
    pub confidence: i64,
}

/// A page as it was read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub kind: OldPageKind,
    pub title: String,
    pub published_at: Option<Timestamp>,
    pub source: Option<String>,
    pub document_number: Option<String>,
    pub elements: Elements,
    pub column_key: String,
    /// Clean HTML with absolute addresses.
    pub html: String,
    pub text: String,
    /// Addresses of its attachments, with the names they are given.
    pub attachments: Vec<(String, String)>,
    /// Addresses that the text, its pictures and its attachments lead to.
    pub links: Vec<String>,
    /// Addresses of further pages of the same article.
    pub further: Vec<String>,
    /// Where the page sends its readers at once.
    pub refresh: Option<String>,
    pub found: Vec<FoundField>,
    pub remarks: Vec<String>,
}

/// Reads the bytes of a page. Takes milliseconds: call it on a thread of its own.
pub(super) fn read(bytes: &[u8], address: &str, media_type: Option<&str>, rules: Option<&SiteRules>) -> Reading {
    if media_type == Some(RECORD_MEDIA) {
        return match serde_json::from_slice::<KeptRecord>(bytes) {
            Ok(record) => of_record(record, address),
            Err(_) => of_page(&extract::page::read(b"", &Hint::default(), None), address),
        };
    }
    let hint = Hint { address: Some(address), content_type: media_type };
    of_page(&extract::page::read(bytes, &hint, rules), address)
}

/// The text of an archived page for citizens: its body, or, where none was told apart, everything but its looks.
pub(crate) fn archived_html(bytes: &[u8], address: &str, media_type: &str) -> String {
    let reading = read(bytes, address, Some(media_type), None);
    if !reading.html.trim().is_empty() {
        return render::rich_text::clean(&reading.html).html;
    }
    let page = extract::page::read(bytes, &Hint { address: Some(address), content_type: Some(media_type) }, None);
    let encoding = encoding_rs::Encoding::for_label(page.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    render::rich_text::clean(&encoding.decode(bytes).0).html
}

fn of_page(page: &Page, address: &str) -> Reading {
    let mut found = Vec::new();
    let title = note(&mut found, "title", "标题", page.title.as_ref()).map(|text| one_line(&text)).unwrap_or_default();
    let source = note(&mut found, "source", "来源", page.source.as_ref());
    let author = note(&mut found, "author", "作者", page.author.as_ref());
    let number = note(&mut found, "document_number", "发文字号", page.document_number.as_ref());
    let index_number = note(&mut found, "index_number", "索引号", page.index_number.as_ref());
    let issuer = note(&mut found, "organ", "发文机关", page.organ.as_ref());
    let validity = note(&mut found, "validity", "有效性", page.validity.as_ref());
    let column = note(&mut found, "column", "栏目", page.column.as_ref());
    let summary = note(&mut found, "summary", "摘要", page.summary.as_ref());
    note(&mut found, "site_name", "网站名称", page.site_name.as_ref());
    note(&mut found, "site_code", "网站标识码", page.site_code.as_ref());
    note(&mut found, "icp", "ICP备案号", page.icp.as_ref());
    note(&mut found, "police_record", "公安备案号", page.police_record.as_ref());
    let published = page.published.as_ref().map(|found| shown(found, &moment(found.value)));
    let published = note(&mut found, "published", "发布时间", published.as_ref());
    note(&mut found, "written_on", "成文日期", page.written_on.as_ref());
    let breadcrumb: Vec<String> = page.breadcrumb.iter().map(|crumb| crumb.name.clone()).collect();
    let path = canonical(address).map(|address| address.path).unwrap_or_default();
    let (html, text) =
        page.body.as_ref().map(|body| (body.value.html.clone(), body.value.text.clone())).unwrap_or_default();
    if let Some(body) = &page.body {
        let (place, confidence) = (place_of(&body.place), hundredths(body.confidence));
        let value = format!("{} 字", text.chars().filter(|one| !one.is_whitespace()).count());
        found.push(FoundField { field: "body".into(), label: "正文".into(), value, place, confidence });
    }
    let attachments: Vec<(String, String)> =
        page.attachments.iter().map(|link| (link.address.clone(), one_line(&link.text))).collect();
    let mut links: Vec<String> = Vec::new();
    let named = addresses_in(&html).into_iter().chain(attachments.iter().map(|(address, _)| address.clone()));
    for link in named.filter_map(|link| canonical(&link)) {
        if !links.contains(&link.text) {
            links.push(link.text);
        }
    }
    let published_at = published.as_deref().and_then(parse_beijing);
    Reading {
        kind: match page.kind {
            PageKind::Home => OldPageKind::Home,
            PageKind::List => OldPageKind::List,
            PageKind::Article => OldPageKind::Article,
            PageKind::Guide => OldPageKind::Guide,
            PageKind::Other => OldPageKind::Other,
        },
        // A list bears the name of its column.
        column_key: column_key(
            &breadcrumb,
            column.as_deref(),
            if page.kind == PageKind::List { "" } else { &title },
            &path,
        ),
        elements: elements(Given {
            source: source.clone(),
            author,
            summary,
            keywords: page.keywords.clone(),
            issuer,
            index_number,
            document_number: number.clone(),
            validity,
            written_on: page.written_on.as_ref().map(|found| found.value),
            published_at,
            address: Some(address.to_owned()),
            subtitle: None,
        }),
        title,
        published_at,
        source,
        document_number: number,
        html,
        text,
        attachments,
        links,
        further: page.further_pages.iter().filter_map(|one| canonical(one)).map(|one| one.text).collect(),
        refresh: page.refresh.clone(),
        found,
        remarks: Vec::new(),
    }
}

fn of_record(record: KeptRecord, address: &str) -> Reading {
    let cleaned = match (&record.html, &record.text) {
        (Some(html), _) => render::rich_text::clean(html),
        (None, text) => render::rich_text::from_plain_text(text.as_deref().unwrap_or_default()),
    };
    let published_at = record.published.as_deref().and_then(parse_beijing);
    let mut found = Vec::new();
    let mut put = |field: &str, label: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let (field, label) = (field.to_owned(), label.to_owned());
            found.push(FoundField {
                field, label, value: value.to_owned(), place: "数据字段".into(), confidence: 100
            });
        }
    };
    put("title", "标题", Some(&record.title));
    put("published", "发布时间", record.published.as_deref());
    put("source", "来源", record.source.as_deref());
    put("author", "作者", record.author.as_deref());
    put("document_number", "发文字号", record.document_number.as_deref());
    put("index_number", "索引号", record.index_number.as_deref());
    put("organ", "发文机关", record.organ.as_deref());
    put("validity", "有效性", record.validity.as_deref());
    put("written_on", "成文日期", record.written_on.as_deref());
    put("column", "栏目", Some(&record.column.join("/")));
    for (name, value) in &record.other {
        put("other", name, Some(value));
    }
    let mut remarks = record.remarks;
    remarks.extend(record.hidden.clone());
    let base = url::Url::parse(address).ok();
    let mut links: Vec<String> = Vec::new();
    let in_body = addresses_in(record.html.as_deref().unwrap_or_default());
    for link in in_body.into_iter().chain(record.attachments.iter().map(|(address, _)| address.clone())) {
        let absolute = base.as_ref().and_then(|base| base.join(&link).ok()).map(|link| link.to_string());
        if let Some(link) = canonical(absolute.as_deref().unwrap_or(&link))
            && !links.contains(&link.text)
        {
            links.push(link.text);
        }
    }
    Reading {
        // What the old system did not show is no article of the site.
        kind: if record.hidden.is_some() { OldPageKind::Other } else { OldPageKind::Article },
        title: one_line(&record.title),
        published_at,
        column_key: column_key(&record.column, None, &record.title, ""),
        elements: elements(Given {
            source: record.source.clone(),
            author: record.author,
            summary: record.summary,
            keywords: record.keywords,
            issuer: record.organ,
            index_number: record.index_number,
            document_number: record.document_number.clone(),
            validity: record.validity,
            written_on: record.written_on.and_then(|day| day.get(..10).and_then(|day| day.parse().ok())),
            published_at,
            address: Some(address.to_owned()).filter(|address| !address.contains("zhengtong-")),
            subtitle: record.subtitle,
        }),
        source: record.source,
        document_number: record.document_number,
        html: record.html.unwrap_or(cleaned.html),
        text: cleaned.plain_text,
        attachments: record.attachments,
        links,
        further: Vec::new(),
        refresh: None,
        found,
        remarks,
    }
}

/// Fields on their way into the element table.
struct Given {
    source: Option<String>,
    author: Option<String>,
    summary: Option<String>,
    keywords: Vec<String>,
    issuer: Option<String>,
    index_number: Option<String>,
    document_number: Option<String>,
    validity: Option<String>,
    written_on: Option<Date>,
    published_at: Option<Timestamp>,
    address: Option<String>,
    subtitle: Option<String>,
}

fn elements(given: Given) -> Elements {
    let short = |text: Option<String>, most: usize| {
        text.map(|text| one_line(&text)).filter(|text| !text.is_empty() && text.chars().count() <= most)
    };
    Elements {
        subtitle: short(given.subtitle, 200),
        source: short(given.source, 200),
        author: short(given.author, 200),
        summary: short(given.summary, 500),
        keywords: given.keywords.into_iter().filter(|word| word.chars().count() <= 40).take(20).collect(),
        issuer: short(given.issuer, 200),
        index_number: short(given.index_number, 100),
        document_number: short(given.document_number, 100).map(|number| official(&number)),
        validity: given.validity.as_deref().and_then(validity_of),
        written_on: given.written_on,
        published_on: given.published_at,
        original_url: short(given.address.filter(|address| open_to_readers(address)), 500),
        secrecy_reviewed: true,
        open_basis: Some("原网站已公开发布的信息".to_owned()),
        ..Elements::default()
    }
}

/// Whether readers may be told the address: one of the inner network opens for nobody and must not be shown.
fn open_to_readers(address: &str) -> bool {
    match url::Url::parse(address).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => {
            name.contains('.') && ![".local", ".localhost", ".internal", ".lan"].iter().any(|end| name.ends_with(end))
        }
        Some(url::Host::Ipv4(ip)) => fetch::is_public(ip.into()),
        Some(url::Host::Ipv6(ip)) => fetch::is_public(ip.into()),
        None => false,
    }
}

/// The number in its official form, when it can only mean one thing; otherwise as it stands, for people to mend.
fn official(number: &str) -> String {
    match number.parse::<DocumentNumber>() {
        Ok(number) => number.to_string(),
        Err(error) => error.suggestion.unwrap_or_else(|| number.to_owned()),
    }
}

fn validity_of(text: &str) -> Option<Validity> {
    crate::import::validity_of(text.trim())
}

impl Reading {
    /// Appends a further page of the same article.
    pub(super) fn append(&mut self, further: Reading) {
        self.html.push_str(&further.html);
        self.text.push('\n');
        self.text.push_str(&further.text);
        for file in further.attachments {
            if !self.attachments.contains(&file) {
                self.attachments.push(file);
            }
        }
    }

    /// What is missing for a resource of any type, in words.
    pub(super) fn gaps(&self) -> Vec<&'static str> {
        let mut gaps = Vec::new();
        for (lacks, name) in [
            (self.title.is_empty(), "标题"),
            (self.published_at.is_none(), "发布时间"),
            (self.source.is_none(), "来源"),
            (self.text.trim().is_empty() && !self.html.contains("<img"), "正文"),
        ] {
            if lacks {
                gaps.push(name);
            }
        }
        gaps
    }

    /// Digest of the text, white space and width aside.
    pub(super) fn text_hash(&self) -> Option<String> {
        let plain: String = self.text.chars().filter(|one| !one.is_whitespace()).collect();
        (!plain.is_empty()).then(|| hex::encode(Sha256::digest(format!("{}\n{plain}", self.title).as_bytes())))
    }

    /// Month of origin for the public address.
    pub(super) fn address_month(&self) -> Option<String> {
        self.published_at.map(|at| at.to_zoned(beijing()).strftime("%Y-%m").to_string())
    }

    /// The reading with what a person put right on the page.
    pub(super) fn corrected(mut self, page: &OldPage) -> Self {
        let corrected = &page.corrected;
        if let Some(title) = &corrected.title {
            self.title.clone_from(title);
        }
        if let Some(at) = corrected.published.as_deref().and_then(parse_beijing) {
            self.published_at = Some(at);
            self.elements.published_on = Some(at);
        }
        if let Some(source) = &corrected.source {
            self.source = Some(source.clone());
            self.elements.source = Some(source.clone());
        }
        if let Some(number) = &corrected.document_number {
            self.document_number = Some(number.clone());
            self.elements.document_number = Some(official(number));
        }
        self
    }

    /// The element table for a type: what that type does not have is left out.
    pub(super) fn elements_for(&self, kind: ResourceKind) -> Elements {
        let mut elements = self.elements.clone();
        if kind != ResourceKind::Policy {
            elements.index_number = None;
            elements.issuer = None;
            elements.document_number = None;
            elements.written_on = None;
            elements.validity = None;
        }
        elements
    }
}

fn note<T: ToString>(found: &mut Vec<FoundField>, field: &str, label: &str, one: Option<&Found<T>>) -> Option<String> {
    let one = one?;
    let value = one.value.to_string();
    if value.trim().is_empty() {
        return None;
    }
    let (place, confidence) = (place_of(&one.place), hundredths(one.confidence));
    found.push(FoundField {
        field: field.to_owned(),
        label: label.to_owned(),
        value: value.clone(),
        place,
        confidence,
    });
    Some(value)
}

/// A moment as forms write it.
fn moment(moment: Moment) -> String {
    match moment.time {
        Some(time) => format!("{} {:02}:{:02}", moment.date, time.hour(), time.minute()),
        None => moment.date.to_string(),
    }
}

fn shown<T>(found: &Found<T>, value: &str) -> Found<String> {
    Found { value: value.to_owned(), place: found.place.clone(), confidence: found.confidence }
}

pub(crate) fn place_of(place: &Place) -> String {
    match place {
        Place::Rule(detail) => format!("识别规则 {detail}"),
        Place::Meta(detail) => format!("网页标签 {detail}"),
        Place::Structure(detail) => format!("页面结构 {detail}"),
        Place::Statistics(detail) => format!("统计判断 {detail}"),
    }
}

fn hundredths(confidence: f32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
    let hundredths = (confidence.clamp(0.0, 1.0) * 100.0).round() as i64;
    hundredths
}

/// Values of `src` and `href` in clean HTML.
fn addresses_in(html: &str) -> Vec<String> {
    render::rich_text::references(html)
}

#[cfg(test)]
mod tests {
    use super::open_to_readers;

    #[test]
    fn addresses_of_the_inner_network_are_not_shown_as_the_origin() {
        for address in ["http://www.example.gov.cn/1.htm", "https://old.example.gov.cn:8443/show.asp?id=1"] {
            assert!(open_to_readers(address), "{address}");
        }
        let inner =
            ["http://10.1.2.3/1.htm", "http://localhost:81/", "http://oa/1.htm", "http://[::1]/", "file:///a.htm"];
        for address in inner {
            assert!(!open_to_readers(address), "{address}");
        }
    }
}
