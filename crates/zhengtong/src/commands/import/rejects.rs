//! The file of rejected lines: JSON Lines `{line, reasons, record}`, so that it can be mended and imported again.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;

use crate::refusal::Refusal;

#[derive(Serialize)]
struct Reject<'a> {
    line: i64,
    reasons: &'a [String],
    record: Value,
}

/// The open file.
pub struct Rejects {
    path: PathBuf,
    file: BufWriter<File>,
    failed: Option<std::io::Error>,
}

impl Rejects {
    /// Makes the file now, so that an unusable path is refused before anything is imported.
    pub fn create(path: &Path) -> Result<Self, Refusal> {
        let file = File::create(path)
            .map_err(|error| Refusal::failure(format!("无法写入 {}（--rejects）：{error}", path.display())))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), failed: None })
    }

    /// Adds a rejected line: as the record it is, or as text when it is none.
    pub fn add(&mut self, line: i64, text: &str, reasons: &[String]) {
        let record = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let written = serde_json::to_string(&Reject { line, reasons, record })
            .map_err(std::io::Error::other)
            .and_then(|json| writeln!(self.file, "{json}"));
        if let Err(error) = written {
            self.failed.get_or_insert(error);
        }
    }

    /// Writes everything out.
    pub fn close(mut self) -> Result<(), Refusal> {
        let failed = self.failed.take().or_else(|| self.file.flush().err());
        match failed {
            None => Ok(()),
            Some(error) => Err(Refusal::failure(format!("导入已完成，但 {} 没有写完整：{error}", self.path.display()))),
        }
    }
}
