//! What a PDF holds beside its pages: notes, form fields, links, bookmarks, alternative texts, embedded files,
//! properties.

use lopdf::{Dictionary, Object};

use super::super::decode;
use super::super::html;
use super::super::job::Job;
use super::super::ooxml::harvest;
use super::super::read::read_nested;
use super::super::xml::{Item, Xml, text_of};
use super::Pdf;

const PROPERTIES: &[(&[u8], &str)] = &[
    (b"Title", "标题"),
    (b"Author", "作者"),
    (b"Subject", "主题"),
    (b"Keywords", "关键词"),
    (b"Creator", "制作软件"),
    (b"Producer", "转换软件"),
    (b"Company", "单位"),
    (b"SourceModified", "原文件修改时间"),
    (b"CreationDate", "创建时间"),
    (b"ModDate", "修改时间"),
];

/// Entries that hold text people wrote, in whatever dictionary they stand.
const WRITTEN: &[&[u8]] =
    &[b"Contents", b"ActualText", b"Alt", b"TU", b"V", b"DV", b"URI", b"Subj", b"Opt", b"CA", b"Desc"];

pub(super) fn read(pdf: &mut Pdf<'_>, job: &mut Job<'_>) {
    if let Ok(Object::Dictionary(info)) = pdf.document.trailer.get_deref(b"Info", pdf.document) {
        for (key, value) in info.iter().take(200) {
            let Some(Object::String(value, _)) = pdf.document.dereference(value).ok().map(|(_, value)| value) else {
                continue;
            };
            let known = PROPERTIES.iter().find(|(known, _)| known == key).map(|(_, label)| (*label).to_owned());
            let label = known.unwrap_or_else(|| format!("自定义属性“{}”", String::from_utf8_lossy(key)));
            job.property(&label, &text_string(value));
        }
    }
    let catalog = pdf.document.catalog().ok();
    if let Some(Ok(Object::Stream(stream))) = catalog.map(|catalog| catalog.get_deref(b"Metadata", pdf.document))
        && let Some(bytes) = pdf.decoded(stream, job)
    {
        metadata(&text_of(&bytes), job);
    }
    form_data(pdf, job);
    job.out.hide();
    for object in pdf.document.objects.values() {
        if job.full() {
            break;
        }
        match object {
            Object::Dictionary(dictionary) => one(pdf, dictionary, 0, job),
            Object::Stream(stream) => one(pdf, &stream.dict, 0, job),
            Object::Array(list) => inner(pdf, list, 0, job),
            _ => {}
        }
    }
    job.out.show();
}

fn inner(pdf: &Pdf<'_>, list: &[Object], depth: usize, job: &mut Job<'_>) {
    for object in list {
        match object {
            Object::Dictionary(dictionary) => one(pdf, dictionary, depth + 1, job),
            Object::Array(list) if depth < 8 => inner(pdf, list, depth + 1, job),
            _ => {}
        }
    }
}

/// One dictionary and those written into it.
fn one(pdf: &Pdf<'_>, dictionary: &Dictionary, depth: usize, job: &mut Job<'_>) {
    if depth > 8 {
        return;
    }
    let has = |key: &[u8]| dictionary.has(key);
    for (key, value) in dictionary.iter() {
        match value {
            Object::Dictionary(inside) if key != b"Parent" => one(pdf, inside, depth + 1, job),
            Object::Array(list) => inner(pdf, list, depth, job),
            _ => {}
        }
        if WRITTEN.contains(&key.as_slice()) {
            strings(pdf, value, 0, job);
        }
    }
    let is_note = has(b"Subtype") && has(b"Rect");
    if is_note && let Ok(rich) = dictionary.get_deref(b"RC", pdf.document) {
        let text = match rich {
            Object::String(text, _) => Some(text_string(text)),
            Object::Stream(stream) => pdf.decoded(stream, job).map(|bytes| decode::quietly(&bytes)),
            _ => None,
        };
        if let Some(text) = text {
            html::read(&text, job);
        }
    }
    if let Ok(Object::String(name, _)) = dictionary.get_deref(b"T", pdf.document) {
        if is_note && !has(b"FT") && !has(b"Parent") {
            job.property("批注或修订人", &text_string(name));
        } else if has(b"FT") {
            job.out.line_of(&text_string(name));
        }
    }
    let is_bookmark = has(b"Title") && (has(b"Parent") || has(b"Dest") || has(b"First"));
    if is_bookmark && let Ok(title) = dictionary.get(b"Title") {
        strings(pdf, title, 0, job);
    }
    if has(b"EF") {
        embedded_file(pdf, dictionary, job);
    }
}

fn strings(pdf: &Pdf<'_>, value: &Object, depth: usize, job: &mut Job<'_>) {
    match pdf.document.dereference(value).map(|(_, value)| value) {
        Ok(Object::String(text, _)) => {
            let text = text_string(text);
            // Values of fields and texts of notes are drawn on their page as well.
            let drawn = text.trim().len() > 1 && job.out.text.len() < 20_000 && job.out.text.contains(text.trim());
            if !drawn {
                job.out.line_of(&text);
            }
        }
        Ok(Object::Array(list)) if depth < 4 => {
            for one in list.iter().take(10_000) {
                strings(pdf, one, depth + 1, job);
            }
        }
        _ => {}
    }
}

fn embedded_file(pdf: &Pdf<'_>, specification: &Dictionary, job: &mut Job<'_>) {
    let name = [&b"UF"[..], b"F"].iter().find_map(|key| {
        let name = specification.get_deref(key, pdf.document).ok()?.as_str().ok()?;
        Some(text_string(name))
    });
    let files = specification.get_deref(b"EF", pdf.document).ok().and_then(|files| files.as_dict().ok());
    let Some(files) = files else { return };
    for key in [&b"F"[..], b"UF", b"DOS", b"Unix"] {
        if let Ok(Object::Stream(stream)) = files.get_deref(key, pdf.document) {
            if let Some(bytes) = pdf.decoded(stream, job) {
                read_nested(&name.unwrap_or_else(|| "嵌入文件".to_owned()), &bytes, job);
            }
            return;
        }
    }
}

/// Forms of the XML kind keep their values in parts of their own.
fn form_data(pdf: &Pdf<'_>, job: &mut Job<'_>) {
    let Ok(catalog) = pdf.document.catalog() else { return };
    let Ok(Object::Dictionary(form)) = catalog.get_deref(b"AcroForm", pdf.document) else { return };
    let Ok(data) = form.get_deref(b"XFA", pdf.document) else { return };
    let parts: Vec<&Object> = match data {
        Object::Array(parts) => parts.iter().take(100).collect(),
        one => vec![one],
    };
    job.out.hide();
    for part in parts {
        if let Ok((_, Object::Stream(stream))) = pdf.document.dereference(part)
            && let Some(bytes) = pdf.decoded(stream, job)
        {
            harvest(&text_of(&bytes), job);
        }
    }
    job.out.show();
}

/// The XML copy of the properties, which programs that rewrite the others often forget.
fn metadata(text: &str, job: &mut Job<'_>) {
    const LABELS: &[(&str, &str)] = &[
        ("creator", "作者"),
        ("title", "标题"),
        ("description", "备注"),
        ("subject", "关键词"),
        ("rights", "版权"),
        ("Author", "作者"),
        ("Company", "单位"),
        ("Manager", "经理"),
        ("Keywords", "关键词"),
    ];
    let mut xml = Xml::new(text);
    let mut label: Option<(&str, &str)> = None;
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => {
                label = LABELS.iter().find(|(name, _)| *name == tag.name()).copied().or(label);
                for (name, value) in tag.attributes() {
                    if let Some((_, label)) = LABELS.iter().find(|(known, _)| *known == name) {
                        job.property(label, &value);
                    }
                }
            }
            Item::Text(text) => {
                if let Some((_, label)) = label {
                    job.property(label, &text);
                }
            }
            Item::Close(name) => {
                if label.is_some_and(|(open, _)| open == name) {
                    label = None;
                }
            }
        }
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 with its mark, else what Chinese programs write without one.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        other => decode::quietly(other),
    }
}
