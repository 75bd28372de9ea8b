//! A ZIP file under limits: names decoded as Chinese systems write them, members unpacked with a budget.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::decode;
use super::error::ExtractError;
use super::job::Job;

pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    mimetype: Option<String>,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8], job: &mut Job<'_>) -> Result<Package<'b>, ExtractError> {
        let damaged = || ExtractError::new("压缩包或文档已损坏，打不开。请用原软件打开后另存，再重新上传。");
        // The count in the file's end is checked before a list of that length is made.
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let mut names = Vec::new();
        let mut overflow = false;
        for index in 0..archive.len() {
            if index >= job.limits.members {
                overflow = true;
                break;
            }
            let name = match archive.by_index_raw(index) {
                Ok(file) => member_name(file.name_raw()),
                Err(_) => String::new(),
            };
            names.push(name);
        }
        if overflow {
            job.missed("压缩包内文件过多，超过上限后的内容未读，请减少文件后重新上传。");
        }
        let mut package = Package { archive, names, mimetype: None };
        if let Some(index) = package.find("mimetype") {
            let mut head = [0; 200];
            let read = package.archive.by_index(index).ok().and_then(|mut file| file.read(&mut head).ok());
            package.mimetype = read.map(|length| String::from_utf8_lossy(&head[..length]).into_owned());
        }
        Ok(package)
    }

    /// Names of all members, `/` between folders.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names.iter().position(|found| found.eq_ignore_ascii_case(name))
    }

    pub fn text_of_stored_mimetype(&self) -> Option<&str> {
        self.mimetype.as_deref()
    }

    pub fn comment(&self) -> Option<String> {
        let comment = self.archive.comment();
        (!comment.is_empty()).then(|| decode::quietly(comment))
    }

    pub fn read_named(&mut self, name: &str, job: &mut Job<'_>) -> Option<Vec<u8>> {
        let index = self.find(name)?;
        self.read(index, job)
    }

    /// Unpacks a member; `None`, and a notice, when it is encrypted, damaged, or too much.
    pub fn read(&mut self, index: usize, job: &mut Job<'_>) -> Option<Vec<u8>> {
        let name = self.names.get(index)?.clone();
        let room = job.unpacking_room().min(job.limits.member_bytes);
        let ratio = job.limits.compression_ratio;
        let mut file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                let sentence = if error.to_string().to_ascii_lowercase().contains("password") {
                    format!("“{name}”已加密，不能检查其中内容，请去掉密码后重新上传。")
                } else {
                    format!("“{name}”损坏或压缩方式不支持，没有检查其中内容。请重新压缩后上传。")
                };
                job.missed(sentence);
                return None;
            }
        };
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let length = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => length,
                Err(_) => {
                    job.missed(format!("“{name}”损坏，只读出一部分。请用原软件打开后另存，再重新上传。"));
                    break;
                }
            };
            bytes.extend_from_slice(&chunk[..length]);
            let total = bytes.len() as u64;
            if total > room {
                job.missed(format!("“{name}”解压后过大，超过上限的内容未读，请拆分后重新上传。"));
                bytes.truncate(room as usize);
                break;
            }
            if total > 1024 * 1024 && total / packed > ratio {
                job.missed(format!("“{name}”压缩比异常，可能是压缩炸弹，没有读完。请核实文件来源。"));
                break;
            }
        }
        job.unpacked(bytes.len());
        Some(bytes)
    }
}

/// Names are UTF-8, or GBK when an old Chinese tool packed the file.
pub(crate) fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => decode::gbk(raw),
    };
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}
