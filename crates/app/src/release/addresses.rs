//! The list of addresses for search engines, in parts: one for each month of content and one for the columns.
//!
//! One file for a whole site would be written anew, a megabyte at ten thousand pages, by every release. In parts a
//! release writes the months it touches. `sitemap.xml` is the index of the parts (sitemaps.org protocol 0.9).

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use render::site_map::{SiteMapEntry, site_map_xml};

/// Media type of all these files.
pub(crate) const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

/// The part that lists the content page at `path`; the part of the columns for every other page.
pub(crate) fn part_of(path: &str) -> String {
    let month = path.strip_prefix("content/").and_then(|rest| rest.split('/').next()).unwrap_or("columns");
    format!("sitemap-{month}.xml")
}

/// Is this the index or one of the parts?
pub(crate) fn is_address_file(path: &str) -> bool {
    path == render::path::SITE_MAP_XML
        || (path.starts_with("sitemap-") && path.ends_with(".xml") && !path.contains('/'))
}

/// All files for these addresses. A part in `known` that has no address any more is written empty, so that it cannot
/// go on naming what was taken away.
pub(crate) fn files(site: &render::Site, entries: Vec<SiteMapEntry>, known: BTreeSet<String>) -> Vec<(String, Bytes)> {
    let mut parts: BTreeMap<String, Vec<SiteMapEntry>> =
        known.into_iter().filter(|path| path != render::path::SITE_MAP_XML).map(|path| (path, Vec::new())).collect();
    for entry in entries {
        parts.entry(part_of(&entry.path)).or_default().push(entry);
    }
    let mut index = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut files = Vec::new();
    for (path, entries) in parts {
        if !entries.is_empty() {
            // Host name and part name need no escaping: letters, digits, dots and hyphens.
            index.push_str(&format!("<sitemap><loc>{}{path}</loc></sitemap>\n", site.base_url));
        }
        // A month of fifty thousand pages, the most that one file may list, is beyond any site; the rest of it would
        // still be reached from its column.
        let entries = entries.get(..50_000).unwrap_or(&entries);
        let list = site_map_xml(site, entries).pop().map(|page| page.html).unwrap_or_default();
        files.push((path, Bytes::from(list)));
    }
    index.push_str("</sitemapindex>\n");
    files.push((render::path::SITE_MAP_XML.to_owned(), Bytes::from(index)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_month_has_its_part_and_an_emptied_one_names_nothing() {
        let entry = |path: &str| SiteMapEntry { path: path.to_owned(), changed_at: None };
        let entries = vec![entry("index.html"), entry("content/2026-10/1.html"), entry("content/2026-11/2.html")];
        let known = BTreeSet::from(["sitemap.xml".to_owned(), "sitemap-2026-09.xml".to_owned()]);
        let files: BTreeMap<String, Bytes> = files(&render::page::sample_site(), entries, known).into_iter().collect();
        let text = |path: &str| String::from_utf8(files[path].to_vec()).unwrap();
        assert_eq!(
            files.keys().map(String::as_str).collect::<Vec<_>>(),
            ["sitemap-2026-09.xml", "sitemap-2026-10.xml", "sitemap-2026-11.xml", "sitemap-columns.xml", "sitemap.xml"]
        );
        assert!(text("sitemap-2026-10.xml").contains("content/2026-10/1.html"));
        assert!(!text("sitemap-2026-09.xml").contains("<url>"));
        assert!(text("sitemap.xml").contains("sitemap-2026-11.xml") && !text("sitemap.xml").contains("2026-09"));
        assert!(files.keys().all(|path| is_address_file(path)));
    }
}
