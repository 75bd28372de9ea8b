//! The files of the repository, as git sees them: tracked ones and new ones not ignored.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the repository with its text.
pub struct SourceFile {
    /// Path from the repository's root, with `/`.
    pub path: String,
    pub text: String,
}

impl SourceFile {
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        Path::new(&self.path)
            .extension()
            .and_then(|found| found.to_str())
            .is_some_and(|found| extensions.contains(&found))
    }

    /// `path:line` for the error messages of the rules.
    pub fn at(&self, line_index: usize) -> String {
        format!("{}:{}", self.path, line_index + 1)
    }
}

/// The repository's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the crate lies two folders below the root")
}

/// Paths of all files that are tracked or about to be, without those deleted from the work tree.
pub fn paths() -> Vec<String> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("the house tests need git");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let listing = String::from_utf8(output.stdout).expect("paths in the repository are UTF-8");
    let mut paths: Vec<String> =
        listing.split('\0').filter(|path| !path.is_empty() && root().join(path).is_file()).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// All text files; binary ones (pictures, fonts) are left out.
pub fn text_files() -> Vec<SourceFile> {
    paths()
        .into_iter()
        .filter_map(|path| {
            let bytes = std::fs::read(root().join(&path)).ok()?;
            let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
            Some(SourceFile { path, text })
        })
        .collect()
}

/// The Rust files of the repository.
pub fn rust_files() -> Vec<SourceFile> {
    text_files().into_iter().filter(|file| file.has_extension(&["rs"])).collect()
}

/// The text of one file, which must exist.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
