//! WARC and ARC: what crawlers write, what is broken, what we write ourselves.

use std::io::Write;

use extract::source::warc::write::{RecordId, ResponseHead, WarcWriter};
use extract::source::{Capture, Limits, warc};
use proptest::prelude::*;

use crate::{all, data};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn record(kind: &str, address: &str, more: &str, block: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n{more}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    bytes.extend_from_slice(block);
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

fn page(address: &str, http: &[u8]) -> Vec<u8> {
    record("response", address, "Content-Type: application/http; msgtype=response\r\n", http)
}

fn read(bytes: &[u8]) -> crate::Found {
    all(&mut warc(bytes, &Limits::default()))
}

fn only(bytes: &[u8]) -> Capture {
    let found = read(bytes);
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    assert_eq!(found.captures.len(), 1);
    found.captures.into_iter().next().unwrap()
}

#[test]
fn files_of_other_software_are_read_and_broken_ones_are_refused() {
    let Some(folder) = data("11-suites/warc") else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let found = read(&bytes);
        eprintln!("{name}: {} captures, {:?}", found.captures.len(), found.refused);
        // The other "bad" file is packed as one member, which is no hindrance here.
        if name == "bad.arc" {
            assert!(!found.refused.is_empty(), "{name}");
        } else {
            assert!(found.refused.is_empty(), "{name}: {:?}", found.refused);
            assert!(
                found.captures.iter().all(|capture| !capture.body.is_empty() || capture.repeats.is_some()),
                "{name}"
            );
        }
        files += 1;
    }
    assert!(files > 0);
}

#[test]
fn a_response_comes_with_all_that_is_known_of_it() {
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb2312\r\nLast-Modified: Fri, 09 Aug 2013 23:54:35 GMT\r\n\r\n<p>a</p>";
    let capture = only(&page("<http://www.example.cn/a b.html>", http));
    assert_eq!(capture.address, "http://www.example.cn/a%20b.html");
    assert_eq!(capture.status, Some(200));
    assert_eq!(capture.content_type.as_deref(), Some("text/html; charset=gb2312"));
    assert_eq!(capture.fetched_at.unwrap().to_string(), "2020-01-02T03:04:05Z");
    assert_eq!(capture.modified.unwrap().to_string(), "2013-08-09T23:54:35Z");
    assert_eq!(capture.body, b"<p>a</p>");
    assert_eq!(capture.place, "偏移 0");
}

#[test]
fn a_redirect_has_an_absolute_target() {
    let capture = only(&page("http://h.cn/a/b", b"HTTP/1.1 301 Moved\r\nLocation: ../c?x=1#y\r\n\r\n"));
    assert_eq!((capture.status, capture.redirect.as_deref()), (Some(301), Some("http://h.cn/c?x=1")));
}

#[test]
fn encodings_of_the_line_are_undone() {
    let text = b"<p>0123456789</p>".repeat(20);
    let chunked = |bytes: &[u8]| {
        let (one, two) = bytes.split_at(7);
        let mut chunked = format!("{:x};ext=1\r\n", one.len()).into_bytes();
        chunked.extend_from_slice(one);
        chunked.extend_from_slice(format!("\r\n{:X}\r\n", two.len()).as_bytes());
        chunked.extend_from_slice(two);
        chunked.extend_from_slice(b"\r\n0\r\n\r\n");
        chunked
    };
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(&text).unwrap();
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(&text).unwrap();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("Transfer-Encoding: chunked\r\n", chunked(&text)),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(&gzip(&text))),
        ("Content-Encoding: x-gzip\r\n", gzip(&text)),
        ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
        ("Content-Encoding: deflate\r\n", deflate.finish().unwrap()),
        // Undone by the crawler, which left the headers.
        ("Content-Encoding: gzip\r\n", text.clone()),
        ("Transfer-Encoding: chunked\r\n", text.clone()),
        ("Content-Encoding: br\r\n", text.clone()),
    ];
    for (headers, body) in cases {
        let mut http = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
        http.extend_from_slice(&body);
        let capture = only(&page("http://h.cn/", &http));
        assert_eq!(capture.body, text, "{headers}");
        assert!(!capture.incomplete, "{headers}");
    }
}

#[test]
fn content_that_was_cut_short_says_so() {
    let capture = only(&page("http://h.cn/", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"));
    assert!(capture.incomplete);
    let capture =
        only(&page("http://h.cn/", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab"));
    assert!(capture.incomplete);
    assert_eq!(capture.body, b"abcdeab");
}

#[test]
fn a_bomb_in_a_page_is_refused() {
    let mut http = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    http.extend_from_slice(&gzip(&vec![0; 20 << 20]));
    let found = read(&page("http://h.cn/", &http));
    assert!(found.captures.is_empty());
    assert!(found.refused[0].reason.contains("压缩炸弹"), "{:?}", found.refused);
}

#[test]
fn a_revisit_names_the_earlier_capture() {
    let mut file = record(
        "response",
        "http://h.cn/a",
        "WARC-Payload-Digest: sha1:X\r\nContent-Type: application/http\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nabc",
    );
    file.extend(record("revisit", "http://h.cn/b", "WARC-Payload-Digest: sha1:X\r\n", b"HTTP/1.1 200 OK\r\n\r\n"));
    file.extend(record("revisit", "http://h.cn/c", "WARC-Refers-To-Target-URI: http://h.cn/z\r\n", b""));
    let found = read(&file);
    let repeats: Vec<_> =
        found.captures.iter().map(|capture| capture.repeats.as_ref().map(|r| r.address.as_str())).collect();
    assert_eq!(repeats, [None, Some("http://h.cn/a"), Some("http://h.cn/z")]);
}

#[test]
fn what_is_no_page_is_set_aside_and_counted() {
    let mut file = record("warcinfo", "", "", b"software: x\r\n");
    file.extend(record("request", "http://h.cn/", "", b"GET / HTTP/1.1\r\n\r\n"));
    file.extend(record("response", "dns:h.cn", "Content-Type: text/dns\r\n", b"h.cn 1 IN A 10.0.0.1"));
    file.extend(page("http://h.cn/", b"HTTP/1.1 200 OK\r\n\r\na"));
    file.extend(record("metadata", "http://h.cn/", "", b"via: x\r\n"));
    let mut items = warc(&file[..], &Limits::default());
    let found = all(&mut items);
    assert_eq!((found.captures.len(), found.refused.len(), items.set_aside()), (1, 0, 4));
}

#[test]
fn reading_goes_on_behind_a_broken_record() {
    let good = |n: u8| page(&format!("http://h.cn/{n}"), format!("HTTP/1.1 200 OK\r\n\r\npage {n}").as_bytes());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let broken = [
        text(good(2)).replace("Content-Length: ", "Content-Length: x"),
        text(good(2)).replace("Content-Length: ", "Content-Length: -"),
        text(good(2)).replace("ge 2\r\n\r\n", ""),
        text(good(2)).replace("WARC-Target-URI: http://h.cn/2\r\n", ""),
        "what is this\n".repeat(30),
    ];
    for middle in broken {
        let file = [good(1), middle.clone().into_bytes(), good(3)].concat();
        let found = read(&file);
        let addresses: Vec<_> = found.captures.iter().map(|capture| capture.address.as_str()).collect();
        assert_eq!(addresses, ["http://h.cn/1", "http://h.cn/3"], "{middle}");
        assert_eq!(found.refused.len(), 1, "{middle}: {:?}", found.refused);
        let packed = [gzip(&good(1)), gzip(middle.as_bytes()), gzip(&good(3))].concat();
        let found = read(&packed);
        assert_eq!((found.captures.len(), found.refused.len()), (2, 1), "{middle}: {:?}", found);
    }
}

#[test]
fn a_damaged_member_costs_its_own_record_only() {
    let good =
        |n: u8| gzip(&page(&format!("http://h.cn/{n}"), &b"HTTP/1.1 200 OK\r\n\r\n0123456789abcdefgh".repeat(20)));
    for place in [3, 12, 40, 60] {
        let mut middle = good(2);
        middle[place] ^= 0xff;
        let found = read(&[good(1), middle, good(3)].concat());
        let addresses: Vec<_> = found.captures.iter().map(|capture| capture.address.as_str()).collect();
        assert_eq!(addresses, ["http://h.cn/1", "http://h.cn/3"], "{place}");
        assert!(!found.refused.is_empty());
    }
}

#[test]
fn a_length_that_is_too_long_does_not_swallow_the_next_record() {
    let one = String::from_utf8(page("http://h.cn/1", b"HTTP/1.1 200 OK\r\n\r\nabc")).unwrap();
    let one = one.replace("Content-Length: 22", "Content-Length: 90");
    let found = read(&[one.into_bytes(), page("http://h.cn/2", b"HTTP/1.1 200 OK\r\n\r\ndef")].concat());
    let bodies: Vec<_> = found.captures.iter().map(|capture| capture.body.as_slice()).collect();
    assert_eq!(bodies, [b"abc", b"def"], "{:?}", found.refused);
}

#[test]
fn a_file_that_is_none_is_refused_with_one_sentence() {
    for bytes in [&b""[..], b"hello\nworld\n", b"\x1f\x8bnot gzip at all", b"\0\0\0\0"] {
        let found = read(bytes);
        assert!(found.captures.is_empty());
        assert_eq!(found.refused.len(), 1, "{bytes:?}: {:?}", found.refused);
    }
}

#[test]
fn arc_files_are_read_with_spaces_in_addresses_and_without_http_heads() {
    let file = "filedesc://x.arc 0.0.0.0 20140101000000 text/plain 10\n1 0 x\nabc\n\nhttp://h.cn/a?b=c d 10.0.0.1 20140102030405 text/html 22\nHTTP/1.1 200 OK\n\nabcde\nhttp://h.cn/f 10.0.0.1 20140102 text/plain 3\nxyz\n";
    let found = read(file.as_bytes());
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    let seen: Vec<_> =
        found.captures.iter().map(|capture| (capture.address.as_str(), capture.body.as_slice())).collect();
    assert_eq!(seen, [("http://h.cn/a?b=c%20d", &b"abcde"[..]), ("http://h.cn/f", b"xyz")]);
    assert_eq!(found.captures[1].content_type.as_deref(), Some("text/plain"));
    assert_eq!(found.captures[1].fetched_at.unwrap().to_string(), "2014-01-02T00:00:00Z");
}

#[test]
fn what_was_written_can_be_read_and_proved() {
    let mut writer = WarcWriter::packed(Vec::new());
    let at = "2026-01-02T03:04:05Z".parse().unwrap();
    let id = |n| RecordId::from_bytes([n; 16]);
    let head = ResponseHead {
        status: 200,
        reason: "OK".to_owned(),
        headers: vec![
            ("Content-Type".to_owned(), "text/html".to_owned()),
            ("Content-Encoding".to_owned(), "gzip".to_owned()),
        ],
    };
    writer.info(id(1), at, "a.warc.gz", &[("software", "x\r\nWARC/1.0")]).unwrap();
    let written = writer.response(id(2), at, "http://h.cn/", &head, b"abc").unwrap();
    writer.request(id(3), at, "http://h.cn/", id(2), "GET / HTTP/1.1", &[], b"").unwrap();
    writer.metadata(id(4), at, "http://h.cn/", id(2), &[("checked", "yes")]).unwrap();
    let file = writer.into_inner();
    assert_eq!(
        written.payload_digest.as_deref(),
        Some("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    );
    let range = usize::try_from(written.offset).unwrap()..usize::try_from(written.offset + written.length).unwrap();
    assert_eq!(only(&file[range]).body, b"abc");
    let mut items = warc(&file[..], &Limits::default());
    assert_eq!(all(&mut items).captures.len(), 1);
    assert_eq!(items.set_aside(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_page_written_comes_back(
        pages in prop::collection::vec((0u16..3, "[a-z0-9/?=&%.-]{0,20}", prop::collection::vec(any::<u8>(), 0..600)), 0..8),
        packed: bool,
    ) {
        let at = "2026-01-02T03:04:05Z".parse().unwrap();
        let mut file = Vec::new();
        let mut writer = if packed { WarcWriter::packed(&mut file) } else { WarcWriter::plain(&mut file) };
        for (number, (status, path, body)) in pages.iter().enumerate() {
            let head = ResponseHead { status: 200 + status, reason: String::new(), headers: vec![] };
            let id = RecordId::from_bytes([u8::try_from(number).unwrap(); 16]);
            writer.response(id, at, &format!("http://h.cn/{path}"), &head, body).unwrap();
        }
        let found = read(&file);
        prop_assert_eq!(found.captures.len(), pages.len(), "{:?}", found.refused);
        for (capture, (status, path, body)) in found.captures.iter().zip(&pages) {
            prop_assert_eq!(&capture.address, &format!("http://h.cn/{path}"));
            prop_assert_eq!((capture.status, &capture.body), (Some(200 + status), body));
        }
    }

    #[test]
    fn nothing_panics_on_damaged_files(
        cut in 0usize..4000,
        places in prop::collection::vec((0usize..4000, any::<u8>()), 0..8),
        packed: bool,
    ) {
        let mut file = Vec::new();
        for number in 0..6 {
            let one = page(&format!("http://h.cn/{number}"), &b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"[..]);
            file.extend(if packed { gzip(&one) } else { one });
        }
        for (place, byte) in places {
            let length = file.len();
            file[place % length] = byte;
        }
        file.truncate(cut);
        let found = read(&file);
        prop_assert!(found.captures.len() <= 6);
    }

    #[test]
    fn nothing_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0usize..3) {
        let starts: [&[u8]; 3] = [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0"];
        let _ = read(&[starts[start], &bytes].concat());
    }
}
