//! WordPress exports.

use extract::source::{Limits, RecordKind, RecordState, wxr};
use proptest::prelude::*;

use crate::{Found, all};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>某局</title><link>http://old.h.cn</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>http://old.h.cn</wp:base_site_url><wp:base_blog_url>http://old.h.cn/blog</wp:base_blog_url>
<wp:category><wp:category_nicename><![CDATA[gk]]></wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[政务公开]]></wp:cat_name></wp:category>
<wp:category><wp:category_nicename>tz</wp:category_nicename><wp:category_parent>gk</wp:category_parent><wp:cat_name>通知 &amp; 公告</wp:cat_name></wp:category>
"#;

fn item(id: u32, kind: &str, more: &str, content: &str) -> String {
    format!(
        "<item>\n<title>标题 {id}</title><link>http://old.h.cn/blog/{id}.html</link><pubDate>Fri, 01 Nov 2024 00:30:00 +0000</pubDate><dc:creator><![CDATA[张某]]></dc:creator><guid isPermaLink=\"false\">http://old.h.cn/blog/?p={id}</guid><content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>2024-11-01 08:30:00</wp:post_date><wp:post_date_gmt>2024-11-01 00:30:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )
}

fn read(text: &str) -> Found {
    all(&mut wxr(text.as_bytes(), &Limits::default()))
}

#[test]
fn a_post_comes_with_its_column_times_and_addresses() {
    let more = "<category domain=\"category\" nicename=\"tz\"><![CDATA[通知 & 公告]]></category><category domain=\"category\" nicename=\"gk\">政务公开</category><category domain=\"post_tag\" nicename=\"a\">甲</category><wp:postmeta><wp:meta_key>文号</wp:meta_key><wp:meta_value><![CDATA[1号]]></wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_edit</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>";
    let content = "第一段\n续\n\n[caption id=\"x\" width=\"300\"]<img src=\"a.png\" /> 图说[/caption]\n\n<!--more-->第二段 <item>不是</item>\n\n<ul>\n<li>a</li>\n</ul>";
    let found = read(&format!("{HEAD}{}</channel></rss>", item(12, "post", more, content)));
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    let record = &found.records[0];
    assert_eq!(record.title.as_deref(), Some("标题 12"));
    assert_eq!(record.column, ["政务公开", "通知 & 公告"]);
    assert_eq!(record.other_columns, [["政务公开"]]);
    assert_eq!(record.keywords, ["甲"]);
    assert_eq!(record.published.unwrap().to_string(), "2024-11-01 08:30:00");
    assert_eq!(record.state, Some(RecordState::Published));
    assert_eq!(record.address.as_deref(), Some("http://old.h.cn/blog/12.html"));
    assert_eq!(record.other_addresses, ["http://old.h.cn/blog/?p=12"]);
    assert_eq!(record.other.get("文号").map(String::as_str), Some("1号"));
    assert_eq!(
        record.body.as_str(),
        "<p>第一段<br>续</p>\n<figure><img src=\"a.png\" /><figcaption>图说</figcaption></figure>\n<p>第二段 <item>不是</item></p>\n<ul>\n<li>a</li>\n</ul>"
    );
    assert_eq!(record.place, "第 7 行起");
}

#[test]
fn pages_files_and_what_wordpress_keeps_for_itself_are_told_apart() {
    let file = "<wp:attachment_url>http://old.h.cn/up/a.pdf</wp:attachment_url>";
    let text = [
        item(1, "page", "", "<p>x</p>"),
        item(2, "attachment", file, ""),
        item(3, "revision", "", "x"),
        item(4, "nav_menu_item", "", "x"),
        item(5, "news", "<wp:post_password>x</wp:post_password>", "x"),
    ];
    let text = format!("{HEAD}{}</channel></rss>", text.concat());
    let mut items = wxr(text.as_bytes(), &Limits::default());
    let found = all(&mut items);
    let kinds: Vec<_> = found.records.iter().map(|record| record.kind).collect();
    assert_eq!(kinds, [RecordKind::Page, RecordKind::File, RecordKind::Article]);
    assert_eq!(found.records[0].other_addresses[0], "http://old.h.cn/blog/?page_id=1");
    assert_eq!(found.records[1].attachments[0].name, "a.pdf");
    assert_eq!(found.records[2].state, Some(RecordState::Private));
    assert_eq!(items.set_aside(), 2);
}

#[test]
fn a_broken_item_costs_itself_only() {
    let broken = item(2, "post", "", "x").replace("</item>", "");
    let bad_xml = item(3, "post", "<a", "x");
    let text =
        format!("{HEAD}{}{broken}{bad_xml}{}</channel></rss>", item(1, "post", "", "a"), item(4, "post", "", "b"));
    let found = read(&text);
    assert_eq!(
        found.records.iter().map(|record| record.key.as_deref().unwrap()).collect::<Vec<_>>(),
        ["1", "4"],
        "{found:?}"
    );
    assert_eq!(found.refused.len(), 2, "{:?}", found.refused);
    let cut = format!("{HEAD}{}{}", item(1, "post", "", "a"), &item(2, "post", "", "abc")[..200]);
    let found = read(&cut);
    assert_eq!((found.records.len(), found.refused.len()), (1, 1));
}

#[test]
fn an_item_larger_than_the_limit_is_refused_and_the_rest_goes_on() {
    let text = format!("{HEAD}{}{}", item(1, "post", "", &"x".repeat(3 << 20)), item(2, "post", "", "b"));
    let limits = Limits { record_bytes: 1 << 20, ..Limits::default() };
    let found = all(&mut wxr(text.as_bytes(), &limits));
    assert_eq!(found.records.iter().map(|record| record.key.as_deref().unwrap()).collect::<Vec<_>>(), ["2"]);
    assert_eq!(found.refused.len(), 1, "{:?}", found.refused);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_panics_on_damaged_exports(places in prop::collection::vec((0usize..4000, any::<u8>()), 0..8), content in "[a-z\\[\\]<>!\\-/\n =\"]{0,80}") {
        let text = format!("{HEAD}{}{}", item(1, "post", "", &content), item(2, "post", "", "[caption]x[/caption]"));
        let mut bytes = text.into_bytes();
        let length = bytes.len();
        for (place, byte) in places {
            bytes[place % length] = byte;
        }
        all(&mut wxr(&bytes[..], &Limits::default()));
    }
}
