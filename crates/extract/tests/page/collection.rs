//! Saved pages, read from `ZHENGTONG_DATA` (beside the repository by default).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use extract::page::{Hint, Page, read};

/// One page of the collection.
pub struct Case {
    pub file: String,
    pub bytes: Vec<u8>,
    pub address: Option<String>,
}

impl Case {
    pub fn read(&self) -> Page {
        read(&self.bytes, &Hint { address: self.address.as_deref(), content_type: None }, None)
    }
}

/// The directory of the collection, when it is there.
pub fn directory() -> Option<PathBuf> {
    let root = std::env::var_os("ZHENGTONG_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    root.join("12-html").is_dir().then_some(root)
}

/// Every page, in the order of names; addresses by the index.
pub fn cases(root: &Path) -> Vec<Case> {
    let pages = root.join("12-html");
    let index = std::fs::read_to_string(pages.join("index.csv")).unwrap_or_default();
    let addresses: HashMap<&str, &str> = index
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.next()?))
        })
        .filter(|(_, address)| address.starts_with("http"))
        .collect();
    let mut cases = Vec::new();
    for part in ["extract-bench", "gov", "news"] {
        let Ok(entries) = std::fs::read_dir(pages.join(part)) else { continue };
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for path in files {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let file = format!("{part}/{name}");
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let address = addresses.get(file.as_str()).map(|address| (*address).to_owned());
            cases.push(Case { file, bytes, address });
        }
    }
    cases
}
