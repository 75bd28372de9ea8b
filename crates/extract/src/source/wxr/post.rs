//! One item: a post, a page or a file.

use std::collections::BTreeMap;

use super::channel::Channel;
use super::content;
use crate::attachment::xml::{Item, Xml};
use crate::source::moment::Moment;
use crate::source::record::{LinkedFile, Record, RecordBody, RecordKind, RecordState};
use crate::source::table::{last_segment, state};

/// Kinds of posts WordPress and its plug-ins keep for themselves.
const INTERNAL: [&str; 14] = [
    "revision",
    "nav_menu_item",
    "oembed_cache",
    "customize_changeset",
    "custom_css",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "acf-field-group",
];

/// The record of an item; `None` for what WordPress keeps for itself.
pub(super) fn read(text: &str, channel: &Channel, place: String) -> Result<Option<Record>, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut categories: Vec<(String, String, String)> = Vec::new();
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut xml = Xml::new(text);
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => {
                path.push(tag.full_name().to_owned());
                match tag.full_name() {
                    "category" => {
                        let attribute = |name: &str| tag.attribute(name).unwrap_or_default();
                        categories.push((attribute("domain"), attribute("nicename"), String::new()));
                    }
                    "wp:postmeta" => metas.push(<_>::default()),
                    _ => {}
                }
            }
            Item::Text(value) => match (path.len(), path.last().map(String::as_str)) {
                (2, Some("category")) => {
                    if let Some((.., name)) = categories.last_mut() {
                        name.push_str(&value);
                    }
                }
                (3, Some("wp:meta_key")) => metas.last_mut().into_iter().for_each(|meta| meta.0.push_str(&value)),
                (3, Some("wp:meta_value")) => metas.last_mut().into_iter().for_each(|meta| meta.1.push_str(&value)),
                (2, Some(name)) => fields.entry(name.to_owned()).or_default().push_str(&value),
                _ => {}
            },
            Item::Close(_) => {
                path.pop();
            }
        }
    }
    if xml.broken || !path.is_empty() {
        return Err("XML 写法有误，这篇文章没有采用。请重新导出，或者更正后重新导入。".to_owned());
    }
    let get = |name: &str| fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let kind = get("wp:post_type").unwrap_or("post");
    if INTERNAL.contains(&kind) || get("wp:status") == Some("auto-draft") {
        return Ok(None);
    }
    let mut record = Record { place, ..Record::default() };
    record.kind = match kind {
        "page" => RecordKind::Page,
        "attachment" => RecordKind::File,
        _ => RecordKind::Article,
    };
    if !matches!(kind, "post" | "page" | "attachment") {
        record.other.insert("wp:post_type".to_owned(), kind.to_owned());
    }
    record.key = get("wp:post_id").map(str::to_owned);
    record.title = get("title").map(str::to_owned);
    record.author = get("dc:creator").map(str::to_owned);
    record.summary = get("excerpt:encoded").map(str::to_owned);
    addresses(&mut record, kind, &get, channel);
    times(&mut record, &get);
    record.state = get("wp:status").map(state);
    if get("wp:post_password").is_some() {
        record.state = Some(RecordState::Private);
        record.remarks.push("原文设有访问密码，请确认是否可以公开。".to_owned());
    }
    for (domain, short, name) in categories {
        let name = name.trim();
        match domain.as_str() {
            "category" | "" => {
                let path = channel.path(&short, name);
                if record.column.is_empty() { record.column = path } else { record.other_columns.push(path) }
            }
            "post_tag" | "tag" => record.keywords.push(name.to_owned()),
            other => {
                record.other.insert(other.to_owned(), name.to_owned());
            }
        }
    }
    let (html, remarks) = content::tidy(fields.get("content:encoded").map(String::as_str).unwrap_or_default());
    record.body = RecordBody::Html(html);
    record.remarks.extend(remarks);
    if let Some(address) = get("wp:attachment_url") {
        let file = LinkedFile { address: address.to_owned(), name: last_segment(address) };
        record.attachments.push(file);
    }
    for (key, value) in metas {
        if !key.starts_with('_') && !key.is_empty() && !value.trim().is_empty() && record.other.len() < 500 {
            record.other.entry(key).or_insert(value);
        }
    }
    for name in ["wp:post_name", "wp:post_parent", "wp:menu_order"] {
        if let Some(value) = get(name).filter(|value| *value != "0") {
            record.other.insert(name.to_owned(), value.to_owned());
        }
    }
    if record.title.is_none() && record.body.is_empty() && record.attachments.is_empty() {
        return Err("没有标题和正文，没有采用。".to_owned());
    }
    Ok(Some(record))
}

/// The permanent address, and the ones with a number that answer as well.
fn addresses<'f>(record: &mut Record, kind: &str, get: &impl Fn(&str) -> Option<&'f str>, channel: &Channel) {
    record.address = get("link").map(str::to_owned);
    let mut more = Vec::new();
    if let Some(id) = get("wp:post_id").filter(|_| !channel.address.is_empty()) {
        let name = match kind {
            "page" => "page_id",
            "attachment" => "attachment_id",
            _ => "p",
        };
        more.push(format!("{}/?{name}={id}", channel.address));
        if name != "p" {
            more.push(format!("{}/?p={id}", channel.address));
        }
    }
    more.extend(get("guid").filter(|guid| guid.starts_with("http")).map(str::to_owned));
    for address in more {
        if record.address.as_ref() != Some(&address) && !record.other_addresses.contains(&address) {
            record.other_addresses.push(address);
        }
    }
}

/// The local time of the post; where the export has none, the universal one, then the date of the feed.
fn times<'f>(record: &mut Record, get: &impl Fn(&str) -> Option<&'f str>) {
    let local = |name: &str| get(name).filter(|value| !value.starts_with("0000")).and_then(Moment::read);
    let universal = |name: &str| {
        let value = get(name).filter(|value| !value.starts_with("0000"))?;
        Moment::read(&format!("{value} +00:00"))
    };
    record.published = local("wp:post_date")
        .or_else(|| universal("wp:post_date_gmt"))
        .or_else(|| get("pubDate").filter(|date| !date.contains("-0001")).and_then(Moment::read));
    record.modified = local("wp:post_modified").or_else(|| universal("wp:post_modified_gmt"));
}
