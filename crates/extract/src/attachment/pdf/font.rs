//! What the codes of a font mean and how wide they are: `ToUnicode` first, then predefined CMaps (GBK-EUC-H,
//! UniGB-UCS2-H and the others), then the encoding of a simple font.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, load_embedded};
use lopdf::{Dictionary, Object};

use super::super::job::Job;
use super::{Pdf, glyph_names, same_characters};

#[derive(Default)]
pub(super) struct Font {
    composite: bool,
    to_unicode: Option<CMap>,
    /// Codes of a composite font to the numbers of its characters.
    encoding: Option<Rc<CMap>>,
    /// Those numbers to Unicode, for the character collections everybody knows.
    collection: Option<Rc<CMap>>,
    /// The codes are UTF-16 themselves.
    codes_are_utf16: bool,
    characters: HashMap<u32, char>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    /// Widths are in thousandths, except in fonts drawn by the file itself.
    width_scale: f64,
}

/// One code of a shown string.
pub(super) struct Code {
    pub text: Option<String>,
    /// In units of the font's size.
    pub width: f64,
    /// A single byte 32, which word spacing widens.
    pub is_space: bool,
}

impl Font {
    pub fn load<'d>(pdf: &Pdf<'d>, dictionary: &'d Dictionary, job: &mut Job<'_>) -> Font {
        let mut font = Font { width_scale: 0.001, default_width: 500.0, ..Font::default() };
        let kind = dictionary.get(b"Subtype").ok().and_then(|name| name.as_name().ok()).unwrap_or_default();
        font.composite = kind == b"Type0";
        if let Ok(Object::Stream(stream)) = dictionary.get_deref(b"ToUnicode", pdf.document) {
            font.to_unicode = pdf.decoded(stream, job).and_then(|bytes| CMap::parse(&bytes, load_embedded));
        }
        if font.composite {
            font.load_composite(pdf, dictionary, job);
        } else {
            font.load_simple(pdf, dictionary, kind == b"Type3");
        }
        font
    }

    fn load_composite<'d>(&mut self, pdf: &Pdf<'d>, dictionary: &'d Dictionary, job: &mut Job<'_>) {
        self.default_width = 1000.0;
        match dictionary.get_deref(b"Encoding", pdf.document) {
            Ok(Object::Name(name)) => {
                self.codes_are_utf16 = name.starts_with(b"Uni");
                self.encoding = pdf.predefined(name);
            }
            Ok(Object::Stream(stream)) => {
                let map = pdf.decoded(stream, job).and_then(|bytes| CMap::parse(&bytes, load_embedded));
                self.encoding = map.map(Rc::new);
            }
            _ => {}
        }
        let descendant = dictionary.get_deref(b"DescendantFonts", pdf.document).ok();
        let descendant = descendant.and_then(|list| list.as_array().ok()?.first()).and_then(|one| pdf.dictionary(one));
        let Some(descendant) = descendant else { return };
        let system = descendant.get_deref(b"CIDSystemInfo", pdf.document).ok().and_then(|info| info.as_dict().ok());
        let ordering = system.and_then(|info| info.get_deref(b"Ordering", pdf.document).ok()?.as_str().ok());
        let name: Option<&[u8]> = match ordering {
            Some(b"GB1") => Some(b"Adobe-GB1-UCS2"),
            Some(b"CNS1") => Some(b"Adobe-CNS1-UCS2"),
            Some(b"Japan1") => Some(b"Adobe-Japan1-UCS2"),
            Some(b"Korea1") => Some(b"Adobe-Korea1-UCS2"),
            _ => None,
        };
        self.collection = name.and_then(|name| pdf.predefined(name));
        if let Some(width) = descendant.get(b"DW").ok().and_then(|width| pdf.number(width)) {
            self.default_width = width;
        }
        if let Ok(Object::Array(list)) = descendant.get_deref(b"W", pdf.document) {
            self.composite_widths(pdf, list);
        }
    }

    /// `first [w w w]` or `first last w`.
    fn composite_widths<'d>(&mut self, pdf: &Pdf<'d>, list: &'d [Object]) {
        let mut items = list.iter();
        while let (Some(first), Some(second)) = (items.next(), items.next()) {
            let Some(first) = pdf.number(first) else { return };
            match pdf.resolve(second) {
                Some(Object::Array(widths)) => {
                    for (index, width) in widths.iter().enumerate().take(65_536) {
                        self.width(first as u32 + index as u32, pdf.number(width));
                    }
                }
                Some(_) => {
                    let last = pdf.number(second).unwrap_or(first).min(first + 65_535.0);
                    let width = items.next().and_then(|width| pdf.number(width));
                    for code in first as u32..=last as u32 {
                        self.width(code, width);
                    }
                }
                None => return,
            }
        }
    }

    fn width(&mut self, code: u32, width: Option<f64>) {
        if let Some(width) = width
            && self.widths.len() < 100_000
        {
            self.widths.insert(code, width);
        }
    }

    fn load_simple<'d>(&mut self, pdf: &Pdf<'d>, dictionary: &'d Dictionary, drawn: bool) {
        let encoding = dictionary.get_deref(b"Encoding", pdf.document).ok();
        let base = match encoding {
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(Object::Dictionary(encoding)) => {
                encoding.get(b"BaseEncoding").ok().and_then(|name| name.as_name().ok())
            }
            _ => None,
        };
        let page = if base == Some(b"MacRomanEncoding") { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
        for code in 0x20..=0xffu8 {
            let character = page.decode_without_bom_handling(&[code]).0.chars().next();
            // Fonts drawn by the file itself mean by a code what their encoding says, nothing else.
            if let Some(character) = character.filter(|character| !drawn && !character.is_control()) {
                self.characters.insert(u32::from(code), character);
            }
        }
        if let Some(Object::Dictionary(encoding)) = encoding
            && let Ok(Object::Array(differences)) = encoding.get_deref(b"Differences", pdf.document)
        {
            let mut code = 0u32;
            for item in differences {
                match item {
                    Object::Integer(number) => code = u32::try_from(*number).unwrap_or_default(),
                    Object::Name(name) => {
                        match glyph_names::character(&String::from_utf8_lossy(name)) {
                            Some(character) => self.characters.insert(code, character),
                            None => self.characters.remove(&code),
                        };
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
        }
        let first = dictionary.get(b"FirstChar").ok().and_then(|first| pdf.number(first)).unwrap_or_default();
        if let Ok(Object::Array(widths)) = dictionary.get_deref(b"Widths", pdf.document) {
            for (index, width) in widths.iter().enumerate().take(256) {
                self.width(first.max(0.0) as u32 + index as u32, pdf.number(width));
            }
        }
        if drawn && let Ok(Object::Array(matrix)) = dictionary.get_deref(b"FontMatrix", pdf.document) {
            self.width_scale = matrix.first().and_then(|scale| pdf.number(scale)).unwrap_or(0.001).abs();
        }
    }

    /// Cuts a shown string into its codes.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let (code, length, cid) = self.next_code(&bytes[at..]);
            at += length;
            let width = self.widths.get(&cid).copied().unwrap_or(self.default_width) * self.width_scale;
            codes.push(Code { text: self.text(code, cid), width, is_space: length == 1 && code == 32 });
        }
        codes
    }

    fn next_code(&self, bytes: &[u8]) -> (u32, usize, u32) {
        let code = |length: usize| bytes[..length].iter().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
        if !self.composite {
            return (code(1), 1, code(1));
        }
        if let Some(encoding) = &self.encoding {
            for length in 1..=bytes.len().min(4) {
                if let Some(cid) = encoding.lookup_cid_code(code(length), length as u8) {
                    return (code(length), length, cid);
                }
            }
        }
        let length = bytes.len().min(2);
        (code(length), length, code(length))
    }

    fn text(&self, code: u32, cid: u32) -> Option<String> {
        let known = |text: String| (!text.chars().all(|one| matches!(one, '\0' | '\u{fffd}'))).then_some(text);
        let own = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(string).and_then(known);
        if own.is_some() {
            return own;
        }
        if self.codes_are_utf16 {
            let units = if code > 0xffff { vec![(code >> 16) as u16, code as u16] } else { vec![code as u16] };
            return String::from_utf16(&units).ok();
        }
        if let Some(collection) = &self.collection {
            return collection.lookup_bf_string(cid).map(string).and_then(known);
        }
        self.characters.get(&code).map(char::to_string)
    }
}

fn string(found: BfString) -> String {
    match found {
        BfString::Char(character) => same_characters(character.encode_utf8(&mut [0; 4])),
        BfString::String(text) => same_characters(&text),
    }
}
