//! A theme: templates, assets and messages, from the binary or from a directory.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::ThemeError;

/// The official theme travels inside the binary.
static OFFICIAL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../themes/official");

/// No file of a theme may be larger; themes are text, small scripts and icons.
const LARGEST_FILE: usize = 1024 * 1024;

/// A theme's files, read and checked, not yet compiled.
#[derive(Debug, Clone)]
pub struct Theme {
    /// What `theme.toml` says.
    pub manifest: Manifest,
    /// Hash of all files, 16 hexadecimal digits; changes when any byte of the theme changes.
    pub version: String,
    /// Template sources by file name.
    pub(crate) templates: BTreeMap<String, String>,
    /// Messages by language, then by key.
    pub(crate) messages: BTreeMap<String, toml::Table>,
    /// Stylesheets, scripts, icons.
    pub assets: Vec<Asset>,
}

/// `theme.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Short name, equal to the theme's folder.
    pub name: String,
    /// Name shown to people.
    pub title: String,
    /// One sentence about the theme.
    pub description: String,
    /// Languages it has messages for; the first is the default.
    pub locales: Vec<String>,
}

/// A file that pages load, at a path that changes with its content, so it may be cached for ever.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Name in the theme's `assets` folder.
    pub name: String,
    /// Path inside every site, `assets/{stem}.{hash8}.{extension}`.
    pub path: String,
    /// For the `Content-Type` header.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// The theme inside the binary.
    ///
    /// # Errors
    /// When the embedded files are not a theme; a test keeps that from happening.
    pub fn official() -> Result<Self, ThemeError> {
        let mut files = BTreeMap::new();
        collect_embedded(&OFFICIAL, &mut files);
        Self::from_files(files)
    }

    /// A theme on disk: `theme.toml`, `templates/*.html`, `assets/*`, `locales/*.toml`.
    ///
    /// # Errors
    /// When a file cannot be read, is too large or malformed, or `theme.toml` is absent.
    pub fn from_directory(directory: &Path) -> Result<Self, ThemeError> {
        let mut files = BTreeMap::new();
        for (folder, kept) in [("", &["toml"][..]), ("templates", &["html"]), ("assets", &[]), ("locales", &["toml"])] {
            let at = directory.join(folder);
            let failed = |source| ThemeError::Read { file: at.display().to_string(), source };
            if !folder.is_empty() && !at.is_dir() {
                continue;
            }
            for entry in std::fs::read_dir(&at).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
                let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
                if !path.is_file() || name.starts_with('.') || !(kept.is_empty() || kept.contains(&extension)) {
                    continue;
                }
                let bytes = std::fs::read(&path)
                    .map_err(|source| ThemeError::Read { file: path.display().to_string(), source })?;
                files.insert(if folder.is_empty() { name } else { format!("{folder}/{name}") }, bytes);
            }
        }
        Self::from_files(files)
    }

    /// A theme from its files, keyed by path inside the theme.
    ///
    /// # Errors
    /// As [`Self::from_directory`].
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeError> {
        let mut hash = Sha256::new();
        for (name, bytes) in &files {
            if bytes.len() > LARGEST_FILE {
                return Err(ThemeError::TooLarge { file: name.clone(), limit: LARGEST_FILE });
            }
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        let version = short_hash(hash, 16);
        let manifest = files.get("theme.toml").ok_or_else(|| ThemeError::Absent("theme.toml".into()))?;
        let manifest: Manifest = toml::from_str(text("theme.toml", manifest)?)
            .map_err(|error| ThemeError::Malformed { file: "theme.toml".into(), message: error.to_string() })?;
        let mut theme =
            Theme { manifest, version, templates: BTreeMap::new(), messages: BTreeMap::new(), assets: Vec::new() };
        for (name, bytes) in files {
            if let Some(template) = name.strip_prefix("templates/") {
                theme.templates.insert(template.to_owned(), text(&name, &bytes)?.to_owned());
            } else if let Some(locale) = name.strip_prefix("locales/").and_then(|name| name.strip_suffix(".toml")) {
                let messages = text(&name, &bytes)?
                    .parse::<toml::Table>()
                    .map_err(|error| ThemeError::Malformed { file: name.clone(), message: error.to_string() })?;
                theme.messages.insert(locale.to_owned(), messages);
            } else if let Some(asset) = name.strip_prefix("assets/") {
                theme.assets.push(Asset::new(asset, bytes));
            }
        }
        for locale in &theme.manifest.locales {
            if !theme.messages.contains_key(locale) {
                return Err(ThemeError::Absent(format!("locales/{locale}.toml")));
            }
        }
        if theme.manifest.locales.is_empty() {
            return Err(ThemeError::Absent("locales in theme.toml".into()));
        }
        Ok(theme)
    }
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let mut hash = Sha256::new();
        hash.update(&bytes);
        let hash = short_hash(hash, 8);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let content_type = match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "webp" => "image/webp",
            "ico" => "image/x-icon",
            "woff2" => "font/woff2",
            _ => "application/octet-stream",
        };
        Asset { name: name.to_owned(), path: format!("assets/{stem}.{hash}.{extension}"), content_type, bytes }
    }
}

fn short_hash(hash: Sha256, digits: usize) -> String {
    let mut text = hex::encode(hash.finalize());
    text.truncate(digits);
    text
}

fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, ThemeError> {
    std::str::from_utf8(bytes)
        .map_err(|error| ThemeError::Malformed { file: name.to_owned(), message: error.to_string() })
}

fn collect_embedded(directory: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in directory.files() {
        let hidden = file.path().file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && let Some(name) = file.path().to_str() {
            files.insert(name.to_owned(), file.contents().to_vec());
        }
    }
    for inner in directory.dirs() {
        collect_embedded(inner, files);
    }
}
