//! Whatever the bytes, reading ends without a panic, within the limits, with ranges that fit the text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::samples::{docx, gbk, pdf, stream, xlsx, zip};
use extract::attachment::{Limits, extract, mask};

/// Small limits: the properties hold for any, and the cases stay fast.
fn limits() -> Limits {
    Limits { unpacked_bytes: 4 << 20, member_bytes: 1 << 20, text_bytes: 1 << 16, cells: 10_000, ..Limits::default() }
}

fn holds(name: &str, bytes: &[u8]) {
    let limits = limits();
    match extract(name, bytes, &limits) {
        Err(error) => assert!(error.sentence().ends_with('。'), "{error}"),
        Ok(found) => {
            assert!(found.text.len() <= limits.text_bytes);
            assert!(found.complete || !found.notices.is_empty(), "silence: {found:?}");
            let mut last = 0;
            for range in &found.hidden {
                assert!(range.start >= last && range.start < range.end && range.end <= found.text.len());
                assert!(found.text.is_char_boundary(range.start) && found.text.is_char_boundary(range.end));
                last = range.end;
            }
        }
    }
}

static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rtf = format!(
        "{{\\rtf1\\ansi {{\\info{{\\author x}}}}\\u20013?\\'d6\\'d0{{\\v h}}{{\\object{{\\objdata {}}}}}\\par}}",
        "504b0304"
    );
    let sheet = "<cols><col min=\"1\" max=\"1\" hidden=\"1\"/></cols><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c><v>1E5</v></c></row></sheetData>";
    let content = b"q 1 0 0 1 5 5 cm BT /F1 9 Tf 50 700 Td [(ab) -20 <4142>] TJ ET Q /X Do BI /W 1 ID abc EI";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream("", content),
        b"<< /Type /Font /Subtype /Type0 /Encoding /GBK-EUC-H /DescendantFonts [6 0 R] >>".to_vec(),
        b"<< /Subtype /CIDFontType2 /CIDSystemInfo << /Ordering (GB1) >> /W [1 [500 600] 7 9 1000] >>".to_vec(),
    ];
    let ofd = zip(&[
        ("OFD.xml", b"<OFD><DocRoot>D.xml</DocRoot></OFD>"),
        ("D.xml", b"<D><Page BaseLoc=\"P.xml\"/></D>"),
        (
            "P.xml",
            b"<P><TextObject Boundary=\"1 2 3 4\" Size=\"3\"><TextCode X=\"0\" Y=\"1\">x</TextCode></TextObject></P>",
        ),
    ]);
    vec![
        docx("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>", &[]),
        xlsx("hidden", sheet, &["x"], &[]),
        rtf.into_bytes(),
        pdf(&objects, ""),
        ofd,
        zip(&[("a.txt", &gbk("中文")), ("b.zip", &zip(&[("c", b"d")]))]),
        super::samples::compound(&[(
            "/Workbook",
            &[9, 8, 16, 0, 0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 2, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 65],
        )]),
        "<html><body><p title='x'>text<!-- c --></p></body></html>".into(),
    ]
});

/// Streams of compound files with bytes of any kind behind a plausible head.
fn streams() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let name = prop::sample::select(vec![
        "/WordDocument",
        "/Workbook",
        "/PowerPoint Document",
        "/\u{5}SummaryInformation",
        "/\u{5}DocumentSummaryInformation",
        "/\u{1}Ole10Native",
        "/__substg1.0_1000001F",
    ]);
    (name, prop::collection::vec(any::<u8>(), 0..2000))
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..3000), name in "[a-z]{0,4}\\.(csv|txt|html)") {
        holds(&name, &bytes);
    }

    #[test]
    fn any_text_is_survived(text in "(<[a-z!/?-]{0,9}[ =\"'a-z]{0,9}>?|&#?[x0-9a-z]{0,6};?|[{}\\\\a-z0-9']{0,9}|\\PC{0,9}){0,60}") {
        holds("a.html", format!("<html>{text}").as_bytes());
        holds("a.rtf", format!("{{\\rtf1{text}").as_bytes());
        holds("a.docx", &docx(&text, &[("docProps/core.xml", &text), ("word/y.xml", &text)]));
        holds("a.xlsx", &xlsx(&text.replace(['<', '"'], ""), &text, &[&text], &[("xl/styles.xml", &text)]));
        let _ = mask("a.docx", &docx(&text, &[]), &[("a".to_owned(), "*".to_owned())]);
    }

    #[test]
    fn mutated_files_are_survived(
        sample in 0usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
        shorter in any::<bool>(),
    ) {
        let mut bytes = SAMPLES[sample].clone();
        for (place, value) in changes {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if shorter {
            bytes.truncate(cut.index(bytes.len()));
        }
        holds("a.bin", &bytes);
        let _ = mask("a.bin", &bytes, &[("a".to_owned(), "*".to_owned())]);
    }

    #[test]
    fn any_stream_of_an_old_document_is_survived((name, mut bytes) in streams(), table in prop::collection::vec(any::<u8>(), 0..200)) {
        if name == "/WordDocument" && bytes.len() > 0x1b0 {
            bytes[..12].copy_from_slice(&[0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            bytes[0x1a2..0x1aa].copy_from_slice(&[0, 0, 0, 0, 200, 0, 0, 0]);
        }
        holds("a.doc", &super::samples::compound(&[(name, &bytes), ("/0Table", &[&[2u8, 40, 0, 0, 0], table.as_slice()].concat())]));
    }

    #[test]
    fn any_content_of_a_page_is_survived(content in prop::collection::vec(any::<u8>(), 0..500), words in "([(<\\[/]?[a-zA-Z0-9 .-]{0,5}[)>\\]]?(Tj|TJ|Tf|Td|Tm|BT|ET|q|Q|Do|cm|BI|ID|EI)? ){0,40}") {
        for content in [content.as_slice(), words.as_bytes()] {
            let objects = [
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>".to_vec(),
                stream("/Subtype /Form", content),
                b"<< /Type /Font /Subtype /Type1 >>".to_vec(),
            ];
            holds("a.pdf", &pdf(&objects, ""));
        }
    }
}
