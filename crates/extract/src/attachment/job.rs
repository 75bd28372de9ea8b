//! One run over one file: limits, what is used up of them, and what was found so far. Readers of all kinds write here.

use super::limits::Limits;
use super::output::{EmbeddedPicture, Output};

pub(crate) struct Job<'l> {
    pub limits: &'l Limits,
    pub out: Output,
    pub properties: Vec<(String, String)>,
    pub pictures: Vec<EmbeddedPicture>,
    pub notices: Vec<String>,
    pub complete: bool,
    /// How many documents deep the reader stands.
    pub depth: usize,
    /// The chain of names of the documents around, for labels.
    pub inside: Vec<String>,
    unpacked: u64,
    members: usize,
    cells: usize,
    pages: usize,
    picture_bytes: usize,
}

impl<'l> Job<'l> {
    pub fn new(limits: &'l Limits) -> Job<'l> {
        Job {
            limits,
            out: Output::with_limit(limits.text_bytes),
            properties: Vec::new(),
            pictures: Vec::new(),
            notices: Vec::new(),
            complete: true,
            depth: 0,
            inside: Vec::new(),
            unpacked: 0,
            members: 0,
            cells: 0,
            pages: 0,
            picture_bytes: 0,
        }
    }

    /// Something was not read: says so once, and the result is no longer complete.
    pub fn missed(&mut self, sentence: impl Into<String>) {
        self.complete = false;
        self.remark(sentence);
    }

    /// Something worth knowing that costs no completeness.
    pub fn remark(&mut self, sentence: impl Into<String>) {
        let sentence = match self.inside.last() {
            Some(name) => format!("“{name}”：{}", sentence.into()),
            None => sentence.into(),
        };
        if self.notices.len() < 100 && !self.notices.contains(&sentence) {
            self.notices.push(sentence);
        }
    }

    pub fn property(&mut self, label: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || self.properties.len() >= 1000 {
            return;
        }
        let label = match self.inside.last() {
            Some(name) => format!("{label}（{name}）"),
            None => label.to_owned(),
        };
        let property = (label, value.chars().take(2000).collect());
        if !self.properties.contains(&property) {
            self.properties.push(property);
        }
    }

    pub fn picture(&mut self, name: &str, bytes: &[u8]) {
        if self.pictures.len() >= self.limits.pictures || self.picture_bytes + bytes.len() > self.limits.picture_bytes {
            self.remark("图片过多，后面的图片没有取出，请人工查看。");
            return;
        }
        self.picture_bytes += bytes.len();
        self.pictures.push(EmbeddedPicture { name: name.to_owned(), bytes: bytes.to_vec() });
    }

    /// Bytes that may still be unpacked.
    pub fn unpacking_room(&self) -> u64 {
        self.limits.unpacked_bytes.saturating_sub(self.unpacked)
    }

    pub fn unpacked(&mut self, bytes: usize) {
        self.unpacked = self.unpacked.saturating_add(bytes as u64);
    }

    /// Counts one member; false when there have been too many.
    pub fn member(&mut self) -> bool {
        self.members += 1;
        self.within(
            self.members <= self.limits.members,
            "压缩包内文件过多，超过上限后的内容未读，请减少文件后重新上传。",
        )
    }

    /// Counts one cell; false when there have been too many.
    pub fn cell(&mut self) -> bool {
        self.cells += 1;
        self.within(self.cells <= self.limits.cells, "表格过大，超过上限后的内容未读，请拆分后重新上传。")
    }

    /// Counts one page; false when there have been too many.
    pub fn page(&mut self) -> bool {
        self.pages += 1;
        self.within(self.pages <= self.limits.pages, "页数过多，超过上限后的内容未读，请拆分后重新上传。")
    }

    fn within(&mut self, fine: bool, sentence: &str) -> bool {
        if !fine {
            self.missed(sentence);
        }
        fine
    }

    /// No more text fits.
    pub fn full(&mut self) -> bool {
        if self.out.overflow {
            self.missed("文字过多，超过上限后的内容未读，请拆分后重新上传。");
        }
        self.out.overflow
    }
}
