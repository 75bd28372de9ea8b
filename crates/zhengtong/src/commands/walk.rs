//! The files of a folder.

use std::path::{Path, PathBuf};

/// Every file below a folder with its path from there (`/` between folders), files before sub-folders, in the order of
/// names. Symbolic links and hidden files are left out.
pub fn files_below(root: &Path) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let mut folders = vec![(String::new(), root.to_path_buf())];
    while let Some((prefix, folder)) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let mut below = Vec::new();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            if kind.is_dir() {
                below.push((format!("{path}/"), entry.path()));
            } else if kind.is_file() {
                files.push((path, entry.path()));
            }
        }
        folders.extend(below.into_iter().rev());
    }
    files
}
