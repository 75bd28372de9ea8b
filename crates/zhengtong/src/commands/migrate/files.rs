//! Files and folders of this machine as sources.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use app::migration::source::{Base, DETECTION_BYTES, Items, Limits, SavedFile, SourceKind, detect, folder, open};

use crate::{commands::walk::files_below, refusal::Refusal};

/// Says beforehand when a file is of no kind that can be read.
pub fn open_check(path: &Path) -> Result<(), Refusal> {
    if path.is_dir() || kind_of(path).is_some() {
        return Ok(());
    }
    Err(Refusal::configuration(format!(
        "无法识别 {} 的类型。可以使用 WARC、ZIP、保存的网页、JSON 行、CSV、XLSX 或 WordPress 导出文件。",
        path.display()
    )))
}

/// Reads everything that stands in a file or folder.
pub fn pour(path: &Path, address: &str, pour: &mut dyn FnMut(Items<'_>)) {
    let base = Base::at(address);
    let limits = Limits::default();
    if path.is_dir() {
        let files = files_below(path).into_iter().map(|(name, path)| SavedFile {
            path: name,
            modified: std::fs::metadata(&path).ok().and_then(|about| about.modified().ok()?.try_into().ok()),
            content: File::open(&path).map(|file| Box::new(file) as Box<dyn Read + Send>),
        });
        return pour(folder(files, &base, &limits));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some((kind, file)) = kind_of(path) {
        pour(open(kind, file, &name, &base, &limits));
    }
}

fn kind_of(path: &Path) -> Option<(SourceKind, File)> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let mut file = File::open(PathBuf::from(path)).ok()?;
    let mut head = Vec::new();
    file.by_ref().take(DETECTION_BYTES as u64).read_to_end(&mut head).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    Some((detect(&head, &name)?, file))
}
