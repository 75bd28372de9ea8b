//! RTF: groups, control words, `\'hh` bytes in the document's code page (936 unless it says otherwise), `\u` numbers.
//! Hidden and deleted text, notes, headers and the info group are read; fonts, colours and pictures are not.

use encoding_rs::Encoding;

use super::decode;
use super::job::Job;
use super::read::read_nested;

/// Groups that hold no text of people.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "pict",
    "xmlnstbl",
    "mmathPr",
    "pgdsctbl",
    "blipuid",
    "panose",
    "falt",
    "filetbl",
    "wgrffmtfilter",
    "objclass",
    "objname",
    "fldtype",
    "listname",
    "bkmkstart",
    "bkmkend",
    "pn",
];

const PROPERTIES: &[(&str, &str)] = &[
    ("title", "标题"),
    ("author", "作者"),
    ("operator", "最后修改者"),
    ("company", "单位"),
    ("manager", "经理"),
    ("subject", "主题"),
    ("keywords", "关键词"),
    ("doccomm", "备注"),
    ("category", "类别"),
];

#[derive(Clone, Default)]
struct Group {
    hidden: bool,
    unseen: bool,
    skipped: bool,
    property: Option<&'static str>,
    object: bool,
    /// Bytes after `\u` that repeat it for old readers.
    repeated: usize,
}

/// Groups inside groups beyond this are read as part of the outermost.
const DEEPEST: usize = 500;

struct Reader<'j, 'l> {
    job: &'j mut Job<'l>,
    encoding: &'static Encoding,
    groups: Vec<Group>,
    now: Group,
    /// Bytes waiting for their second half, or for the end of a run.
    bytes: Vec<u8>,
    to_skip: usize,
    value: String,
    object: Vec<u8>,
    half: Option<u8>,
    surrogate: Option<u16>,
}

pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) {
    let now = Group { repeated: 1, ..Group::default() };
    let mut reader = Reader {
        job,
        encoding: encoding_rs::GB18030,
        groups: Vec::new(),
        now,
        bytes: Vec::new(),
        to_skip: 0,
        value: String::new(),
        object: Vec::new(),
        half: None,
        surrogate: None,
    };
    reader.run(bytes);
    reader.flush();
    reader.job.out.line();
}

impl Reader<'_, '_> {
    fn run(&mut self, bytes: &[u8]) {
        let mut index = 0;
        let mut fresh = false;
        while let Some(byte) = bytes.get(index).copied() {
            if self.job.full() {
                return;
            }
            index += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() < DEEPEST {
                        self.groups.push(self.now.clone());
                    }
                    fresh = true;
                    continue;
                }
                b'}' => self.close(),
                b'\r' | b'\n' => continue,
                b'\\' => index = self.control(bytes, index, fresh),
                other => self.byte(other),
            }
            // `{\*\name` still stands at the group's start after the star.
            fresh = fresh && byte == b'\\' && bytes.get(index.wrapping_sub(1)) == Some(&b'*');
        }
    }

    fn control(&mut self, bytes: &[u8], mut index: usize, fresh: bool) -> usize {
        let Some(first) = bytes.get(index).copied() else { return index };
        if !first.is_ascii_alphabetic() {
            index += 1;
            match first {
                b'\'' => {
                    let hex = bytes.get(index..index + 2).and_then(|pair| std::str::from_utf8(pair).ok());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.byte(byte);
                        index += 2;
                    }
                }
                b'~' => self.byte(b' '),
                b'_' => self.byte(b'-'),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.text("\n"),
                _ => {}
            }
            return index;
        }
        let start = index;
        while bytes.get(index).is_some_and(u8::is_ascii_alphabetic) && index - start < 40 {
            index += 1;
        }
        let word = std::str::from_utf8(&bytes[start..index]).unwrap_or_default();
        let number_start = index;
        if bytes.get(index) == Some(&b'-') {
            index += 1;
        }
        while bytes.get(index).is_some_and(u8::is_ascii_digit) && index - number_start < 12 {
            index += 1;
        }
        let number = std::str::from_utf8(&bytes[number_start..index]).ok().and_then(|text| text.parse::<i64>().ok());
        if bytes.get(index) == Some(&b' ') {
            index += 1;
        }
        if word == "bin" {
            return index.saturating_add(usize::try_from(number.unwrap_or_default()).unwrap_or_default());
        }
        self.word(word, number, fresh);
        index
    }

    fn word(&mut self, word: &str, number: Option<i64>, fresh: bool) {
        if fresh {
            self.begin(word);
        }
        match word {
            "u" => {
                let unit = number.unwrap_or_default().rem_euclid(65_536) as u16;
                self.unicode(unit);
                self.to_skip = self.now.repeated;
                return;
            }
            "uc" => self.now.repeated = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(10),
            "ansicpg" => self.encoding = code_page(number.unwrap_or(936)),
            "par" | "line" | "sect" | "page" | "column" => self.text("\n"),
            "cell" | "nestcell" | "tab" => self.text("\t"),
            "row" | "nestrow" => self.text("\n"),
            "v" | "deleted" => {
                self.flush();
                self.now.hidden = number != Some(0);
            }
            "plain" => {
                self.flush();
                self.now.hidden = false;
            }
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            _ => {}
        }
        self.flush();
    }

    /// The first word of a group says what the group is.
    fn begin(&mut self, word: &str) {
        if let Some((_, label)) = PROPERTIES.iter().find(|(name, _)| *name == word) {
            self.now.property = Some(label);
        } else if SKIPPED.contains(&word) {
            self.now.skipped = true;
        } else if word == "objdata" {
            self.now.object = true;
        } else if matches!(word, "annotation" | "atnid" | "atnauthor" | "fldinst" | "comment") {
            self.now.unseen = true;
            self.job.out.line();
        } else if matches!(word, "header" | "footer" | "headerf" | "footerf" | "headerl" | "headerr" | "footnote")
            || matches!(word, "footerl" | "footerr" | "shptxt")
        {
            self.job.out.line();
        }
    }

    fn close(&mut self) {
        self.flush();
        let closed = std::mem::take(&mut self.now);
        self.now = self.groups.pop().unwrap_or_else(|| Group { repeated: 1, ..Group::default() });
        if let (Some(label), None) = (closed.property, self.now.property) {
            let value = std::mem::take(&mut self.value);
            self.job.property(label, &value);
        }
        if closed.object && !self.now.object {
            let object = std::mem::take(&mut self.object);
            self.half = None;
            embedded(&object, self.job);
        }
        if closed.unseen && !self.now.unseen {
            self.job.out.line();
        }
        self.to_skip = 0;
    }

    fn byte(&mut self, byte: u8) {
        if self.now.object {
            let Some(digit) = (byte as char).to_digit(16) else { return };
            match self.half.take() {
                None => self.half = Some(digit as u8),
                Some(high) => self.object.push(high << 4 | digit as u8),
            }
        } else if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    fn unicode(&mut self, unit: u16) {
        self.flush();
        let units = match self.surrogate.take() {
            Some(high) => vec![high, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.surrogate = Some(unit);
                return;
            }
            None => vec![unit],
        };
        self.text(&String::from_utf16_lossy(&units));
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self.encoding.decode_without_bom_handling(&bytes).0.into_owned();
            self.write(&text);
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.write(text);
    }

    fn write(&mut self, text: &str) {
        if self.now.property.is_some() {
            self.value.push_str(text);
        } else if !self.now.skipped {
            let hidden = self.now.hidden || self.now.unseen;
            if hidden {
                self.job.out.hide();
            }
            self.job.out.push(text);
            if hidden {
                self.job.out.show();
            }
        }
    }
}

fn code_page(number: i64) -> &'static Encoding {
    match number {
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        1251 => encoding_rs::WINDOWS_1251,
        65001 => encoding_rs::UTF_8,
        // Chinese writers leave 1252 in the header and write GBK all the same.
        _ => encoding_rs::GB18030,
    }
}

/// The object of a group: an OLE1 header, then the file; the file's beginning is found by its magic.
fn embedded(object: &[u8], job: &mut Job<'_>) {
    const MAGICS: &[&[u8]] = &[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-", b"{\\rtf"];
    let head = &object[..object.len().min(4096)];
    let start = MAGICS.iter().filter_map(|magic| head.windows(magic.len()).position(|window| window == *magic)).min();
    match start {
        Some(start) => read_nested("嵌入对象", &object[start..], job),
        None if !object.is_empty() => {
            job.out.hide();
            job.out.line_of(&decode::gbk(object).replace(|character: char| character.is_control(), " "));
            job.out.show();
        }
        None => {}
    }
}
