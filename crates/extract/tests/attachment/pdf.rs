use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};

use super::samples::{gbk, hidden, id_number, pdf, read, shown, stream, zip};
use extract::attachment::{AttachmentKind, Extracted};

/// A PDF with one page: its content, its fonts and other resources, more objects (from 6 on).
fn page(content: &[u8], resources: &str, page: &str, catalog: &str, trailer: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {resources} >> {page} >>").into_bytes(),
        stream("", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf(&objects, trailer)
}

const LATIN: &str = "/Font << /F1 5 0 R >>";

fn simple(content: &str) -> Extracted {
    read("a.pdf", &page(content.as_bytes(), LATIN, "", "", "", &[]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn pieces_of_a_line_are_put_together_and_cells_are_kept_apart() {
    let id = id_number(1);
    let content = format!(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm (ID) Tj 100 0 Td ({}) Tj 50 0 Td ({}) Tj ET \
         BT /F1 10 Tf 50 680 Td [(1380) -50 (000) 20 (1111)] TJ T* ET BT /F1 10 Tf 50 660 Td (over) Tj ET",
        &id[..10],
        &id[10..]
    );
    let found = simple(&content);
    assert_eq!(found.kind, AttachmentKind::Pdf);
    assert_eq!(found.text, format!("ID\t{id}\n13800001111\nover\n"));
    assert!(found.complete && found.hidden.is_empty(), "{:?}", found.notices);
}

#[test]
fn invisible_text_text_off_the_page_and_layers_switched_off_are_hidden_text() {
    let content = b"BT /F1 10 Tf 50 700 Td (seen) Tj 3 Tr 0 -20 Td (invisible) Tj 0 Tr ET \
        BT /F1 10 Tf 5000 700 Td (outside) Tj ET /OC /L1 BDC BT /F1 10 Tf 50 600 Td (layer) Tj ET EMC \
        BT /F1 10 Tf 50 500 Td (last) Tj ET";
    let resources = format!("{LATIN} /Properties << /L1 6 0 R >>");
    let catalog = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>";
    let found = read("a.pdf", &page(content, &resources, "", catalog, "", &[b"<< /Type /OCG /Name (x) >>".to_vec()]));
    assert!(shown(&found, "seen") && shown(&found, "last"));
    assert!(hidden(&found, "invisible") && hidden(&found, "outside") && hidden(&found, "layer"));
}

fn composite(encoding: &str, ordering: &str, to_unicode: Option<&str>, text: &[u8]) -> Extracted {
    let content = format!("BT /F2 10 Tf 50 700 Td <{}> Tj ET", hex(text));
    let unicode = if to_unicode.is_some() { "/ToUnicode 8 0 R" } else { "" };
    let mut more = vec![
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding} /DescendantFonts [7 0 R] {unicode} >>").into_bytes(),
        format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >> >>").into_bytes(),
    ];
    more.extend(to_unicode.map(|map| stream("", map.as_bytes())));
    read("a.pdf", &page(content.as_bytes(), "/Font << /F2 6 0 R >>", "", "", "", &more))
}

#[test]
fn chinese_fonts_are_read_with_predefined_maps_and_with_maps_of_their_own() {
    let text = "身份证号 110";
    let big_endian: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(composite("GBK-EUC-H", "GB1", None, &gbk(text)).text, format!("{text}\n"));
    assert_eq!(composite("UniGB-UCS2-H", "GB1", None, &big_endian).text, format!("{text}\n"));
    assert_eq!(composite("UniGB-UTF16-H", "GB1", None, &big_endian).text, format!("{text}\n"));
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
               1 beginbfchar <0001> <8eab> endbfchar 1 beginbfrange <0002> <0003> <4efd> endbfrange endcmap";
    assert_eq!(composite("Identity-H", "Identity", Some(map), &[0, 1, 0, 2]).text, "身份\n");
    // Character 17 of the Adobe-GB1 collection is the digit 0.
    assert_eq!(composite("Identity-H", "GB1", None, &[0, 17, 0, 18]).text, "01\n");
}

#[test]
fn a_font_without_any_map_makes_the_result_incomplete() {
    let found = composite("Identity-H", "Identity", None, &[0, 1, 0, 2]);
    assert!(!found.complete && found.notices[0].contains("编码对照"), "{:?}", found.notices);
}

#[test]
fn names_of_glyphs_and_forms_inside_a_page_are_read() {
    let content = b"BT /F3 10 Tf 50 700 Td (ab) Tj ET q /X1 Do Q";
    let font =
        b"<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [97 /one /uni4E2D] >> >>".to_vec();
    let form = stream(
        "/Type /XObject /Subtype /Form /Resources << /Font << /F1 5 0 R >> /XObject << /X1 7 0 R >> >>",
        b"BT /F1 9 Tf 50 600 Td (inside) Tj ET /X1 Do",
    );
    let found =
        read("a.pdf", &page(content, "/Font << /F3 6 0 R >> /XObject << /X1 7 0 R >>", "", "", "", &[font, form]));
    assert!(found.text.starts_with("1中\ninside\n"), "{:?}", found.text);
}

#[test]
fn text_that_stands_for_drawn_glyphs_is_told_apart_from_text_that_says_something_else() {
    let content = b"/Span << /ActualText (ab) >> BDC BT /F1 9 Tf 50 700 Td (ab) Tj ET EMC \
        /Span << /ActualText (13800001111) >> BDC BT /F1 9 Tf 50 600 Td (other) Tj ET EMC";
    let found = read("a.pdf", &page(content, LATIN, "", "", "", &[]));
    assert_eq!(found.text.matches("ab").count(), 1);
    assert!(shown(&found, "ab") && shown(&found, "other") && hidden(&found, "13800001111"), "{:?}", found.text);
}

#[test]
fn notes_fields_links_bookmarks_properties_and_embedded_files_are_read() {
    let ids: Vec<String> = (20..27).map(id_number).collect();
    let wide =
        |text: &str| format!("<feff{}>", hex(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()));
    let more = vec![
        format!("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({}) /T {} >>", ids[0], wide("批注人"))
            .into_bytes(),
        format!("<< /Type /Annot /Subtype /Widget /FT /Tx /T (phone) /V ({}) /Rect [0 0 9 9] >>", ids[1]).into_bytes(),
        format!("<< /Title {} /Author {} >>", wide("标题"), wide(&ids[2])).into_bytes(),
        format!("<< /Title {} /Parent 1 0 R /A << /S /URI /URI (tel:{}) >> >>", wide("书签"), ids[3]).into_bytes(),
        b"<< /Type /Filespec /UF (a.txt) /EF << /F 11 0 R >> >>".to_vec(),
        stream("/Type /EmbeddedFile", ids[4].as_bytes()),
        format!("<< /Type /StructElem /Alt ({}) >>", ids[5]).into_bytes(),
        b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 14 0 R >> >>".to_vec(),
        stream("/Subtype /Form", format!("BT /F1 9 Tf 60 300 Td ({}) Tj ET", ids[6]).as_bytes()),
    ];
    let annotations = "/Annots [6 0 R 7 0 R 13 0 R]";
    let file = page(b"BT /F1 9 Tf 50 700 Td (page) Tj ET", LATIN, annotations, "", "/Info 8 0 R", &more);
    let found = read("a.pdf", &file);
    let all = found.all_text();
    for (index, id) in ids.iter().enumerate() {
        assert!(all.contains(id), "hiding place {index}: {all}");
    }
    assert!(all.contains("书签") && all.contains("a.txt"));
    assert!(found.properties.contains(&("批注或修订人".to_owned(), "批注人".to_owned())), "{:?}", found.properties);
    assert!(found.properties.contains(&("标题".to_owned(), "标题".to_owned())));
    assert!(shown(&found, "page") && shown(&found, &ids[6]) && hidden(&found, &ids[0]) && hidden(&found, &ids[5]));
}

#[test]
fn a_page_of_pictures_is_taken_for_a_scan() {
    let picture = stream("/Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode", &[0xff; 3000]);
    let found = read("a.pdf", &page(b"q /I Do Q", "/XObject << /I 6 0 R >>", "", "", "", &[picture]));
    assert!(!found.complete && found.notices[0].starts_with("第 1 页没有文字，疑为扫描件"), "{:?}", found.notices);
    assert_eq!(found.pictures.len(), 1);
    assert!(simple("").complete, "an empty page is no scan");
}

fn encrypted(password: &str) -> Vec<u8> {
    let plain = page(b"BT /F1 9 Tf 50 700 Td (13800001111) Tj ET", LATIN, "", "", "", &[]);
    let mut document = Document::load_mem(&plain).unwrap();
    let id = || Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document.trailer.set("ID", Object::Array(vec![id(), id()]));
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_file_encrypted_without_a_password_to_open_is_read_and_one_with_it_is_named() {
    let found = read("a.pdf", &encrypted(""));
    assert!(found.text.contains("13800001111") && found.complete, "{:?} {:?}", found.text, found.notices);
    let found = read("a.pdf", &encrypted("secret"));
    assert!(!found.complete && found.notices[0].contains("加密"), "{:?}", found.notices);
    let archive = read("a.zip", &zip(&[("b.pdf", &encrypted("secret"))]));
    assert!(!archive.complete && archive.notices[0].starts_with("“b.pdf”：PDF 已加密"));
}
