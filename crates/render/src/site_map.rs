//! `sitemap.xml`: all addresses of a site, for search engines (sitemaps.org protocol 0.9).

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::dependency::Dependency;
use crate::filters;
use crate::page::Site;
use crate::path;
use crate::renderer::RenderedPage;

/// The protocol allows 50,000 addresses in one file.
const ENTRIES_PER_FILE: usize = 50_000;

/// One address.
#[derive(Debug, Clone)]
pub struct SiteMapEntry {
    /// Path of the page.
    pub path: String,
    /// When it last changed.
    pub changed_at: Option<Timestamp>,
}

/// Writes `sitemap.xml`; above 50,000 entries an index with parts beside it.
pub fn site_map_xml(site: &Site, entries: &[SiteMapEntry]) -> Vec<RenderedPage> {
    if entries.len() <= ENTRIES_PER_FILE {
        return vec![xml_page(path::SITE_MAP_XML.to_owned(), address_list(site, entries))];
    }
    let mut pages = Vec::new();
    let mut index = String::from("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (number, part) in entries.chunks(ENTRIES_PER_FILE).enumerate() {
        let name = format!("sitemap-{}.xml", number + 1);
        index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", location(site, &name)));
        pages.push(xml_page(name, address_list(site, part)));
    }
    index.push_str("</sitemapindex>\n");
    pages.push(xml_page(path::SITE_MAP_XML.to_owned(), index));
    pages
}

fn address_list(site: &Site, entries: &[SiteMapEntry]) -> String {
    let mut list = String::from("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for entry in entries {
        list.push_str("<url><loc>");
        list.push_str(&location(site, &entry.path));
        list.push_str("</loc>");
        if let Some(at) = entry.changed_at {
            list.push_str("<lastmod>");
            list.push_str(&filters::beijing(at).strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string());
            list.push_str("</lastmod>");
        }
        list.push_str("</url>\n");
    }
    list.push_str("</urlset>\n");
    list
}

fn location(site: &Site, path: &str) -> String {
    site.address_of(path).replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;").replace('"', "&quot;")
}

fn xml_page(path: String, list: String) -> RenderedPage {
    RenderedPage {
        path,
        html: format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{list}"),
        content_type: "application/xml; charset=utf-8",
        dependencies: BTreeSet::from([Dependency::Site]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample_site;

    #[test]
    fn addresses_are_absolute_and_encoded() {
        let entries = [SiteMapEntry { path: "content/2026-11/1.html".into(), changed_at: Some(Timestamp::UNIX_EPOCH) }];
        let pages = site_map_xml(&sample_site(), &entries);
        assert_eq!(pages.len(), 1);
        assert!(pages[0].html.contains("/content/2026-11/1.html</loc><lastmod>1970-01-01T08:00:00+08:00</lastmod>"));
    }

    #[test]
    fn a_very_large_site_gets_an_index_of_parts() {
        let entries: Vec<_> =
            (0..50_001).map(|n| SiteMapEntry { path: path::content("2026-11", n), changed_at: None }).collect();
        let paths: Vec<_> = site_map_xml(&sample_site(), &entries).into_iter().map(|page| page.path).collect();
        assert_eq!(paths, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
    }
}
