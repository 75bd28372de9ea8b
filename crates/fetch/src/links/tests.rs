//! Links as old pages write them.

use proptest::prelude::*;

use super::*;

fn base() -> Url {
    Url::parse("http://www.example.gov.cn/zwgk/index.html").unwrap()
}

fn found(html: &str) -> Vec<(String, LinkKind, String)> {
    let links = scan_page(html, &base(), encoding_rs::UTF_8).links;
    links.into_iter().map(|link| (link.address.to_string(), link.kind, link.text)).collect()
}

#[test]
fn every_way_to_name_an_address_is_found() {
    let site = "http://www.example.gov.cn";
    let cases: &[(&str, &str, LinkKind)] = &[
        ("<a href='a.html'>x</a>", "/zwgk/a.html", LinkKind::Anchor),
        ("<A HREF=/a.html>x</A>", "/a.html", LinkKind::Anchor),
        ("<a href=' /a\n.html '>x</a>", "/a.html", LinkKind::Anchor),
        ("<map><area href='b.html'></map>", "/zwgk/b.html", LinkKind::Anchor),
        ("<frameset><frame src='left.htm'></frameset>", "/zwgk/left.htm", LinkKind::Frame),
        ("<iframe src='/list.htm'></iframe>", "/list.htm", LinkKind::Frame),
        ("<img src='../images/1.jpg'>", "/images/1.jpg", LinkKind::Image),
        ("<td background='/bg.gif'>", "/bg.gif", LinkKind::Image),
        ("<div style=\"background:url('/c.png')\">", "/c.png", LinkKind::Image),
        ("<style>@import '/d.css';</style>", "/d.css", LinkKind::Style),
        ("<link rel=stylesheet href=/e.css>", "/e.css", LinkKind::Style),
        ("<link rel=canonical href=/f.html>", "/f.html", LinkKind::Canonical),
        ("<meta http-equiv=Refresh content='0; URL=/g.html'>", "/g.html", LinkKind::Redirect),
        ("<meta http-equiv=refresh content=\"3;url='/g.html'\">", "/g.html", LinkKind::Redirect),
        ("<script>window.location.href = \"/h.html\";</script>", "/h.html", LinkKind::Redirect),
        ("<script>location.replace('/h.html')</script>", "/h.html", LinkKind::Redirect),
        ("<script>if (a<b) top.location='/h.html'</script>", "/h.html", LinkKind::Redirect),
        ("<a href=\"javascript:window.open('/i.html','','width=3')\">x</a>", "/i.html", LinkKind::Script),
        ("<td onclick=\"location.href='/j.html'\">", "/j.html", LinkKind::Redirect),
        ("<a href='?id=3&amp;p=2'>x</a>", "/zwgk/index.html?id=3&p=2", LinkKind::Anchor),
        ("<embed src=/k.swf>", "/k.swf", LinkKind::Media),
    ];
    for (html, expected, kind) in cases {
        let found = found(html);
        assert!(
            found.iter().any(|(address, k, _)| *address == format!("{site}{expected}") && k == kind),
            "{html}: {found:?}"
        );
    }
}

#[test]
fn what_is_no_address_is_left_out() {
    for html in [
        "<a href='#top'>",
        "<a href='javascript:void(0)'>",
        "<a href='mailto:a@example.gov.cn'>",
        "<a>",
        "<script>location.href = '/show?id=' + id;</script>",
        "<!-- <a href='/a'> -->",
        "<textarea><a href='/a'></textarea>",
        "<img src='data:image/png;base64,AAAA'>",
        "<a href='file:///c:/a.doc'>",
    ] {
        assert_eq!(found(html), [], "{html}");
    }
}

#[test]
fn the_base_element_and_the_words_of_a_link_count() {
    let html = "<base href='http://www.example.gov.cn/old/'><a href=x.html> 关于 \n<b>放假</b> 的通知 </a>";
    assert_eq!(
        found(html),
        [("http://www.example.gov.cn/old/x.html".into(), LinkKind::Anchor, "关于 放假 的通知".into())]
    );
}

#[test]
fn queries_are_sent_in_the_encoding_of_the_page() {
    let (text, encoding) =
        decode(&encoding_rs::GBK.encode("<title>首页</title><a href='/s?w=通知'>查</a>").0, Some("utf-8"));
    let page = scan_page(&text, &base(), encoding);
    assert_eq!(page.title, "首页");
    assert_eq!(page.links[0].address.as_str(), "http://www.example.gov.cn/s?w=%CD%A8%D6%AA");
}

#[test]
fn encodings_are_found_whatever_the_header_says() {
    let text = "<meta charset=gb2312><p>内蒙古自治区人民政府办公厅关于印发通知，请认真贯彻执行。</p>";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    for header in [None, Some("utf-8"), Some("iso-8859-1"), Some("gb2312")] {
        assert_eq!(decode(&gbk, header).0, text, "{header:?}");
        assert_eq!(decode(text.as_bytes(), header).0, text, "{header:?}");
    }
}

#[test]
fn pages_that_differ_in_numbers_only_have_one_shape() {
    let shape = |html: &str| scan_page(html, &base(), encoding_rs::UTF_8).shape;
    assert_eq!(shape("<p>2031年5月</p><td>1<td>2"), shape("<p>二〇三二年十月</p><td>1<td>2<td>3"));
    assert_ne!(shape("<p>2031年5月</p>"), shape("<p>2031年5月 通知</p>"));
    assert_ne!(shape("<img src=1.jpg>"), shape("<img src=2.jpg>"));
}

#[test]
fn site_maps_are_read_in_every_form() {
    let list =
        |body: &[u8]| scan_sitemap(body, &base()).into_iter().map(|link| link.address.to_string()).collect::<Vec<_>>();
    let expected = ["http://a.gov.cn/1?a=1&b=2", "http://a.gov.cn/2"];
    let xml = "<?xml version='1.0'?><urlset xmlns='x'><url><loc> http://a.gov.cn/1?a=1&amp;b=2 </loc></url>\
               <url><loc><![CDATA[http://a.gov.cn/2]]></loc></url>";
    assert_eq!(list(xml.as_bytes()), expected);
    assert_eq!(list(b"http://a.gov.cn/1?a=1&b=2\r\nhttp://a.gov.cn/2\r\nnothing"), expected);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, xml.as_bytes()).unwrap();
    assert_eq!(list(&packed.finish().unwrap()), expected);
}

proptest! {
    #[test]
    fn any_page_is_read(html in "(<[a-z]{1,6} ?(href|src|style|content|onclick)?=?['\"]?[ -~通]{0,12}['\"]?>|[ -~通<>/]{0,8}|<script>|</script>|<style>|location.href='){0,12}") {
        let page = scan_page(&html, &base(), encoding_rs::GBK);
        for link in page.links {
            prop_assert!(link.text.chars().count() <= 200);
        }
    }

    #[test]
    fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let (text, _) = decode(&bytes, Some("gbk"));
        let _ = scan_sitemap(&bytes, &base());
        let _ = scan_style(&text, &base());
    }
}
