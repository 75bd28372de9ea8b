//! Rules as sites write them.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

#[test]
fn the_longest_rule_wins_and_allow_wins_a_draw() {
    let cases: &[(&str, &str, bool)] = &[
        ("User-agent: *\nDisallow: /", "/a", false),
        ("User-agent: *\nDisallow:", "/a", true),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", false),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
        ("User-agent: *\nDisallow: /*.doc$", "/x/y.doc", false),
        ("User-agent: *\nDisallow: /*.doc$", "/x/y.docx", true),
        ("User-agent: *\nDisallow: /*?id=", "/x?id=3", false),
        ("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /b", "/a", true),
        ("User-agent: Zhengtong\nAllow: /\nUser-agent: *\nDisallow: /", "/a", true),
        ("User-agent: *\nDisallow: /\nUser-agent: zhengtong/2.0\nDisallow: /b", "/a", true),
        ("User-agent: *\nDisallow: /%e9%80%9a", "/%E9%80%9A/a", false),
        ("User-agent: *\nDisallow: /通", "/%E9%80%9A/a", false),
        ("\u{feff}User-agent: *\r\nDisallow: /a # why\r\n", "/a", false),
        ("Disallow: /", "/a", true),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbyyczz", false),
        ("User-agent: *\nDisallow: /a*b*c$", "/axxbyyczz", true),
    ];
    for (file, path, expected) in cases {
        assert_eq!(Robots::read(file.as_bytes(), "Zhengtong").allows(path), *expected, "{file:?} {path}");
    }
}

#[test]
fn delay_and_site_maps_are_read() {
    let file = "Sitemap: http://a.gov.cn/map.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nsite-map: /b.xml";
    let robots = Robots::read(file.as_bytes(), "Zhengtong");
    assert_eq!(robots.crawl_delay, Some(Duration::from_millis(2500)));
    assert_eq!(robots.sitemaps, ["http://a.gov.cn/map.xml", "/b.xml"]);
}

#[test]
fn a_missing_file_allows_all_and_a_failing_server_nothing() {
    for (status, expected) in
        [(200, false), (301, true), (403, true), (404, true), (429, false), (500, false), (503, false)]
    {
        let robots = Robots::from_answer(status, b"User-agent: *\nDisallow: /", "Zhengtong");
        assert_eq!(robots.allows("/a"), expected, "{status}");
    }
}

#[test]
fn the_public_cases_of_a_large_search_engine_hold() {
    let data = std::env::var_os("ZHENGTONG_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let file = data.join("11-suites/google_robotstxt_cases.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("SKIPPED: no robots cases at {} (set ZHENGTONG_DATA)", file.display());
        return;
    };
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap();
        let url = field("url");
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = rest.find(['/', '?', ';']).map_or("/", |at| &rest[at..]);
        let path = path.split('#').next().unwrap();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let allowed = Robots::read(field("robots").as_bytes(), field("agent")).allows(&path);
        count += 1;
        if Some(allowed) != case["allowed"].as_bool() {
            wrong.push(format!("{}: {:?} {} {path}", field("test"), field("robots"), field("agent")));
        }
    }
    eprintln!("{count} cases, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn any_file_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), path in "/[ -~]{0,40}") {
        let _ = Robots::read(&bytes, "Zhengtong").allows(&path);
    }

    #[test]
    fn a_plain_rule_matches_exactly_the_paths_that_start_with_it(rule in "/[a-z/]{0,6}", path in "/[a-z/]{0,10}") {
        let robots = Robots::read(format!("user-agent: *\ndisallow: {rule}").as_bytes(), "Zhengtong");
        prop_assert_eq!(robots.allows(&path), !path.starts_with(&rule));
    }
}
