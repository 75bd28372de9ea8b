//! The pages a publication has to make, each named by what it shows.

use domain::ids::{ColumnId, ResourceId};
use render::list_plan::ListPageId;

use super::{addresses::is_address_file, tree::ColumnTree};

/// One thing to render. A content task also stands for the files of the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PageTask {
    /// The home page.
    Home,
    /// One page of a column's list.
    List(ColumnId, ListPageId),
    /// The page of a resource, with its files.
    Content(ResourceId),
    /// What stands where a recalled resource stood, and its files.
    Gone(ResourceId),
    /// The page listing all columns.
    SiteMap,
    /// All addresses, for search engines.
    SiteMapXml,
    /// The page for unknown addresses.
    NotFound,
    /// The theme's files.
    Assets,
}

/// A path read back into what it shows; content pages give the serial in their address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathMeaning {
    /// A page that is known by its path alone.
    Task(PageTask),
    /// The page of the resource with this serial.
    Serial(i64),
    /// A file of the resource with this serial.
    FileOf(i64),
    /// Nothing that this platform makes now.
    Unknown,
}

/// What lies at `path`.
pub(crate) fn meaning(path: &str, tree: &ColumnTree) -> PathMeaning {
    match path {
        render::path::HOME => return PathMeaning::Task(PageTask::Home),
        render::path::SITE_MAP => return PathMeaning::Task(PageTask::SiteMap),
        _ if is_address_file(path) => return PathMeaning::Task(PageTask::SiteMapXml),
        render::path::NOT_FOUND => return PathMeaning::Task(PageTask::NotFound),
        _ => {}
    }
    let Some((folder, name)) = path.rsplit_once('/') else { return PathMeaning::Unknown };
    if let Some(rest) = path.strip_prefix("content/") {
        let mut parts = rest.splitn(3, '/').skip(1);
        let serial = parts.next().unwrap_or_default();
        return match (serial.strip_suffix(".html"), parts.next()) {
            (Some(serial), None) => serial.parse().map_or(PathMeaning::Unknown, PathMeaning::Serial),
            (None, Some(_)) => serial.parse().map_or(PathMeaning::Unknown, PathMeaning::FileOf),
            _ => PathMeaning::Unknown,
        };
    }
    let Some(column) = tree.all().iter().find(|column| column.path == folder) else { return PathMeaning::Unknown };
    match list_page(name) {
        Some(page) => PathMeaning::Task(PageTask::List(column.id, page)),
        None => PathMeaning::Unknown,
    }
}

/// `index.html` or `pN.html` as a page of a list.
pub(crate) fn list_page(name: &str) -> Option<ListPageId> {
    if name == "index.html" {
        return Some(ListPageId::Index);
    }
    let number = name.strip_prefix('p')?.strip_suffix(".html")?.parse().ok()?;
    (number > 0).then_some(ListPageId::Archive(number))
}

/// The folder in which the files of the resource with this page lie, with its trailing slash.
pub(crate) fn file_folder(page_path: &str) -> String {
    format!("{}/", page_path.strip_suffix(".html").unwrap_or(page_path))
}
