//! PDF: the text of every page as it is drawn (invisible text and switched-off layers marked hidden), then
//! annotations, form fields, bookmarks, alternative texts, embedded files, properties.

mod beside;
mod budget;
mod content;
mod font;
mod glyph_names;
mod interpret;
mod matrix;
mod radicals;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_cmap::{CMap, CMapName, load_embedded};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::error::ExtractError;
use super::job::Job;
use super::layout::write_as_drawn;
use font::Font;
use interpret::Interpreter;
use radicals::same_characters;

const ENCRYPTED: &str = "PDF 已加密，不能检查其中内容，请去掉密码后重新上传。";

/// The document and what is kept of it between pages.
struct Pdf<'d> {
    document: &'d Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    /// Predefined maps by name, each taken apart once.
    maps: RefCell<HashMap<Vec<u8>, Option<Rc<CMap>>>>,
    hidden_layers: HashSet<ObjectId>,
    /// Characters whose font does not say what they are.
    unknown: usize,
}

pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<(), ExtractError> {
    let Some(limit) = budget::of(bytes, job.limits.member_bytes.min(job.unpacking_room())) else {
        job.missed("PDF 内对象过多，不能自动检查，可能是恶意构造的文件。请用原软件重新导出 PDF，再重新上传。");
        return Ok(());
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(error) => {
            let text = format!("{error:?}").to_ascii_lowercase();
            if text.contains("password") || text.contains("crypt") {
                job.missed(ENCRYPTED);
                return Ok(());
            }
            return Err(ExtractError::new("PDF 已损坏，打不开。请用原软件重新导出 PDF，再重新上传。"));
        }
    };
    if document.is_encrypted() {
        job.missed(ENCRYPTED);
        return Ok(());
    }
    let mut pdf = Pdf {
        document: &document,
        fonts: HashMap::new(),
        maps: RefCell::default(),
        hidden_layers: hidden_layers(&document),
        unknown: 0,
    };
    pdf.pages(job);
    beside::read(&mut pdf, job);
    if pdf.unknown > 0 {
        job.missed("有的文字所用字体没有编码对照，读不出来，请人工查看或用图片识别检查。");
    }
    Ok(())
}

impl<'d> Pdf<'d> {
    fn pages(&mut self, job: &mut Job<'_>) {
        let mut without_text = Vec::new();
        let mut count = 0;
        for (index, page) in self.document.page_iter().enumerate() {
            if job.full() || !job.page() {
                break;
            }
            count += 1;
            let Ok(page) = self.document.get_dictionary(page) else {
                job.missed("PDF 有的页损坏，读不出来。请用原软件重新导出 PDF，再重新上传。");
                continue;
            };
            let drawn = self.page(page, index + 1, job);
            if !drawn {
                without_text.push((index + 1).to_string());
            }
        }
        if count == 0 {
            job.missed("PDF 中没有找到页面，可能已损坏。请用原软件重新导出 PDF，再重新上传。");
        }
        if !without_text.is_empty() {
            let total = without_text.len();
            without_text.truncate(20);
            let list = without_text.join("、");
            let more = if total > 20 { format!("等 {total} 页") } else { " 页".to_owned() };
            job.missed(format!("第 {list}{more}没有文字，疑为扫描件，请人工查看或用图片识别检查。"));
        }
    }

    /// Reads a page; false when it shows something but holds no text.
    fn page(&mut self, page: &'d Dictionary, number: usize, job: &mut Job<'_>) -> bool {
        let mut content = Vec::new();
        for stream in self.contents(page) {
            if let Some(bytes) = self.decoded(stream, job) {
                content.extend_from_slice(&bytes);
                content.push(b'\n');
            }
        }
        let resources = self.inherited(page, b"Resources").and_then(|object| self.dictionary(object));
        let page_box = self.page_box(page);
        let mut interpreter = Interpreter::new(self, page_box, number);
        interpreter.run(&content, resources, 0, job);
        let Interpreter { mut pieces, images, strokes, .. } = interpreter;
        let annotations: Vec<&'d Dictionary> = self.annotations(page);
        for annotation in annotations {
            if let Some(appearance) = self.appearance(annotation) {
                let mut interpreter = Interpreter::new(self, None, number);
                interpreter.form(appearance, resources, 0, job);
                pieces.append(&mut interpreter.pieces);
            }
        }
        write_as_drawn(&pieces, job);
        // A page of outlines without a character is a scan too, or text turned into curves.
        let written = pieces.iter().any(|piece| !piece.text.trim().is_empty());
        written || images == 0 && strokes < 200
    }

    /// A map every reader of PDF files knows by its name.
    fn predefined(&self, name: &[u8]) -> Option<Rc<CMap>> {
        let mut maps = self.maps.borrow_mut();
        if let Some(known) = maps.get(name) {
            return known.clone();
        }
        let map = match name {
            b"Identity-H" => Some(CMap::identity_h()),
            b"Identity-V" => Some(CMap::identity_v()),
            other => load_embedded(CMapName::from_bytes(other)).and_then(|map| CMap::parse(map, load_embedded)),
        };
        let map = map.map(Rc::new);
        if maps.len() < 100 {
            maps.insert(name.to_vec(), map.clone());
        }
        map
    }

    fn contents(&self, page: &'d Dictionary) -> Vec<&'d Stream> {
        let Ok(contents) = page.get_deref(b"Contents", self.document) else { return Vec::new() };
        match contents {
            Object::Stream(stream) => vec![stream],
            Object::Array(parts) => {
                parts.iter().take(10_000).filter_map(|part| self.resolve(part)?.as_stream().ok()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// An entry of the page or of the nodes above it.
    fn inherited(&self, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        let mut node = page;
        for _ in 0..50 {
            if let Ok(found) = node.get_deref(key, self.document) {
                return Some(found);
            }
            node = node.get_deref(b"Parent", self.document).ok()?.as_dict().ok()?;
        }
        None
    }

    fn page_box(&self, page: &'d Dictionary) -> Option<[f64; 4]> {
        let object = self.inherited(page, b"MediaBox")?;
        let numbers: Vec<f64> = object.as_array().ok()?.iter().filter_map(|side| self.number(side)).collect();
        let [left, bottom, right, top] = numbers.try_into().ok()?;
        Some([left.min(right), bottom.min(top), left.max(right), bottom.max(top)])
    }

    fn annotations(&self, page: &'d Dictionary) -> Vec<&'d Dictionary> {
        let Ok(Object::Array(list)) = page.get_deref(b"Annots", self.document) else { return Vec::new() };
        list.iter().take(20_000).filter_map(|one| self.resolve(one)?.as_dict().ok()).collect()
    }

    /// The normal appearance of an annotation, in its current state.
    fn appearance(&self, annotation: &'d Dictionary) -> Option<&'d Stream> {
        let appearances = annotation.get_deref(b"AP", self.document).ok()?.as_dict().ok()?;
        match appearances.get_deref(b"N", self.document).ok()? {
            Object::Stream(stream) => Some(stream),
            Object::Dictionary(states) => {
                let state = annotation.get(b"AS").ok()?.as_name().ok()?;
                states.get_deref(state, self.document).ok()?.as_stream().ok()
            }
            _ => None,
        }
    }

    fn resolve(&self, object: &'d Object) -> Option<&'d Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    fn dictionary(&self, object: &'d Object) -> Option<&'d Dictionary> {
        match self.resolve(object)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    fn number(&self, object: &'d Object) -> Option<f64> {
        match self.resolve(object)? {
            Object::Integer(number) => Some(*number as f64),
            Object::Real(number) => Some(f64::from(*number)),
            _ => None,
        }
    }

    /// Unpacks a stream under the limits.
    fn decoded(&self, stream: &Stream, job: &mut Job<'_>) -> Option<Vec<u8>> {
        let room = job.unpacking_room().min(job.limits.member_bytes);
        match stream.get_plain_content_with_limit(usize::try_from(room).unwrap_or(usize::MAX)) {
            Ok(bytes) => {
                job.unpacked(bytes.len());
                Some(bytes)
            }
            Err(lopdf::Error::Decompress(_)) => {
                job.unpacked(stream.content.len());
                job.missed("PDF 的一部分解压后过大或已损坏，没有读全。请核实文件来源，重新导出 PDF 后上传。");
                None
            }
            Err(_) => {
                job.missed("PDF 的一部分已损坏，可能没有读全。请用原软件重新导出 PDF，再重新上传。");
                None
            }
        }
    }
}

/// Layers that are switched off when the file is opened.
fn hidden_layers(document: &Document) -> HashSet<ObjectId> {
    let mut hidden = HashSet::new();
    let properties = document.catalog().ok().and_then(|catalog| catalog.get_deref(b"OCProperties", document).ok());
    let Some(properties) = properties.and_then(|object| object.as_dict().ok()) else { return hidden };
    let configuration = properties.get_deref(b"D", document).ok().and_then(|object| object.as_dict().ok());
    let Some(configuration) = configuration else { return hidden };
    let list = |dictionary: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let array = dictionary.get_deref(key, document).ok().and_then(|object| object.as_array().ok());
        array.into_iter().flatten().filter_map(|object| object.as_reference().ok()).collect()
    };
    if configuration.get(b"BaseState").ok().and_then(|state| state.as_name().ok()) == Some(b"OFF") {
        hidden.extend(list(properties, b"OCGs"));
        for shown in list(configuration, b"ON") {
            hidden.remove(&shown);
        }
    }
    hidden.extend(list(configuration, b"OFF"));
    hidden
}
