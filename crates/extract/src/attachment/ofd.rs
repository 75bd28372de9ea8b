//! OFD (GB/T 33190): a ZIP of XML. Pages in their order with their templates, then annotations, attachments inside,
//! properties, and every other part that holds text.

use super::job::Job;
use super::layout::{Piece, write_in_reading_order};
use super::ooxml::resolve;
use super::package::Package;
use super::read::read_nested;
use super::xml::{Item, Tag, Xml, text_of};

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    let mut done = vec!["ofd.xml".to_owned()];
    let entry = part(package, "OFD.xml", job);
    if package.names().iter().any(|name| name.to_ascii_lowercase().ends_with("encryptions.xml")) {
        job.missed("OFD 文件已加密，可能没有读全，请去掉密码后重新上传。");
    }
    info(&entry, job);
    let mut number = 0;
    for root in values(&entry, "DocRoot") {
        let root = root.trim_start_matches('/').to_owned();
        let folder = root.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default();
        let document = part(package, &root, job);
        done.push(root.to_ascii_lowercase());
        for page in locations(&document, "Page") {
            let path = resolve(&folder, &page);
            number += 1;
            if job.full() || !job.page() {
                return;
            }
            let text = part(package, &path, job);
            done.push(path.to_ascii_lowercase());
            let before = job.out.text.len();
            page_text(&text, job);
            if job.out.text.len() == before && !text.contains("TextObject") && text.contains("ImageObject") {
                job.missed(format!("第 {number} 页没有文字，疑为扫描件，请人工查看或用图片识别检查。"));
            }
        }
    }
    read_rest(package, &done, job);
}

/// Templates, annotations, attachments, bookmarks: what the pages did not hold.
fn read_rest(package: &mut Package<'_>, done: &[String], job: &mut Job<'_>) {
    for index in 0..package.names().len() {
        if job.full() || !job.member() {
            return;
        }
        let name = package.names()[index].clone();
        let lower = name.to_ascii_lowercase();
        if lower.ends_with('/') || done.contains(&lower) || lower.contains("/signs/") || lower.contains("/fonts/") {
            continue;
        }
        let font = [".ttf", ".otf", ".cff", ".ttc"].iter().any(|end| lower.ends_with(end));
        if font || lower.ends_with("publicres.xml") || lower.ends_with("documentres.xml") {
            continue;
        }
        let picture = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".jb2"].iter().any(|end| lower.ends_with(end));
        let Some(bytes) = package.read(index, job) else { continue };
        if picture {
            job.picture(&name, &bytes);
        } else if lower.ends_with(".xml") {
            let text = text_of(&bytes);
            if lower.contains("annot") || lower.contains("/tags/") || lower.contains("customtag") {
                job.out.hide();
                page_text(&text, job);
                job.out.show();
            } else if text.contains("TextCode") {
                page_text(&text, job);
            }
            written(&text, job);
        } else if lower.ends_with(".dat") && lower.contains("sign") || lower.ends_with(".esl") {
            // Signature values and seals hold no text of the document.
        } else {
            read_nested(&name, &bytes, job);
        }
    }
}

fn part(package: &mut Package<'_>, name: &str, job: &mut Job<'_>) -> String {
    match package.read_named(name, job) {
        Some(bytes) => text_of(&bytes).into_owned(),
        None => {
            job.missed("OFD 文件缺少其中一部分，可能没有读全。请用原软件打开后另存，再重新上传。");
            String::new()
        }
    }
}

const PROPERTIES: &[(&str, &str)] = &[
    ("Title", "标题"),
    ("Author", "作者"),
    ("Subject", "主题"),
    ("Abstract", "摘要"),
    ("Keyword", "关键词"),
    ("Creator", "制作软件"),
    ("CreationDate", "创建时间"),
    ("ModDate", "修改时间"),
];

fn info(text: &str, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    let (mut label, mut value) = (None, String::new());
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => {
                let known =
                    PROPERTIES.iter().find(|(name, _)| *name == tag.name()).map(|(_, label)| (*label).to_owned());
                let custom = (tag.name() == "CustomData").then(|| tag.attribute("Name")).flatten();
                label = known.or(custom.map(|name| format!("自定义属性“{name}”")));
                value.clear();
            }
            Item::Text(text) => value.push_str(&text),
            Item::Close(_) => {
                if let Some(label) = label.take() {
                    job.property(&label, &value);
                }
                value.clear();
            }
        }
    }
}

/// Texts of all elements of a name.
fn values(text: &str, element: &str) -> Vec<String> {
    let mut xml = Xml::new(text);
    let (mut found, mut open) = (Vec::new(), None::<String>);
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => open = (tag.name() == element).then(String::new),
            Item::Text(text) => {
                if let Some(open) = &mut open {
                    open.push_str(text.trim());
                }
            }
            Item::Close(_) => found.extend(open.take().filter(|value| !value.is_empty())),
        }
    }
    found
}

/// `BaseLoc` of all elements of a name, in their order.
fn locations(text: &str, element: &str) -> Vec<String> {
    let mut xml = Xml::new(text);
    let mut found = Vec::new();
    while let Some(item) = xml.next() {
        if let Item::Open(tag) = item
            && tag.name() == element
        {
            found.extend(tag.attribute("BaseLoc"));
        }
    }
    found
}

/// Text objects of a page with their places.
fn page_text(text: &str, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    let mut pieces = Vec::new();
    let mut object = Object::default();
    let mut code: Option<(f64, f64, String)> = None;
    let mut invisible: Vec<bool> = Vec::new();
    while let Some(item) = xml.next() {
        if pieces.len() > job.limits.cells {
            job.missed("页面内容过多，超过上限后的内容未读，请拆分后重新上传。");
            break;
        }
        match item {
            Item::Open(tag) => {
                let hidden = tag.attribute("Visible").as_deref() == Some("false")
                    || tag.attribute("Alpha").as_deref() == Some("0")
                    || invisible.last().copied().unwrap_or_default();
                invisible.push(hidden);
                match tag.name() {
                    "TextObject" => object = Object::of(&tag),
                    "TextCode" => code = Some((number(&tag, "X"), number(&tag, "Y"), String::new())),
                    _ => {}
                }
            }
            Item::Text(text) => {
                if let Some((_, _, code)) = &mut code {
                    code.push_str(&text);
                }
            }
            Item::Close(_) => {
                let hidden = invisible.pop().unwrap_or_default();
                if let Some((x, y, text)) = code.take()
                    && !text.is_empty()
                {
                    pieces.push(object.piece(x, y, text, hidden));
                }
            }
        }
    }
    if xml.broken {
        job.missed("OFD 文件的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
    }
    write_in_reading_order(pieces, job);
}

#[derive(Default)]
struct Object {
    left: f64,
    top: f64,
    width: f64,
    size: f64,
}

impl Object {
    fn of(tag: &Tag<'_>) -> Object {
        let boundary: Vec<f64> = tag
            .attribute("Boundary")
            .unwrap_or_default()
            .split_whitespace()
            .map(|number| number.parse().unwrap_or_default())
            .collect();
        let at = |index: usize| boundary.get(index).copied().unwrap_or_default();
        let size = number(tag, "Size");
        let size = if size > 0.0 { size } else { at(3).max(1.0) };
        // A matrix scales the size too; the box tells how high the text really is.
        let size = if tag.attribute("CTM").is_some() && at(3) > 0.0 { at(3) } else { size };
        Object { left: at(0), top: at(1), width: at(2), size }
    }

    fn piece(&self, x: f64, y: f64, text: String, hidden: bool) -> Piece {
        let x = self.left + if x < self.width { x } else { 0.0 };
        let wide: f64 = text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum();
        let end = (x + wide * self.size).min((self.left + self.width).max(x));
        Piece { x, y: self.top + y.min(self.size * 1.5), end, size: self.size, text, hidden }
    }
}

fn number(tag: &Tag<'_>, name: &str) -> f64 {
    tag.attribute(name).and_then(|value| value.parse().ok()).unwrap_or_default()
}

/// Remarks, parameters, creators, titles: text outside of text objects.
fn written(text: &str, job: &mut Job<'_>) {
    const ELEMENTS: &[&str] = &["Remark", "Parameter", "Title", "Bookmark", "Property", "URI", "Keyword", "Abstract"];
    let mut xml = Xml::new(text);
    let mut open = false;
    job.out.hide();
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => {
                open = ELEMENTS.contains(&tag.name());
                for (name, value) in tag.attributes() {
                    let person = matches!(name.as_str(), "Creator" | "Remark" | "URI" | "Title" | "Text" | "Contents");
                    if person || name == "Name" && matches!(tag.name(), "Attachment" | "Bookmark") {
                        job.out.line_of(&value);
                    }
                }
            }
            Item::Text(text) if open => job.out.line_of(&text),
            Item::Text(_) => {}
            Item::Close(_) => open = false,
        }
    }
    job.out.show();
}
