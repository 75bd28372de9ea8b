//! What Word, Excel and PowerPoint packages have in common: properties, relations, drawings, and the rule that every
//! part nobody else has read is read as plain XML, so that no hiding place is forgotten.

use std::collections::HashMap;

use super::job::Job;
use super::package::Package;
use super::read::read_nested;
use super::xml::{Item, Tag, Xml, text_of};

/// Elements inside a line of text: they end no line.
const INLINE: &[&str] = &["t", "r", "rPr", "pPr", "font", "span", "b", "i", "u", "br", "fld", "latin", "ea", "color"];

/// Attributes that hold text people wrote, whatever the element.
const WRITTEN: &[&str] = &[
    "descr",
    "title",
    "alt",
    "string",
    "displayName",
    "displayText",
    "prompt",
    "promptTitle",
    "error",
    "errorTitle",
    "tooltip",
    "display",
    "author",
    "userName",
    "caption",
];

/// Attributes that hold text on these elements only.
const WRITTEN_ON: &[(&str, &str)] = &[
    ("listItem", "value"),
    ("statusText", "val"),
    ("helpText", "val"),
    ("default", "val"),
    ("alias", "val"),
    ("tag", "val"),
    ("docVar", "val"),
    ("docVar", "name"),
    ("fldSimple", "instr"),
    ("s", "v"),
    ("n", "v"),
    ("x", "v"),
    ("definedName", "name"),
    ("sheetName", "val"),
    ("cmAuthor", "name"),
    ("tableColumn", "name"),
    ("cacheField", "name"),
    ("comment", "text"),
    ("pt", "val"),
    ("scenario", "comment"),
    ("inputCells", "val"),
    ("person", "displayName"),
    ("category", "name"),
    ("dbPr", "connection"),
    ("dbPr", "command"),
    ("tag", "name"),
    ("custShow", "name"),
    ("section", "name"),
];

/// Texts in the attributes of an element, each once.
pub(super) fn attribute_texts(tag: &Tag<'_>) -> Vec<String> {
    let element = tag.name().to_owned();
    let mut texts = Vec::new();
    for (name, value) in tag.attributes() {
        let written = WRITTEN.contains(&name.as_str())
            || WRITTEN_ON.iter().any(|(on, attribute)| *on == element && *attribute == name);
        if written && !value.trim().is_empty() && !texts.contains(&value) {
            texts.push(value);
        }
    }
    texts
}

/// Attribute texts as hidden lines.
pub(super) fn push_attribute_texts(tag: &Tag<'_>, job: &mut Job<'_>) {
    let texts = attribute_texts(tag);
    if texts.is_empty() {
        return;
    }
    job.out.hide();
    for text in texts {
        job.out.line_of(&text);
    }
    job.out.show();
}

/// Drawings, charts, notes, anything: paragraphs as lines, cells parted by tabs, written attributes as hidden lines.
pub(super) fn harvest(text: &str, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    let mut pending = String::new();
    while let Some(item) = xml.next() {
        if job.full() {
            return;
        }
        match item {
            Item::Open(tag) => {
                push_attribute_texts_after(&tag, &mut pending, job);
                match tag.name() {
                    "tab" => pending.push('\t'),
                    "br" => pending.push('\n'),
                    _ => {}
                }
            }
            Item::Text(text) if !text.trim().is_empty() || !pending.is_empty() => pending.push_str(&text),
            Item::Text(_) => {}
            Item::Close(name) => match name.as_str() {
                "tc" => {
                    job.out.push(pending.trim_end());
                    pending.clear();
                    job.out.push("\t");
                }
                "tr" => job.out.line(),
                "p" if pending.is_empty() => {}
                name if INLINE.contains(&name) => {}
                _ => flush(&mut pending, job),
            },
        }
    }
    flush(&mut pending, job);
    if xml.broken {
        job.missed("文档的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
    }
}

fn push_attribute_texts_after(tag: &Tag<'_>, pending: &mut String, job: &mut Job<'_>) {
    if attribute_texts(tag).is_empty() {
        return;
    }
    flush(pending, job);
    push_attribute_texts(tag, job);
}

fn flush(pending: &mut String, job: &mut Job<'_>) {
    if !pending.trim().is_empty() {
        job.out.line_of(pending);
    }
    pending.clear();
}

/// One relation of a part.
pub(crate) struct Relation {
    pub kind: String,
    pub target: String,
    pub external: bool,
}

/// The relations of a part by id, targets as paths of the package.
pub(crate) fn relations(package: &mut Package<'_>, part: &str, job: &mut Job<'_>) -> HashMap<String, Relation> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut found = HashMap::new();
    let Some(bytes) = package.read_named(&path, job) else { return found };
    let text = text_of(&bytes);
    let mut xml = Xml::new(&text);
    while let Some(item) = xml.next() {
        let Item::Open(tag) = item else { continue };
        if tag.name() != "Relationship" {
            continue;
        }
        let external = tag.attribute("TargetMode").as_deref() == Some("External");
        let target = tag.attribute("Target").unwrap_or_default();
        let target = if external { target } else { resolve(folder, &target) };
        let kind = tag.attribute("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.insert(tag.attribute("Id").unwrap_or_default(), Relation { kind, target, external });
    }
    found
}

/// A path relative to a folder of the package.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

const PROPERTY_LABELS: &[(&str, &str)] = &[
    ("creator", "作者"),
    ("initial-creator", "创建者"),
    ("title", "标题"),
    ("subject", "主题"),
    ("description", "备注"),
    ("keywords", "关键词"),
    ("keyword", "关键词"),
    ("category", "类别"),
    ("lastModifiedBy", "最后修改者"),
    ("printed-by", "打印者"),
    ("contentStatus", "状态"),
    ("Manager", "经理"),
    ("Company", "单位"),
    ("HyperlinkBase", "超链接基础"),
    ("created", "创建时间"),
    ("modified", "修改时间"),
    ("creation-date", "创建时间"),
    ("date", "修改时间"),
    ("lastPrinted", "打印时间"),
    ("Application", "制作软件"),
    ("generator", "制作软件"),
    ("Template", "模板"),
];

/// Reads a properties part: `docProps/*.xml` of OOXML, `meta.xml` of OpenDocument.
pub(super) fn read_properties(text: &str, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    let mut element = String::new();
    let mut custom = None;
    let mut value = String::new();
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => {
                element = tag.name().to_owned();
                if element == "property" || element == "user-defined" {
                    custom = tag.attribute("name");
                }
                value.clear();
            }
            Item::Text(text) => value.push_str(&text),
            Item::Close(name) => {
                if !value.trim().is_empty() {
                    let known = PROPERTY_LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label);
                    match (&custom, known) {
                        (Some(custom), _) => job.property(&format!("自定义属性“{custom}”"), &value),
                        (None, Some(label)) => job.property(label, &value),
                        (None, None) if element == name && is_written(&name, value.trim()) => {
                            job.property(&format!("属性 {name}"), &value);
                        }
                        _ => {}
                    }
                }
                if name == "property" || name == "user-defined" {
                    custom = None;
                }
                value.clear();
            }
        }
    }
}

/// Whether an unknown property may hold something a person wrote.
fn is_written(name: &str, value: &str) -> bool {
    let technical = matches!(name, "lpstr" | "PresentationFormat" | "version" | "language" | "editing-duration");
    !technical && !matches!(value, "true" | "false") && value.parse::<f64>().is_err()
}

/// Reads every member that `done` does not name: properties, pictures, documents inside, links, all other XML.
pub(super) fn read_rest(package: &mut Package<'_>, done: &[String], job: &mut Job<'_>) {
    for index in 0..package.names().len() {
        if job.full() || !job.member() {
            return;
        }
        let name = package.names()[index].clone();
        let lower = name.to_ascii_lowercase();
        if name.ends_with('/')
            || name == "[Content_Types].xml"
            || done.iter().any(|done| done.eq_ignore_ascii_case(&name))
        {
            continue;
        }
        if lower.contains("/theme/") || lower.ends_with("/fonttable.xml") || lower.ends_with(".odttf") {
            continue;
        }
        let Some(bytes) = package.read(index, job) else { continue };
        if lower.starts_with("docprops/") && lower.ends_with(".xml") {
            read_properties(&text_of(&bytes), job);
        } else if lower.ends_with(".rels") {
            links(&text_of(&bytes), job);
        } else if lower.ends_with(".xml") || lower.ends_with(".vml") {
            job.out.hide();
            harvest(&text_of(&bytes), job);
            job.out.show();
        } else if lower.contains("/media/") || lower.contains("thumbnail") {
            job.picture(&name, &bytes);
        } else if lower.ends_with("vbaproject.bin") {
            job.remark("文档含宏，宏代码没有检查。公开发布的附件不应含宏。");
        } else if lower.contains("printersettings") || lower.contains("/activex/") || lower.ends_with("vbadata.xml") {
            // Settings of devices and controls: no text of people.
        } else {
            read_nested(&name, &bytes, job);
        }
    }
}

/// Addresses outside: e-mail addresses and telephone numbers stand in links.
fn links(text: &str, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    while let Some(item) = xml.next() {
        let Item::Open(tag) = item else { continue };
        if tag.attribute("TargetMode").as_deref() == Some("External") {
            job.out.hide();
            job.out.line_of(&tag.attribute("Target").unwrap_or_default());
            job.out.show();
        }
    }
}
