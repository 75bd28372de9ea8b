//! The made-up site is what it says it is.

use std::collections::HashSet;

use old_site::{Expected, OldEncoding, OldSite, OldSiteSettings, PageKind};

fn site(articles: usize, traps: bool) -> OldSite {
    OldSite::generate(OldSiteSettings { articles, traps, ..OldSiteSettings::default() })
}

#[test]
fn the_same_settings_make_the_same_site() {
    assert_eq!(site(120, true).pages(), site(120, true).pages());
    let other = OldSite::generate(OldSiteSettings { articles: 120, seed: 2, ..OldSiteSettings::default() });
    assert_ne!(other.pages(), site(120, false).pages());
}

#[test]
fn every_address_and_every_text_occurs_once() {
    let pages = site(400, true).pages();
    let addresses: HashSet<_> = pages.iter().map(|page| &page.address).collect();
    assert_eq!(addresses.len(), pages.len());
    let texts: Vec<_> = pages.iter().filter(|page| page.kind == PageKind::Article).map(|page| &page.text).collect();
    assert_eq!(texts.iter().collect::<HashSet<_>>().len(), texts.len());
}

#[test]
fn saved_copies_hold_the_truth() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(60, false);
    let root = site.write_to(folder.path()).unwrap();
    let mut articles = 0;
    for page in site.pages().iter().filter(|page| page.expected == Expected::Content) {
        let name = if page.address == "/" { "/index.html" } else { &page.address };
        let bytes = std::fs::read(root.join(&name[1..])).unwrap();
        if page.kind == PageKind::Article {
            articles += 1;
            let html = encoding_rs::GBK.decode(&bytes).0.into_owned();
            assert!(
                html.contains(&page.title) && html.contains(&page.published) && html.contains("gb2312"),
                "{page:?}"
            );
            assert!(
                page.text.lines().all(|line| line.contains("第1项") || line.contains("万元") || html.contains(line))
            );
        }
        if page.address.ends_with(".zip") || page.address.ends_with(".docx") {
            assert!(zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().len() >= 2);
        }
    }
    assert!(articles > 40);
    let mut warc = Vec::new();
    site.write_warc(&mut warc).unwrap();
    let records = warc.windows(9).filter(|window| window == b"WARC/1.1\r").count();
    assert_eq!(records, site.pages().len() + 1);
}

#[test]
fn a_site_in_utf_8_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let settings = OldSiteSettings { articles: 5, encoding: OldEncoding::Utf8, ..OldSiteSettings::default() };
    let root = OldSite::generate(settings).write_to(folder.path()).unwrap();
    let home = std::fs::read_to_string(root.join("index.html")).unwrap();
    assert!(home.contains("charset=utf-8") && home.contains("网站标识码"));
}
