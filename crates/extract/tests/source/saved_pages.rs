//! Saved pages: folders, ZIP files, single-file pages.

use std::io::{Cursor, Write};

use extract::source::{Base, Limits, SavedFile, archive, folder, mhtml};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::{Found, all};

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn unzip(bytes: Vec<u8>, base: &Base) -> Found {
    all(&mut archive(Cursor::new(bytes), base, &Limits::default()))
}

fn addresses(found: &Found) -> Vec<&str> {
    found.captures.iter().map(|capture| capture.address.as_str()).collect()
}

const PAGE: &[u8] = b"<html><head><title>a</title></head><body>b</body></html>";

#[test]
fn a_copy_made_with_wget_keeps_its_addresses() {
    let files: [(&str, &[u8]); 4] = [
        ("www.h.gov.cn/index.html", PAGE),
        ("www.h.gov.cn/a/show.asp@id=3.html", PAGE),
        ("www.h.gov.cn/img/x.png", b"\x89PNG\r\n\x1a\n"),
        ("www.h.gov.cn/.DS_Store", b"x"),
    ];
    let mut items = archive(Cursor::new(packed(&files)), &Base::unknown(), &Limits::default());
    let found = all(&mut items);
    assert_eq!(
        addresses(&found),
        ["http://www.h.gov.cn/", "http://www.h.gov.cn/a/show.asp?id=3", "http://www.h.gov.cn/img/x.png"]
    );
    assert_eq!(found.captures[0].content_type.as_deref(), Some("text/html"));
    assert_eq!(found.captures[1].place, "条目 www.h.gov.cn/a/show.asp@id=3.html");
    assert_eq!((items.set_aside(), found.refused.len()), (1, 0));
}

#[test]
fn a_page_saved_by_a_browser_lends_its_address_to_its_pictures() {
    let page = b"<!-- saved from url=(0024)http://www.h.cn/a/b.html -->\r\n<html><img src='./b_files/x.png'></html>";
    let found = unzip(packed(&[("b_files/x.png", b"\x89PNG"), ("b.html", page)]), &Base::unknown());
    assert_eq!(
        addresses(&found),
        ["http://www.h.cn/a/b.html", "http://www.h.cn/a/b_files/x.png"],
        "{:?}",
        found.refused
    );
}

#[test]
fn without_any_address_a_page_is_refused_with_what_to_do() {
    let found = unzip(packed(&[("b.html", PAGE)]), &Base::unknown());
    assert!(found.captures.is_empty());
    assert!(found.refused[0].reason.contains("请填写旧站网址"));
    let found = unzip(packed(&[("a/b.html", PAGE)]), &Base::at("http://www.h.cn/old"));
    assert_eq!(addresses(&found), ["http://www.h.cn/old/a/b.html"]);
}

#[test]
fn names_in_gbk_are_read_and_names_that_leave_the_archive_are_refused() {
    let raw = encoding_rs::GBK.encode("通知.html").0.into_owned();
    let placeholder = "n".repeat(raw.len());
    let mut bytes = packed(&[(&placeholder, PAGE), ("../../etc/x.html", PAGE), ("C:\\x.html", PAGE)]);
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(raw.len()).position(|window| window == placeholder.as_bytes()) {
        bytes[from + at..from + at + raw.len()].copy_from_slice(&raw);
        from += at + raw.len();
    }
    let found = unzip(bytes, &Base::at("http://h.cn/"));
    assert_eq!(addresses(&found), ["http://h.cn/%E9%80%9A%E7%9F%A5.html"], "{:?}", found.refused);
    assert_eq!(found.captures[0].place, "条目 通知.html");
    assert_eq!(found.refused.len(), 2);
    assert!(found.refused.iter().all(|refused| refused.reason.contains("不安全")), "{:?}", found.refused);
}

#[test]
fn bombs_are_refused_and_the_rest_goes_on() {
    let bytes = packed(&[("h.cn/a.html", PAGE), ("h.cn/b.html", &vec![b' '; 30 << 20]), ("h.cn/c.html", PAGE)]);
    let found = unzip(bytes.clone(), &Base::unknown());
    assert_eq!(addresses(&found), ["http://h.cn/a.html", "http://h.cn/c.html"]);
    assert!(found.refused[0].reason.contains("压缩炸弹"));
    let limits = Limits { body_bytes: 1000, ..Limits::default() };
    let found = all(&mut archive(Cursor::new(bytes), &Base::unknown(), &limits));
    assert_eq!((found.captures.len(), found.refused.len()), (2, 1));
    let mut nested = packed(&[("h.cn.csv", "标题,正文\na,b\n".as_bytes())]);
    for _ in 0..6 {
        nested = packed(&[("inner.zip", &nested)]);
    }
    let found = unzip(nested, &Base::unknown());
    assert!(found.refused[0].reason.contains("嵌套过深"), "{found:?}");
}

#[test]
fn tables_and_crawls_in_an_archive_without_pages_are_read() {
    let table = "标题,正文,附件\n甲,乙,附件/a.pdf\n".as_bytes();
    let crawl = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://h.cn/x\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
    let inner = packed(&[("b.jsonl", "{\"title\":\"丙\"}\n".as_bytes())]);
    let bytes = packed(&[("a.csv", table), ("x.warc", crawl), ("附件/a.pdf", b"%PDF-1.4"), ("inner.zip", &inner)]);
    let mut items = archive(Cursor::new(bytes.clone()), &Base::unknown(), &Limits::default());
    let found = all(&mut items);
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    assert_eq!(found.records.iter().map(|record| record.title.as_deref().unwrap()).collect::<Vec<_>>(), ["甲", "丙"]);
    assert_eq!(found.records[0].place, "条目 a.csv，第 2 行");
    assert_eq!(addresses(&found), ["http://h.cn/x", "file:///%E9%99%84%E4%BB%B6/a.pdf"]);
    assert!(items.columns().iter().any(|column| column.name == "标题"));
    let as_files = Base { tables_are_records: Some(false), ..Base::at("http://h.cn/") };
    assert_eq!(unzip(bytes, &as_files).records.len(), 0);
}

#[test]
fn an_encrypted_or_damaged_archive_is_refused() {
    for bytes in [b"PK\x03\x04 nothing".to_vec(), Vec::new()] {
        let found = unzip(bytes, &Base::unknown());
        assert_eq!(found.refused.len(), 1);
    }
}

#[test]
fn a_folder_is_read_in_the_order_it_comes() {
    let file = |path: &str, bytes: &'static [u8]| SavedFile {
        path: path.to_owned(),
        modified: Some("2020-01-01T00:00:00Z".parse().unwrap()),
        content: Ok(Box::new(bytes)),
    };
    let broken = SavedFile {
        path: "c.html".to_owned(),
        modified: None,
        content: Err(std::io::Error::from(std::io::ErrorKind::PermissionDenied)),
    };
    let files =
        vec![file("index.html", PAGE), broken, file("a\\b.html", PAGE), file("表.csv", "标题,正文\n1,2".as_bytes())];
    let found = all(&mut folder(files.into_iter(), &Base::at("http://h.cn"), &Limits::default()));
    assert_eq!(addresses(&found), ["http://h.cn/", "http://h.cn/a/b.html", "http://h.cn/%E8%A1%A8.csv"]);
    assert_eq!(found.refused[0].place, "文件 c.html");
    assert_eq!(found.captures[0].modified.unwrap().to_string(), "2020-01-01T00:00:00Z");
}

fn single_file(encoding: &str, body: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.h.cn/a/b.html\r\nSubject: x\r\nDate: Fri, 1 Nov 2024 00:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x=y----\"\r\n\r\n\r\n------MultipartBoundary--x=y----\r\nContent-Type: text/html\r\nContent-ID: <frame@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: http://www.h.cn/a/b.html\r\n\r\n{body}\r\n------MultipartBoundary--x=y----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: ../x.png\r\n\r\niVBO\r\nRw0K\r\n------MultipartBoundary--x=y----\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: binary\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\na{{}}\r\n\r\n------MultipartBoundary--x=y------\r\n"
    )
}

#[test]
fn a_single_file_page_comes_apart() {
    let cases = [
        ("quoted-printable", "<p>=E9=80=9A=\r\n=E7=9F=A5 1=3D1</p>", "<p>通知 1=1</p>"),
        ("8bit", "<p>通知</p>\r\n--no boundary", "<p>通知</p>\r\n--no boundary"),
        ("base64", "PHA+6YCa55+l\r\nPC9wPg==", "<p>通知</p>"),
    ];
    for (encoding, body, plain) in cases {
        let text = single_file(encoding, body);
        let found = all(&mut mhtml(text.as_bytes(), &Limits::default()));
        assert!(found.refused.is_empty(), "{:?}", found.refused);
        assert_eq!(addresses(&found), ["http://www.h.cn/a/b.html", "http://www.h.cn/x.png", "cid:css-1@mhtml.blink"]);
        assert_eq!(String::from_utf8_lossy(&found.captures[0].body), plain);
        assert_eq!(found.captures[1].body, b"\x89PNG\r\n");
        assert_eq!(found.captures[2].body, b"a{}\r\n");
        assert_eq!(found.captures[0].fetched_at.unwrap().to_string(), "2024-11-01T00:30:00Z");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_panics_on_damaged_archives(places in prop::collection::vec((0usize..2000, any::<u8>()), 0..6), cut in 0usize..2000) {
        let mut bytes = packed(&[("h.cn/a.html", PAGE), ("b.csv", "标题,正文\na,b".as_bytes()), ("c.mht", single_file("8bit", "x").as_bytes())]);
        let length = bytes.len();
        for (place, byte) in places {
            bytes[place % length] = byte;
        }
        unzip(bytes.clone(), &Base::unknown());
        bytes.truncate(cut);
        unzip(bytes, &Base::at("http://h.cn/"));
    }

    #[test]
    fn nothing_panics_on_damaged_single_file_pages(places in prop::collection::vec((0usize..1200, any::<u8>()), 0..6), cut in 0usize..1300) {
        let mut bytes = single_file("quoted-printable", "a=\r\nb=4").into_bytes();
        let length = bytes.len();
        for (place, byte) in places {
            bytes[place % length] = byte;
        }
        bytes.truncate(cut);
        all(&mut mhtml(&bytes[..], &Limits::default()));
    }
}
