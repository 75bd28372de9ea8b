//! How fast sources are read: `cargo run --release -p extract --example sources`. With file names behind `--`, reads
//! those and prints what was found in figures.

use std::io::Cursor;
use std::time::Instant;

use extract::source::warc::write::{RecordId, ResponseHead, WarcWriter};
use extract::source::{Base, DETECTION_BYTES, Item, Items, Limits, SourceKind, detect, open};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        let page = page();
        measure("WARC, plain", SourceKind::Warc, crawl(&page, false));
        measure("WARC, gzip", SourceKind::Warc, crawl(&page, true));
        measure("JSON Lines", SourceKind::JsonLines, lines());
        measure("CSV", SourceKind::Csv, table());
        measure(
            "CSV in GBK",
            SourceKind::Csv,
            encoding_rs::GBK.encode(&String::from_utf8_lossy(&table())).0.into_owned(),
        );
        measure("WXR", SourceKind::Wxr, posts());
    }
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => match detect(&bytes[..bytes.len().min(DETECTION_BYTES)], &file) {
                Some(kind) => measure(&file, kind, bytes),
                None => println!("{file}: not a source"),
            },
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn measure(name: &str, kind: SourceKind, bytes: Vec<u8>) {
    let size = bytes.len();
    let start = Instant::now();
    let mut items: Items<'_> = open(kind, Cursor::new(bytes), name, &Base::unknown(), &Limits::default());
    let (mut captures, mut records, mut refused, mut content) = (0u64, 0u64, 0u64, 0usize);
    for item in &mut items {
        match item {
            Item::Capture(capture) => {
                captures += 1;
                content += capture.body.len();
            }
            Item::Record(record) => {
                records += 1;
                content += record.body.as_str().len();
            }
            Item::Refused(_) => refused += 1,
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name}: {:.1} MB in {seconds:.3} s, {:.0} MB/s ({:.0} MB/s of content); {captures} captures, {records} records, {refused} refused, {} set aside",
        size as f64 / 1e6,
        size as f64 / 1e6 / seconds,
        content as f64 / 1e6 / seconds,
        items.set_aside(),
    );
}

fn page() -> Vec<u8> {
    let mut page = String::from("<html><head><title>通知</title></head><body>");
    for number in 0..400 {
        page.push_str(&format!(
            "<p class=\"c{}\">第 {number} 段：各单位应当在 {} 日内办理。</p>\n",
            number % 7,
            number * 31 % 29
        ));
    }
    page.into_bytes()
}

fn crawl(page: &[u8], packed: bool) -> Vec<u8> {
    let mut file = Vec::new();
    let mut writer = if packed { WarcWriter::packed(&mut file) } else { WarcWriter::plain(&mut file) };
    let at = "2026-01-02T03:04:05Z".parse().expect("a time");
    let head = ResponseHead { status: 200, reason: "OK".to_owned(), headers: vec![] };
    for number in 0..8_000u32 {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_le_bytes());
        let address = format!("http://www.example.gov.cn/{number}.html");
        writer.response(RecordId::from_bytes(id), at, &address, &head, page).expect("memory takes all");
    }
    file
}

fn lines() -> Vec<u8> {
    let body = "各单位应当在规定的时间内办理，并将结果报送主管部门。".repeat(60).replace('。', "。\\n");
    (0..30_000)
        .map(|number| format!("{{\"id\":{number},\"title\":\"关于第 {number} 号事项的通知\",\"publish_date\":\"2024-11-01\",\"category\":\"公开/通知\",\"body\":\"{body}\"}}\n"))
        .collect::<String>()
        .into_bytes()
}

fn table() -> Vec<u8> {
    let body = "各单位应当在规定的时间内办理，并将结果报送主管部门。\n".repeat(60);
    let rows: String = (0..20_000).map(|number| format!("{number},标题 {number},2024-11-01,\"{body}\"\n")).collect();
    format!("编号,标题,发布时间,正文\n{rows}").into_bytes()
}

fn posts() -> Vec<u8> {
    let body = "<p>各单位应当在规定的时间内办理，并将结果报送主管部门。</p>\n".repeat(60);
    let mut text = String::from("<rss xmlns:wp=\"x\"><channel><link>http://h.cn</link>\n");
    for number in 0..15_000 {
        text.push_str(&format!("<item><title>标题 {number}</title><wp:post_id>{number}</wp:post_id><wp:post_date>2024-11-01 08:30:00</wp:post_date><content:encoded><![CDATA[{body}]]></content:encoded></item>\n"));
    }
    text.into_bytes()
}
