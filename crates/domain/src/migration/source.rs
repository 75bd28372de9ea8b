//! Where the old pages come from.

use serde::{Deserialize, Serialize};

/// Kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// 在线网站: fetched page by page.
    Site,
    /// A file that was handed over: WARC, ZIP, saved page, JSON Lines, CSV, XLSX, WXR.
    File,
    /// A folder of saved pages, on the machine of the operator.
    Folder,
    /// 另一套政通: the open interface of another instance.
    Instance,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Site, Self::File, Self::Folder, Self::Instance];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::File => "file",
            Self::Folder => "folder",
            Self::Instance => "instance",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Site => "在线网站",
            Self::File => "文件（WARC、ZIP、JSON、CSV、XLSX、WXR）",
            Self::Folder => "文件夹",
            Self::Instance => "另一套政通平台",
        }
    }
}

/// A source with what is needed to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Kind.
    pub kind: SourceKind,
    /// Address of the old site: where a crawl begins, and what relative addresses of saved pages belong to.
    pub address: String,
    /// Name of the file or folder as it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// SHA-256 of the file in the file store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_hash: Option<String>,
    /// Most pages that are fetched.
    pub max_pages: u64,
    /// Milliseconds between two requests to the old server.
    pub delay: u64,
    /// Names of further hosts that belong to the old site.
    #[serde(default)]
    pub more_hosts: Vec<String>,
    /// The office says that its own `robots.txt` need not be heeded.
    #[serde(default)]
    pub ignore_robots: bool,
}
