use encoding_rs::{BIG5, Encoding, GBK, UTF_8};
use extract::page::{Hint, read};

use crate::sentences;

/// (encoding of the bytes, what the header says, what the page says, what is found).
#[test]
fn the_bytes_decide_whatever_is_claimed() {
    let traditional = "<p>國務院辦公廳關於開展檢查工作的通知，請各單位認真組織實施，並按時報送情況。</p>".repeat(5);
    let cases: &[(&'static Encoding, Option<&str>, Option<&str>, &str)] = &[
        (UTF_8, None, None, "utf-8"),
        (UTF_8, Some("text/html; charset=gb2312"), Some("gb2312"), "utf-8"),
        (UTF_8, None, Some("big5"), "utf-8"),
        (GBK, None, None, "gb18030"),
        (GBK, None, Some("gb2312"), "gb18030"),
        (GBK, Some("text/html; charset=utf-8"), Some("utf-8"), "gb18030"),
        (GBK, Some("text/html;charset=ISO-8859-1"), None, "gb18030"),
        (GBK, None, Some("big5"), "gb18030"),
        (GBK, None, Some("nonsense"), "gb18030"),
        (BIG5, None, None, "big5"),
        (BIG5, Some("text/html; charset=gbk"), Some("utf-8"), "big5"),
    ];
    for (encoding, header, meta, expected) in cases {
        let meta_tag = meta.map_or(String::new(), |charset| format!("<meta charset={charset}>"));
        let body = if *encoding == BIG5 { traditional.clone() } else { sentences(5) };
        let html = format!(
            "<html><head>{meta_tag}<title>通知</title></head><body><div class=TRS_Editor>{body}</div></body></html>"
        );
        let (bytes, _, _) = encoding.encode(&html);
        let page = read(&bytes, &Hint { address: None, content_type: *header }, None);
        let case = format!("{} {header:?} {meta:?}", encoding.name());
        assert_eq!(page.encoding, *expected, "{case}");
        assert!(!page.characters_lost, "{case}");
        assert_eq!(page.encoding_claimed.is_some(), header.is_some() || meta.is_some(), "{case}");
        let text = page.body.expect("the sentences are found").value.text;
        assert!(text.contains(if *encoding == BIG5 { "國務院辦公廳" } else { "各有关单位" }), "{case}: {text}");
    }
}

#[test]
fn a_broken_byte_does_not_change_the_encoding() {
    let html = format!("<div id=zoom>{}</div>", sentences(20));
    for (encoding, expected) in [(UTF_8, "utf-8"), (GBK, "gb18030")] {
        let (bytes, _, _) = encoding.encode(&html);
        let mut bytes = bytes.into_owned();
        let middle = bytes.len() / 2;
        bytes.insert(middle, 0xFF);
        let page = read(&bytes, &Hint::default(), None);
        assert_eq!(page.encoding, expected);
        assert!(page.characters_lost);
    }
}

#[test]
fn marks_and_utf16_are_understood() {
    let html = format!("<div id=zoom>{}</div>", sentences(5));
    let mut little: Vec<u8> = vec![0xFF, 0xFE];
    little.extend(html.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&little, &Hint::default(), None).encoding, "utf-16le");
    let marked = [b"\xEF\xBB\xBF".as_slice(), html.as_bytes()].concat();
    let page = read(&marked, &Hint { address: None, content_type: Some("text/html; charset=gbk") }, None);
    assert_eq!(page.encoding, "utf-8");
    assert!(page.body.is_some());
}
