//! ZIP files. The list of members is read with the `zip` crate, the members themselves are unpacked here, from their
//! places in the file: so that a WARC file of any size inside streams like any other.

use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use flate2::bufread::DeflateDecoder;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone};
use zip::{CompressionMethod, ZipArchive};

use super::folder::Base;
use super::item::{Item, Refused};
use super::items::{Items, Reading};
use super::keep::{Keeper, Kept};
use super::limits::Limits;
use super::table::ColumnReport;

/// Reads a ZIP file of saved pages, of WARC files, of tables, or of such ZIP files. Names are UTF-8 or GBK; names that
/// leave the archive (`../`), links and encrypted members are refused.
pub fn archive<'r>(reader: impl Read + Seek + Send + 'r, base: &Base, limits: &Limits) -> Items<'r> {
    at_depth(reader, base, limits, limits.depth)
}

pub(super) fn at_depth<'r>(
    mut reader: impl Read + Seek + Send + 'r,
    base: &Base,
    limits: &Limits,
    depth: usize,
) -> Items<'r> {
    // The reader of ZIP lists comes from elsewhere; a fault in it must not take the platform down.
    let listed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| list(&mut reader, limits)));
    let Ok(Some((mut members, overflow))) = listed else {
        let reason = "压缩包已损坏，打不开。请重新打包（ZIP 格式）后上传。";
        return Items::refused(Refused::new("整个压缩包", reason), limits);
    };
    let pages = [".html", ".htm", ".shtml", ".xhtml"];
    let has_pages = members.iter().any(|member| {
        let name = member.name.to_ascii_lowercase();
        pages.iter().any(|ending| name.ends_with(ending))
    });
    let unfold = base.tables_are_records.unwrap_or(!has_pages);
    // A page comes before the folder of its pictures.
    members.sort_by_key(|member| member.name.matches('/').count());
    let reading = ArchiveReading {
        shared: Arc::new(Mutex::new(reader)),
        members: members.into_iter(),
        keeper: Keeper::new(base, limits, unfold, depth),
        unpacked: Arc::new(AtomicU64::new(0)),
        inside: None,
        columns: Vec::new(),
        set_aside: 0,
        overflow,
    };
    Items::new(reading, limits)
}

struct Member {
    name: String,
    start: Option<u64>,
    packed: u64,
    method: CompressionMethod,
    encrypted: bool,
    link: bool,
    modified: Option<Timestamp>,
}

/// The members, and whether there were too many.
fn list(reader: &mut (impl Read + Seek), limits: &Limits) -> Option<(Vec<Member>, bool)> {
    let mut archive = ZipArchive::new(BufReader::new(reader)).ok()?;
    let mut members = Vec::new();
    let mut unsure = Vec::new();
    for index in 0..archive.len().min(limits.members) {
        let Ok(file) = archive.by_index_raw(index) else { continue };
        if file.is_dir() {
            continue;
        }
        let modified = file.last_modified().and_then(|time| {
            let part = |value: u8| i8::try_from(value).ok();
            let civil = DateTime::new(
                i16::try_from(time.year()).ok()?,
                part(time.month())?,
                part(time.day())?,
                part(time.hour())?,
                part(time.minute())?,
                part(time.second().min(59))?,
                0,
            );
            let civil = civil.ok()?;
            // Programs that know no time write the first day of the format.
            if civil.date() == date(1980, 1, 1) {
                return None;
            }
            // The clock of the place where it was packed.
            Some(civil.to_zoned(TimeZone::fixed(Offset::constant(8))).ok()?.timestamp())
        });
        if may_be_gbk(file.name_raw()) {
            unsure.push((members.len(), file.central_header_start(), file.name_raw().to_vec()));
        }
        members.push(Member {
            name: crate::attachment::package::member_name(file.name_raw()),
            start: file.data_start(),
            packed: file.compressed_size(),
            method: file.compression(),
            encrypted: file.encrypted(),
            link: file.is_symlink(),
            modified,
        });
    }
    let overflow = archive.len() > limits.members;
    let mut reader = archive.into_inner();
    // A short Chinese name in GBK may happen to be valid UTF-8: without the mark for UTF-8 it is GBK.
    for (index, header, raw) in unsure {
        if !is_marked_utf8(&mut reader, header) {
            let name = crate::attachment::decode::gbk(&raw).replace('\\', "/");
            members[index].name = name.trim_start_matches('/').to_owned();
        }
    }
    Some((members, overflow))
}

/// Whether a name that is valid UTF-8 is all common Chinese characters in GBK as well.
fn may_be_gbk(raw: &[u8]) -> bool {
    let mut rest = raw;
    let mut common = 0;
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (0..=0x7f, _) => after,
            (0xb0..=0xf7, [0xa1..=0xfe, after @ ..]) => {
                common += 1;
                after
            }
            _ => return false,
        };
    }
    common > 0
}

/// Whether the list marks a member's name as UTF-8 (bit 11 of its flags).
fn is_marked_utf8(reader: &mut (impl Read + Seek), header: u64) -> bool {
    let mut flags = [0; 2];
    let read = reader.seek(SeekFrom::Start(header.saturating_add(8))).and_then(|_| reader.read_exact(&mut flags));
    read.is_ok() && u16::from_le_bytes(flags) & 0x800 != 0
}

struct ArchiveReading<'r, R> {
    shared: Arc<Mutex<R>>,
    members: std::vec::IntoIter<Member>,
    keeper: Keeper,
    unpacked: Arc<AtomicU64>,
    inside: Option<Items<'r>>,
    columns: Vec<ColumnReport>,
    set_aside: u64,
    overflow: bool,
}

impl<'r, R: Read + Seek + Send + 'r> Reading for ArchiveReading<'r, R> {
    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(inside) = &mut self.inside {
                if let Some(item) = inside.next() {
                    return Some(item);
                }
                self.columns.extend(inside.columns());
                self.set_aside += inside.set_aside();
                self.inside = None;
            }
            let Some(member) = self.members.next() else {
                let reason = "压缩包内文件过多，超过上限的没有读取。请拆分后分批导入。";
                return std::mem::take(&mut self.overflow).then(|| Refused::new("压缩包", reason).into());
            };
            let place = format!("条目 {}", member.name);
            let content = match self.content(&member) {
                Ok(content) => content,
                Err(reason) => return Some(Refused::new(place, reason).into()),
            };
            match self.keeper.file(&member.name, member.modified, content, place) {
                Kept::Item(item) => return Some(item),
                Kept::Inside(items) => self.inside = Some(items),
                Kept::SetAside => self.set_aside += 1,
            }
        }
    }

    fn columns(&self) -> Vec<ColumnReport> {
        self.columns.iter().cloned().chain(self.inside.iter().flat_map(Items::columns)).collect()
    }

    fn set_aside(&self) -> u64 {
        self.set_aside + self.inside.as_ref().map_or(0, Items::set_aside)
    }
}

impl<'r, R: Read + Seek + Send + 'r> ArchiveReading<'r, R> {
    fn content(&self, member: &Member) -> Result<Box<dyn Read + Send + 'r>, &'static str> {
        let leaves = member.name.split('/').any(|part| part == "..") || member.name.as_bytes().get(1) == Some(&b':');
        if leaves {
            return Err("文件名指向压缩包以外的位置，不安全，没有读取。请核实文件来源，重新打包。");
        }
        if member.link {
            return Err("这是一个链接，不是文件，没有读取。请把它指向的文件放进压缩包。");
        }
        if member.encrypted {
            return Err("文件已加密，不能读取。请去掉密码后重新打包。");
        }
        let start = member.start.ok_or("压缩包在这个文件处已损坏，没有读取。请重新打包。")?;
        let raw = Part { shared: self.shared.clone(), at: start, end: start.saturating_add(member.packed) };
        let guard = |inner: Box<dyn Read + Send + 'r>| {
            Box::new(Guard {
                inner,
                read: 0,
                most: member.packed.max(1).saturating_mul(self.keeper.limits.compression_ratio).max(1024 * 1024),
                unpacked: self.unpacked.clone(),
                total: self.keeper.limits.total_bytes,
            })
        };
        match member.method {
            CompressionMethod::Stored => Ok(guard(Box::new(BufReader::new(raw)))),
            CompressionMethod::Deflated => {
                Ok(guard(Box::new(DeflateDecoder::new(BufReader::with_capacity(64 * 1024, raw)))))
            }
            _ => Err("压缩方式不支持，没有读取。请用普通的 ZIP 方式重新打包。"),
        }
    }
}

/// The bytes of one member in the file.
struct Part<R> {
    shared: Arc<Mutex<R>>,
    at: u64,
    end: u64,
}

impl<R: Read + Seek> Read for Part<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        if left == 0 {
            return Ok(0);
        }
        let mut reader = self.shared.lock().map_err(|_| io::Error::from(ErrorKind::Other))?;
        reader.seek(SeekFrom::Start(self.at))?;
        let length = reader.read(&mut buffer[..left])?;
        self.at += length as u64;
        if length == 0 { Err(io::Error::from(ErrorKind::UnexpectedEof)) } else { Ok(length) }
    }
}

/// Stops members that unpack to far more than they should.
struct Guard<'r> {
    inner: Box<dyn Read + Send + 'r>,
    read: u64,
    most: u64,
    unpacked: Arc<AtomicU64>,
    total: u64,
}

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.read += length as u64;
        if self.read > self.most {
            return Err(io::Error::from(ErrorKind::QuotaExceeded));
        }
        let total = self.unpacked.fetch_add(length as u64, Ordering::Relaxed) + length as u64;
        if total > self.total {
            return Err(io::Error::from(ErrorKind::FileTooLarge));
        }
        Ok(length)
    }
}
