use std::io::Write;

use super::samples::{docx, pdf, read, stream, xlsx, zip};
use extract::attachment::{Limits, extract};

#[test]
fn an_empty_file_and_a_file_too_large_are_refused_with_a_sentence() {
    let error = extract("a.txt", b"", &Limits::default()).unwrap_err();
    assert!(error.sentence().contains("空文件"));
    let limits = Limits { file_bytes: 3, ..Limits::default() };
    assert!(extract("a.txt", b"abcd", &limits).unwrap_err().to_string().contains("拆分"));
}

#[test]
fn a_bomb_is_left_alone_after_its_first_bytes() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let found = read("a.zip", &zip(&[("bomb.txt", &zeros), ("ok.txt", "看得到".as_bytes())]));
    assert!(!found.complete && found.notices.iter().any(|notice| notice.contains("压缩炸弹")), "{:?}", found.notices);
    assert!(found.text.contains("看得到") && found.text.len() < 20 * 1024 * 1024);
}

#[test]
fn archives_inside_archives_end_at_the_depth_allowed() {
    let mut file = zip(&[("core.txt", "最里层".as_bytes())]);
    for level in 0..10 {
        file = zip(&[(format!("{level}.zip").as_str(), &file)]);
    }
    let found = read("a.zip", &file);
    assert!(!found.complete && found.notices[0].contains("嵌套过深") && !found.text.contains("最里层"));
    let limits = Limits { depth: 20, ..Limits::default() };
    assert!(extract("a.zip", &file, &limits).unwrap().text.contains("最里层"));
}

#[test]
fn each_limit_ends_the_reading_with_a_notice_and_keeps_what_was_read() {
    let rows: String = (0..100).map(|row| format!("<row><c t=\"str\"><v>格{row}。</v></c></row>")).collect();
    let book = xlsx("visible", &format!("<sheetData>{rows}</sheetData>"), &[], &[]);
    let cases = [
        (Limits { cells: 10, ..Limits::default() }, "表格过大"),
        (Limits { text_bytes: 60, ..Limits::default() }, "文字过多"),
        (Limits { members: 3, ..Limits::default() }, "文件过多"),
        (Limits { unpacked_bytes: 500, ..Limits::default() }, "解压后过大"),
    ];
    for (limits, expected) in cases {
        let found = extract("a.xlsx", &book, &limits).unwrap();
        assert!(!found.complete, "{expected}");
        assert!(found.notices.iter().any(|notice| notice.contains(expected)), "{expected}: {:?}", found.notices);
        assert!(found.text.len() <= limits.text_bytes && !found.text.contains("格99。"), "{expected}");
    }
}

#[test]
fn deeply_nested_elements_and_groups_do_not_exhaust_the_stack() {
    let deep = "<a>".repeat(200_000);
    let found = read("a.docx", &docx(&deep, &[("word/x.xml", &deep)]));
    assert!(found.text.is_empty() || found.text.len() < 1000);
    let _ = read("a.rtf", format!("{{\\rtf1 {} x", "{".repeat(200_000)).as_bytes());
    let arrays = [b"BT /F1 9 Tf ".to_vec(), b"[".repeat(100_000), b" TJ ET".to_vec()].concat();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
        stream("", &arrays),
    ];
    let _ = read("a.pdf", &pdf(&objects, ""));
    let nested = [b"<< /A ".repeat(50_000), b">>".repeat(50_000)].concat();
    let _ = extract("a.pdf", &pdf(&[nested], ""), &Limits::default());
}

#[test]
fn a_stream_of_a_pdf_that_unpacks_without_end_is_left_alone() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packer.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let packed = packer.finish().unwrap();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents [4 0 R 4 0 R 4 0 R 4 0 R] >>".to_vec(),
        stream("/Filter /FlateDecode", &packed),
    ];
    let found = read("a.pdf", &pdf(&objects, ""));
    assert!(!found.complete && found.notices[0].contains("解压后过大"), "{:?}", found.notices);
}

#[test]
fn object_streams_with_millions_of_objects_are_not_taken_apart() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all("7 0 ".repeat(16 * 1024 * 1024).as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let bomb = stream("/Type /ObjStm /N 16777216 /First 67108864 /Filter /FlateDecode", &packed);
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let found = read("a.pdf", &pdf(&[catalog.clone(), bomb], ""));
    assert!(!found.complete && found.notices[0].contains("对象过多"), "{:?}", found.notices);
    let nested = stream("/Type /O#62jStm /Filter [/FlateDecode /FlateDecode]", &packed);
    let found = read("a.pdf", &pdf(&[catalog, nested], ""));
    assert!(!found.complete && found.notices[0].contains("对象过多"), "{:?}", found.notices);
}

#[test]
fn forms_that_draw_each_other_again_and_again_end() {
    // Twelve levels of ten uses each would be a million million.
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
        stream("", b"/X Do"),
    ];
    for level in 0..12 {
        let uses = "/X Do ".repeat(100);
        objects.push(stream(
            &format!("/Subtype /Form /Resources << /XObject << /X {} 0 R >> >>", 6 + level),
            uses.as_bytes(),
        ));
    }
    objects.push(stream("/Subtype /Form", b"()"));
    let start = std::time::Instant::now();
    let limits = Limits { unpacked_bytes: 16 << 20, ..Limits::default() };
    let found = extract("a.pdf", &pdf(&objects, ""), &limits).unwrap();
    assert!(!found.complete, "{:?}", found.notices);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn sizes_a_file_only_declares_cost_nothing() {
    let mut file = zip(&[("a.txt", b"abc")]);
    // The directory says four gigabytes.
    let at = file.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    file[at + 24..at + 28].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
    let _ = extract("a.zip", &file, &Limits::default());
    let sheet = "<cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols><sheetData><row r=\"4294967295\"><c r=\"ZZZZ9\" t=\"s\"><v>99999999999</v></c></row></sheetData>";
    assert!(read("a.xlsx", &xlsx("visible", sheet, &[], &[])).text.len() < 200);
    let repeated = "<d><t:table><t:table-column t:number-columns-repeated=\"4000000000\"/><t:table-row><t:table-cell t:number-columns-repeated=\"4000000000\"><x:p>甲</x:p></t:table-cell></t:table-row></t:table></d>";
    let file =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", repeated.as_bytes())]);
    assert!(read("a.ods", &file).text.len() < 5000);
}
