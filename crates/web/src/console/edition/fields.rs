//! The element table as form fields: which are shown for a type, how they are typed, what helps to fill them.

use domain::{
    element::{ELEMENT_RULES, Elements, Need, OpenMode, Validity, need},
    resource::ResourceKind,
    time::beijing,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::form_view::FormView;

/// One field.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Name in the form and in problems.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// Must be filled before submission.
    pub required: bool,
    /// `text`, `textarea`, `date`, `datetime`, `select`, `radios`, `checkbox`.
    pub widget: &'static str,
    /// Advice below the field.
    pub help: &'static str,
    /// Choices or suggestions.
    pub options: Vec<(String, String)>,
    /// Takes the whole width.
    pub wide: bool,
}

/// A group of fields with its heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Heading.
    pub title: &'static str,
    /// Fields.
    pub fields: Vec<Field>,
}

const DESCRIPTION: &[&str] =
    &["source", "author", "editor", "is_reprint", "original_url", "summary", "keywords", "map_approval_number"];
const DOCUMENT: &[&str] = &[
    "issuer",
    "joint_issuers",
    "document_number",
    "document_type",
    "written_on",
    "validity",
    "effective_on",
    "repealed_on",
    "subject_class",
    "subject_words",
    "index_number",
];
const OPENNESS: &[&str] = &["open_mode", "open_basis", "secrecy_reviewed"];
const DATES: &[&str] = &["published_on", "expires_at"];

/// The groups shown for a type; title, subtitle, body and the interpreted policies have their own places.
pub fn groups(kind: ResourceKind) -> Vec<Group> {
    [("公文要素", DOCUMENT), ("公开与保密", OPENNESS), ("来源与摘要", DESCRIPTION), ("时间", DATES)]
        .into_iter()
        .map(|(title, names)| Group { title, fields: names.iter().filter_map(|name| field(kind, name)).collect() })
        .filter(|group| !group.fields.is_empty())
        .collect()
}

fn field(kind: ResourceKind, name: &'static str) -> Option<Field> {
    let (label, shown_with) = match name {
        "is_reprint" => ("转载其他单位的信息", "source"),
        "original_url" => ("转载原文地址", "source"),
        "open_basis" => ("公开依据", "open_mode"),
        "joint_issuers" => ("联合发文机关", "issuer"),
        "published_on" => ("原发布时间", "title"),
        "expires_at" => ("有效期至", "title"),
        _ => (ELEMENT_RULES.iter().find(|rule| rule.field == name)?.label, name),
    };
    if need(kind, shown_with) == Need::Unused {
        return None;
    }
    let required = shown_with == name && need(kind, name) == Need::Required;
    let (widget, wide, help) = shape(name);
    Some(Field { name, label, required, widget, wide, help, options: options(name) })
}

/// How a field is typed, whether it takes the whole width, and the advice below it.
fn shape(name: &str) -> (&'static str, bool, &'static str) {
    match name {
        "summary" => ("textarea", true, "一两句话概括内容，用于搜索和列表。"),
        "is_reprint" => ("checkbox", true, ""),
        "secrecy_reviewed" => {
            ("checkbox", true, "依据《中华人民共和国政府信息公开条例》第十七条，公开前须经保密审查。")
        }
        "open_mode" => ("radios", true, ""),
        "validity" => ("select", false, ""),
        "written_on" | "effective_on" | "repealed_on" => ("date", false, ""),
        "published_on" => ("datetime", false, "转载或补录时填写原来的发布时间；一般留空，由系统记录。"),
        "expires_at" => ("datetime", false, "到期后自动下线；长期有效请留空。"),
        "document_number" => ("text", false, "例如：内政办发〔2026〕8号"),
        "index_number" => ("text", false, "留空则送审时自动编号，编号不重复使用。"),
        "keywords" | "subject_words" => ("text", false, "多个词用顿号或空格隔开。"),
        "joint_issuers" => ("text", false, "多个机关用顿号隔开。"),
        "subject_class" => ("text", false, "例如：综合政务\\政务公开"),
        "map_approval_number" => ("text", false, "使用地图的信息须填写，例如：蒙S（2026）018号"),
        "original_url" => ("text", false, "转载时填写原文网址，以 http:// 或 https:// 开头。"),
        "open_basis" => ("text", true, "例如：《中华人民共和国政府信息公开条例》第二十条"),
        _ => ("text", false, ""),
    }
}

fn options(name: &str) -> Vec<(String, String)> {
    let pair = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    match name {
        "open_mode" => OpenMode::ALL.iter().map(|mode| pair(mode.as_str(), mode.chinese())).collect(),
        "validity" => Validity::ALL.iter().map(|value| pair(value.as_str(), value.chinese())).collect(),
        "document_type" => {
            ["决定", "公告", "通告", "意见", "通知", "通报", "批复", "函", "纪要", "办法", "规定", "细则", "方案"]
                .iter()
                .map(|word| pair(word, word))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Elements as values of the form.
pub fn fill(mut form: FormView, elements: &Elements) -> FormView {
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            form.values.insert(name.to_owned(), vec![value]);
        }
    };
    set("subtitle", elements.subtitle.clone());
    set("summary", elements.summary.clone());
    set("source", elements.source.clone());
    set("is_reprint", elements.is_reprint.then(|| "true".into()));
    set("original_url", elements.original_url.clone());
    set("author", elements.author.clone());
    set("editor", elements.editor.clone());
    set("keywords", Some(elements.keywords.join("、")));
    set("published_on", elements.published_on.map(local_minutes));
    set("expires_at", elements.expires_at.map(local_minutes));
    set("open_mode", Some(elements.open_mode.as_str().into()));
    set("open_basis", elements.open_basis.clone());
    set("secrecy_reviewed", elements.secrecy_reviewed.then(|| "true".into()));
    set("index_number", elements.index_number.clone());
    set("subject_class", elements.subject_class.clone());
    set("issuer", elements.issuer.clone());
    set("joint_issuers", Some(elements.joint_issuers.join("、")));
    set("document_number", elements.document_number.clone());
    set("written_on", elements.written_on.map(|date| date.to_string()));
    set("document_type", elements.document_type.clone());
    set("validity", elements.validity.map(|validity| validity.as_str().into()));
    set("effective_on", elements.effective_on.map(|date| date.to_string()));
    set("repealed_on", elements.repealed_on.map(|date| date.to_string()));
    set("subject_words", Some(elements.subject_words.join("、")));
    set("map_approval_number", elements.map_approval_number.clone());
    let interprets: Vec<String> = elements.interprets.iter().map(ToString::to_string).collect();
    if !interprets.is_empty() {
        form.values.insert("interprets".into(), interprets);
    }
    form
}

/// An instant as a `datetime-local` field holds it, in Beijing time.
pub fn local_minutes(instant: Timestamp) -> String {
    instant.to_zoned(beijing()).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_of_the_table_has_a_place_in_the_form() {
        // Title, subtitle and body stand at the head of the form, the interpreted policies in their own list.
        let elsewhere = ["title", "subtitle", "body", "interprets"];
        let placed: Vec<&str> = [DESCRIPTION, DOCUMENT, OPENNESS, DATES].concat();
        for rule in ELEMENT_RULES {
            assert!(elsewhere.contains(&rule.field) || placed.contains(&rule.field), "{}", rule.field);
        }
    }

    #[test]
    fn an_article_is_not_asked_for_a_document_number() {
        let shown =
            |kind| groups(kind).into_iter().flat_map(|group| group.fields).map(|field| field.name).collect::<Vec<_>>();
        assert!(!shown(ResourceKind::Article).contains(&"document_number"));
        assert!(shown(ResourceKind::Policy).contains(&"document_number"));
        assert!(shown(ResourceKind::Interpretation).contains(&"source"));
    }
}
