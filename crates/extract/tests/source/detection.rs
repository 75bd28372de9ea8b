//! Kinds of sources are told by content.

use std::io::{Cursor, Write};

use extract::source::{Base, Limits, SourceKind, detect, open};

use crate::all;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn every_kind_is_told_whatever_its_name() {
    let cases: [(&[u8], &str, Option<SourceKind>); 16] = [
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "x.txt", Some(SourceKind::Warc)),
        (b"filedesc://x.arc 0.0.0.0 2014 text/plain 5\n", "x", Some(SourceKind::Arc)),
        (b"PK\x03\x04rest", "x.zip", Some(SourceKind::Zip)),
        (b"PK\x03\x04....xl/workbook.xml", "x.zip", Some(SourceKind::Xlsx)),
        (b"{\"title\":\"a\"}\n", "x", Some(SourceKind::JsonLines)),
        (b" [\n{\"title\":\"a\"}]", "x", Some(SourceKind::JsonLines)),
        ("标题,正文,发布时间\na,b,c\n".as_bytes(), "x", Some(SourceKind::Csv)),
        (b"a,b\n1,2\n", "x.csv", Some(SourceKind::Csv)),
        (b"a,b\n1,2\n", "x.txt", None),
        (
            b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\">",
            "x",
            Some(SourceKind::Wxr),
        ),
        (
            b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n",
            "x",
            Some(SourceKind::Mhtml),
        ),
        (b"<!DOCTYPE html>\n<html>", "x", Some(SourceKind::Html)),
        (b"<?xml version=\"1.0\"?><feed></feed>", "x.xml", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.warc", None),
        (b"", "x.csv", None),
        (b"hello", "x", None),
    ];
    for (bytes, name, kind) in cases {
        assert_eq!(detect(bytes, name), kind, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(detect(&gzip(b"WARC/1.0\r\n"), "x"), Some(SourceKind::Warc));
    assert_eq!(detect(&gzip(b"WARC/1.0\r\n")[..22], "x"), Some(SourceKind::Warc));
    assert_eq!(detect(&gzip(b"a,b\n1,2\n"), "x.csv.gz"), Some(SourceKind::Csv));
    let gbk = encoding_rs::GBK.encode("标题,正文,发布时间\n甲,乙,丙\n").0.into_owned();
    assert_eq!(detect(&gbk, "x"), Some(SourceKind::Csv));
}

#[test]
fn what_was_told_can_be_opened() {
    let table = gzip("标题,正文\n甲,乙\n".as_bytes());
    let kind = detect(&table, "a.csv.gz").unwrap();
    let found = all(&mut open(kind, Cursor::new(table), "a.csv.gz", &Base::unknown(), &Limits::default()));
    assert_eq!(found.records.len(), 1);
    let page = b"<html><head><link rel=\"canonical\" href=\"http://h.cn/x.html\"></head></html>".to_vec();
    let found = all(&mut open(SourceKind::Html, Cursor::new(page), "a.html", &Base::unknown(), &Limits::default()));
    assert_eq!(found.captures[0].address, "http://h.cn/x.html");
}

proptest::proptest! {
    #[test]
    fn nothing_panics_on_any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), start in 0usize..4) {
        let starts: [&[u8]; 4] = [b"", b"\x1f\x8b\x08\0", b"<", b"Content-Type: "];
        let _ = detect(&[starts[start], &bytes].concat(), "x.csv");
    }
}
