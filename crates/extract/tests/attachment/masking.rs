use super::samples::{WORD, docx, id_number, numeric_id, read, utf16, xlsx, zip};
use extract::attachment::mask;

fn stars(id: &str) -> String {
    format!("{}********{}", &id[..6], &id[14..])
}

fn pair(id: &str) -> Vec<(String, String)> {
    vec![(id.to_owned(), stars(id))]
}

#[test]
fn a_word_document_is_masked_everywhere_also_across_runs() {
    let id = id_number(1);
    let split = format!(
        "<w:p><w:r><w:t>{}</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r><w:r><w:t>{}</w:t></w:r></w:p>\
         <w:p><w:del w:author=\"x\"><w:r><w:delText>{id}</w:delText></w:r></w:del></w:p>",
        &id[..4],
        &id[4..11],
        &id[11..]
    );
    let comments = format!("<w:comments {WORD}><w:p><w:r><w:t>{id}</w:t></w:r></w:p></w:comments>");
    let core = format!("<cp><dc:title>{id}</dc:title></cp>");
    let links = format!("<Relationships><Relationship TargetMode=\"External\" Target=\"tel:{id}\"/></Relationships>");
    let file = docx(
        &split,
        &[("word/comments.xml", &comments), ("docProps/core.xml", &core), ("word/_rels/document.xml.rels", &links)],
    );
    let masked = mask("a.docx", &file, &pair(&id)).unwrap();
    assert_eq!(masked.replaced, 5);
    let found = read("a.docx", &masked.bytes);
    assert!(!found.all_text().contains(&id));
    assert_eq!(found.all_text().matches(&stars(&id)).count(), 5, "{}", found.all_text());
}

#[test]
fn a_workbook_is_masked_in_strings_numbers_comments_and_caches() {
    let id = numeric_id();
    let sheet = format!(
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
         <c r=\"B1\" s=\"0\"><v>{id}</v></c><c r=\"C1\" t=\"str\"><f>\"{id}\"</f><v>{id}</v></c><c r=\"D1\"><v>5</v></c></row></sheetData>"
    );
    let comments = format!(
        "<comments><comment><text><r><t>{}</t></r><r><t>{}</t></r></text></comment></comments>",
        &id[..5],
        &id[5..]
    );
    let cache = format!("<pivotCacheRecords><r><n v=\"{id}\"/></r></pivotCacheRecords>");
    let file = xlsx(
        "visible",
        &sheet,
        &["用不到的", &id],
        &[("xl/comments1.xml", &comments), ("xl/pivotCache/pivotCacheRecords1.xml", &cache)],
    );
    let masked = mask("a.xlsx", &file, &pair(&id)).unwrap();
    let found = read("a.xlsx", &masked.bytes);
    assert!(!found.all_text().contains(&id), "{}", found.text);
    assert_eq!(found.text.matches(&stars(&id)).count(), 5, "{}", found.text);
    assert!(found.text.contains(&format!("用不到的\t{0}\t{0}\t5\t", stars(&id))), "{}", found.text);
}

#[test]
fn slides_spreadsheets_of_the_open_kind_and_documents_inside_are_masked() {
    let id = numeric_id();
    let slide =
        format!("<p:sld><a:p><a:r><a:t>{}</a:t></a:r><a:r><a:t>{}</a:t></a:r></a:p></p:sld>", &id[..3], &id[3..]);
    let inner = docx(&format!("<w:p><w:r><w:t>{id}</w:t></w:r></w:p>"), &[]);
    let slides = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
        ("ppt/embeddings/a.docx", &inner),
    ]);
    let masked = mask("a.pptx", &slides, &pair(&id)).unwrap();
    assert_eq!(read("a.pptx", &masked.bytes).text.matches(&stars(&id)).count(), 2);
    let content = format!(
        "<d><t:table><t:table-row><t:table-cell office:value-type=\"float\" office:value=\"{id}\"><x:p>{id}</x:p></t:table-cell></t:table-row></t:table></d>"
    );
    let book =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    let masked = mask("a.ods", &book, &pair(&id)).unwrap();
    let found = read("a.ods", &masked.bytes);
    assert!(found.text.contains(&stars(&id)) && !found.text.contains(&id), "{}", found.text);
}

#[test]
fn text_files_keep_their_encoding() {
    let id = id_number(3);
    let text = format!("姓名,号码\n张三,{id}\n");
    for bytes in [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        [&[0xff, 0xfe][..], &utf16(&text)].concat(),
        encoding_rs::GBK.encode(&text).0.into_owned(),
    ] {
        let masked = mask("a.csv", &bytes, &pair(&id)).unwrap();
        assert_eq!(masked.replaced, 1);
        assert_eq!(read("a.csv", &masked.bytes).text, text.replace(&id, &stars(&id)));
        assert_eq!(masked.bytes[..2], bytes[..2]);
    }
}

#[test]
fn what_cannot_be_masked_is_refused_with_what_to_do() {
    let id = id_number(4);
    for (bytes, expected) in [
        (&b"%PDF-1.4 x"[..], "PDF 不能自动遮盖，请在原文件中处理后重新上传"),
        (&b"{\\rtf1 x}"[..], "RTF 不能自动遮盖，请在原文件中处理后重新上传"),
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "DOC、XLS、PPT 旧格式 不能自动遮盖，请在原文件中处理后重新上传"),
        (&zip(&[("a.txt", b"x")])[..], "压缩包 不能自动遮盖，请在原文件中处理后重新上传"),
    ] {
        assert_eq!(mask("a", bytes, &pair(&id)).unwrap_err().sentence(), expected);
    }
    assert!(mask("a.txt", b"x", &[]).is_err());
    assert!(mask("a.txt", b"x", &[("1".to_owned(), "11".to_owned())]).is_err());
}

#[test]
fn a_copy_in_which_the_string_can_still_be_found_is_not_handed_out() {
    let id = id_number(5);
    // Two paragraphs hold a half each: read together without white space they show the number again.
    let halves = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>{}</w:t></w:r></w:p>", &id[..9], &id[9..]);
    let error = mask("a.docx", &docx(&halves, &[]), &pair(&id)).unwrap_err();
    assert!(error.sentence().contains("仍能找到"), "{error}");
    // A member that cannot be read may hold it too.
    let unread = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:document/>"),
        ("word/embeddings/a.bin", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 14]),
    ]);
    assert!(mask("a.docx", &unread, &pair(&id)).unwrap_err().sentence().contains("不能保证遮盖干净"));
}
