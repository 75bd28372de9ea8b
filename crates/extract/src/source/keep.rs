//! What a saved file is, in a folder or in an archive: a file of the site, a source inside the source, or nothing.

use std::collections::HashMap;
use std::io::{Cursor, ErrorKind, Read};

use jiff::Timestamp;

use super::detect::{DETECTION_BYTES, SourceKind, detect};
use super::folder::Base;
use super::item::{Capture, Item, Refused};
use super::items::{Items, Reading};
use super::limits::Limits;
use super::{address, http, saved};

/// Keeps what is known while going through the files of one source.
pub(super) struct Keeper {
    pub base: Base,
    pub limits: Limits,
    /// Tables and archives inside are sources, not files of the site.
    pub unfold: bool,
    /// How many more archives may be opened inside this one.
    pub depth: usize,
    /// Addresses of pages by path without their ending: their pictures lie in a folder of that name.
    pages: HashMap<String, String>,
}

/// What became of one file; lives for a moment only.
#[expect(clippy::large_enum_variant, reason = "made and taken apart once for each file")]
pub(super) enum Kept<'r> {
    Item(Item),
    Inside(Items<'r>),
    SetAside,
}

impl Keeper {
    pub fn new(base: &Base, limits: &Limits, unfold: bool, depth: usize) -> Keeper {
        Keeper { base: base.clone(), limits: limits.clone(), unfold, depth, pages: HashMap::new() }
    }

    pub fn file<'r>(
        &mut self,
        path: &str,
        modified: Option<Timestamp>,
        mut content: Box<dyn Read + Send + 'r>,
        place: String,
    ) -> Kept<'r> {
        if is_tool_file(path) {
            return Kept::SetAside;
        }
        let mut head = Vec::new();
        if let Err(error) = (&mut content).take(DETECTION_BYTES as u64).read_to_end(&mut head) {
            return Kept::Item(Refused::new(place, self.reason(&error)).into());
        }
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let kind = detect(&head, &name);
        if let Some(kind) = kind.filter(|kind| self.is_source(*kind, &name)) {
            return self.inside(kind, head, content, place);
        }
        let limit = self.limits.body_bytes as u64;
        let mut body = head;
        let left = (limit + 1).saturating_sub(body.len() as u64);
        if let Err(error) = content.take(left).read_to_end(&mut body) {
            return Kept::Item(Refused::new(place, self.reason(&error)).into());
        }
        if body.len() as u64 > limit {
            return Kept::Item(Refused::new(place, http::too_large(&self.limits)).into());
        }
        let is_page = kind == Some(SourceKind::Html);
        let Some(found) = self.address(path, &body, is_page) else {
            let reason = "不知道这个文件原来的网址。请填写旧站网址（例如 http://www.example.gov.cn/）后重新读取。";
            return Kept::Item(Refused::new(place, reason).into());
        };
        if is_page && self.pages.len() < 1_000_000 {
            let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
            self.pages.insert(stem.to_owned(), found.address.clone());
        }
        let capture = Capture {
            address: found.address,
            other_addresses: found.others,
            content_type: content_type(&name, &body, is_page).map(str::to_owned),
            fetched_at: found.fetched_at,
            modified,
            body,
            place,
            ..Capture::default()
        };
        Kept::Item(capture.into())
    }

    fn is_source(&self, kind: SourceKind, name: &str) -> bool {
        match kind {
            SourceKind::Warc | SourceKind::Arc | SourceKind::Mhtml => true,
            SourceKind::Html => false,
            SourceKind::Zip => self.unfold && name.ends_with(".zip"),
            SourceKind::Csv => self.unfold && [".csv", ".tsv", ".txt", ".gz"].iter().any(|end| name.ends_with(end)),
            SourceKind::JsonLines => {
                self.unfold && [".jsonl", ".json", ".ndjson", ".gz", ".txt"].iter().any(|end| name.ends_with(end))
            }
            SourceKind::Xlsx | SourceKind::Wxr => self.unfold,
        }
    }

    fn inside<'r>(
        &mut self,
        kind: SourceKind,
        head: Vec<u8>,
        content: Box<dyn Read + Send + 'r>,
        place: String,
    ) -> Kept<'r> {
        let (mapping, limits) = (&self.base.mapping, &self.limits);
        let mut whole = Cursor::new(head).chain(content);
        let items = match kind {
            SourceKind::Warc | SourceKind::Arc => super::warc(whole, limits),
            SourceKind::Mhtml => super::mhtml(whole, limits),
            SourceKind::Csv => super::records_csv(whole, mapping, limits),
            SourceKind::JsonLines => super::records_jsonl(whole, mapping, limits),
            SourceKind::Wxr => super::wxr(whole, limits),
            SourceKind::Zip | SourceKind::Xlsx | SourceKind::Html => {
                if self.depth == 0 && kind == SourceKind::Zip {
                    let reason = "压缩包层层嵌套过深，没有打开。请解开后重新打包。";
                    return Kept::Item(Refused::new(place, reason).into());
                }
                // These are read from their end, so they are held as a whole.
                let most = if kind == SourceKind::Xlsx { limits.workbook_bytes } else { limits.body_bytes } as u64;
                let mut bytes = Vec::new();
                if let Err(error) = (&mut whole).take(most + 1).read_to_end(&mut bytes) {
                    return Kept::Item(Refused::new(place, self.reason(&error)).into());
                }
                if bytes.len() as u64 > most {
                    let reason = format!("文件超过 {} MB，没有打开。请单独上传这个文件。", most >> 20);
                    return Kept::Item(Refused::new(place, reason).into());
                }
                match kind {
                    SourceKind::Xlsx => super::records_xlsx(Cursor::new(bytes), mapping, limits),
                    _ => super::archive::at_depth(Cursor::new(bytes), &self.base, limits, self.depth - 1),
                }
            }
        };
        Kept::Inside(Items::new(Inside { items, place }, limits))
    }

    fn address(&self, path: &str, body: &[u8], is_page: bool) -> Option<saved::Address> {
        if is_page && let Some(found) = saved::said_by(body) {
            return Some(found);
        }
        let of_page = path.rsplit_once('/').and_then(|(folder, _)| self.beside_page(folder, path));
        let found = of_page.or_else(|| saved::of_path(path, self.base.address.as_deref()));
        let found = found.or_else(|| if is_page { saved::canonical(body) } else { None });
        found.or_else(|| {
            let known = self.unfold.then(|| path.split('/').map(address::escape).collect::<Vec<_>>().join("/"));
            known.map(|path| saved::Address { address: format!("file:///{path}"), others: vec![], fetched_at: None })
        })
    }

    /// Files in `标题_files/` or `标题.files/` belong to the page `标题.html` that refers to them so.
    fn beside_page(&self, folder: &str, path: &str) -> Option<saved::Address> {
        let mut top = folder;
        loop {
            let stem = top.strip_suffix("_files").or_else(|| top.strip_suffix(".files"));
            if let Some(page) = stem.and_then(|stem| self.pages.get(stem)) {
                let start = top.rfind('/').map_or(0, |slash| slash + 1);
                let reference = path[start..].split('/').map(address::escape).collect::<Vec<_>>().join("/");
                let address = address::join(page, &format!("./{reference}"))?;
                return Some(saved::Address { address, others: Vec::new(), fetched_at: None });
            }
            top = top.rsplit_once('/')?.0;
        }
    }

    fn reason(&self, error: &std::io::Error) -> String {
        match error.kind() {
            ErrorKind::QuotaExceeded => "压缩比异常，可能是压缩炸弹，没有读取。请核实文件来源。".to_owned(),
            ErrorKind::FileTooLarge => "解压后的内容总量超过上限，没有读取。请把压缩包拆分后分批导入。".to_owned(),
            ErrorKind::PermissionDenied => "没有读取这个文件的权限。请检查文件权限后重新读取。".to_owned(),
            _ => "文件已损坏或者读取出错，没有采用。请核实后重新打包或者重新上传。".to_owned(),
        }
    }
}

/// Items of a source inside, with the place of that source before their own.
struct Inside<'r> {
    items: Items<'r>,
    place: String,
}

impl Reading for Inside<'_> {
    fn next(&mut self) -> Option<Item> {
        let mut item = self.items.next()?;
        let place = match &mut item {
            Item::Capture(capture) => &mut capture.place,
            Item::Record(record) => &mut record.place,
            Item::Refused(refused) => &mut refused.place,
        };
        *place = format!("{}，{place}", self.place);
        Some(item)
    }

    fn columns(&self) -> Vec<super::ColumnReport> {
        self.items.columns()
    }

    fn set_aside(&self) -> u64 {
        self.items.set_aside()
    }
}

/// Files of operating systems and copying tools.
fn is_tool_file(path: &str) -> bool {
    const NAMES: [&str; 11] = [
        ".ds_store",
        "thumbs.db",
        "desktop.ini",
        "hts-log.txt",
        "hts-stop.lock",
        "hts-in_progress.lock",
        "cookies.txt",
        "backblue.gif",
        "fade.gif",
        ".listing",
        "wget-log",
    ];
    let lower = path.to_ascii_lowercase();
    let mut parts = lower.split('/').rev();
    let name = parts.next().unwrap_or_default();
    NAMES.contains(&name)
        || name.starts_with("._")
        || parts.any(|part| matches!(part, "__macosx" | "hts-cache" | ".git" | ".svn"))
}

/// The type of content by name; what has no name that tells is looked at.
fn content_type(name: &str, body: &[u8], is_page: bool) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let told = match ending {
        "html" | "htm" | "shtml" | "xhtml" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "bmp" => "image/bmp",
        "pdf" => "application/pdf",
        "doc" | "wps" => "application/msword",
        "xls" | "et" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ofd" => "application/ofd",
        "zip" => "application/zip",
        "rar" => "application/vnd.rar",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        _ if is_page => "text/html",
        _ if body.starts_with(b"%PDF-") => "application/pdf",
        _ if body.starts_with(b"\x89PNG") => "image/png",
        _ if body.starts_with(b"\xff\xd8\xff") => "image/jpeg",
        _ if body.starts_with(b"GIF8") => "image/gif",
        _ => return None,
    };
    Some(told)
}
