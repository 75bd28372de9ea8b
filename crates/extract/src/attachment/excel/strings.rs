//! Shared strings, and which of them no cell uses: they stay in the file after their cell was deleted.

use super::super::job::Job;
use super::super::xml::{Item, Xml};

#[derive(Default)]
pub(crate) struct Strings {
    texts: Vec<String>,
    used: Vec<bool>,
    phonetics: Vec<String>,
}

impl Strings {
    pub fn take(&mut self, index: usize) -> &str {
        if let Some(used) = self.used.get_mut(index) {
            *used = true;
        }
        self.texts.get(index).map(String::as_str).unwrap_or_default()
    }

    /// Strings no cell showed, and readings beside strings.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let unused = self.texts.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(text, _)| text.as_str());
        unused.chain(self.phonetics.iter().map(String::as_str))
    }
}

pub(crate) fn read(text: &str, job: &mut Job<'_>) -> Strings {
    let mut xml = Xml::new(text);
    let mut strings = Strings::default();
    let (mut current, mut phonetic) = (String::new(), String::new());
    let (mut text_open, mut in_phonetic) = (false, false);
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => match tag.name() {
                "si" => current.clear(),
                "rPh" => in_phonetic = true,
                "t" => text_open = true,
                _ => {}
            },
            Item::Text(text) if text_open && in_phonetic => phonetic.push_str(&text),
            Item::Text(text) if text_open => current.push_str(&text),
            Item::Text(_) => {}
            Item::Close(name) => match name.as_str() {
                "t" => text_open = false,
                "rPh" => {
                    in_phonetic = false;
                    strings.phonetics.push(std::mem::take(&mut phonetic));
                }
                "si" => {
                    strings.texts.push(std::mem::take(&mut current));
                    strings.used.push(false);
                    if strings.texts.len() > job.limits.cells {
                        job.missed("表格过大，超过上限后的内容未读，请拆分后重新上传。");
                        return strings;
                    }
                }
                _ => {}
            },
        }
    }
    if xml.broken {
        job.missed("表格的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
    }
    strings
}
