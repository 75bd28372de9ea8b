use super::samples::{WORD, docx, hidden, id_number, numeric_id, read, shown, xlsx, zip};
use extract::attachment::AttachmentKind;

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_word_document_gives_its_text_its_tables_and_its_hidden_runs() {
    let (one, two, three) = (id_number(1), id_number(2), id_number(3));
    let body = format!(
        "{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:t>身份证</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{one}</w:t></w:r></w:p>\
         <w:p><w:del w:author=\"审核员甲\"><w:r><w:delText>{two}</w:delText></w:r></w:del>\
         <w:ins w:author=\"审核员乙\"><w:r><w:t>已改</w:t></w:r></w:ins></w:p>\
         <w:p><w:r><w:t>{}</w:t></w:r><w:r><w:t>{}</w:t></w:r></w:p>",
        paragraph("通知"),
        paragraph("姓名"),
        paragraph("电话"),
        paragraph("甲"),
        paragraph("乙"),
        &three[..7],
        &three[7..],
    );
    let found = read("通知.docx", &docx(&body, &[]));
    assert_eq!(found.kind, AttachmentKind::Docx);
    assert!(found.complete, "{:?}", found.notices);
    assert!(found.text.starts_with("通知\n姓名\t电话\t\n甲\t乙\t\n"), "{:?}", found.text);
    assert!(hidden(&found, &one) && hidden(&found, &two) && shown(&found, "已改") && shown(&found, &three));
    let people: Vec<&str> = found.properties.iter().map(|(_, value)| value.as_str()).collect();
    assert!(people.contains(&"审核员甲") && people.contains(&"审核员乙"), "{people:?}");
}

#[test]
fn a_word_document_gives_every_part_beside_its_text() {
    let ids: Vec<String> = (10..24).map(id_number).collect();
    let part = |root: &str, id: &str| format!("<w:{root} {WORD}>{}</w:{root}>", paragraph(id));
    let text_box = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr=\"图示{}\"/><wps:txbx><w:txbxContent>{}\
         </w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent>\
         </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Secret\"/></w:pPr>\
         <w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:instrText>DOCVARIABLE {}</w:instrText></w:r></w:p>",
        ids[0],
        paragraph(&ids[1]),
        paragraph(&ids[1]),
        ids[2],
        ids[3],
    );
    let links = format!(
        "<Relationships><Relationship Id=\"a\" TargetMode=\"External\" Target=\"mailto:{}@x.cn\"/></Relationships>",
        ids[4]
    );
    let core = format!(
        "<cp:coreProperties><dc:creator>{}</dc:creator><cp:lastModifiedBy>某某</cp:lastModifiedBy></cp:coreProperties>",
        ids[5]
    );
    let custom =
        format!("<Properties><property name=\"经办人\"><vt:lpwstr>{}</vt:lpwstr></property></Properties>", ids[6]);
    let styles =
        format!("<w:styles {WORD}><w:style w:styleId=\"Secret\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>");
    let header = part("hdr", &ids[7]);
    let footer = part("ftr", &ids[8]);
    let footnotes = part("footnotes", &ids[9]);
    let endnotes = part("endnotes", &ids[10]);
    let comments = part("comments", &ids[11]);
    let settings = format!(
        "<w:settings {WORD}><w:docVars><w:docVar w:name=\"a\" w:val=\"{}\"/></w:docVars></w:settings>",
        ids[12]
    );
    let chart = format!("<c:chartSpace><c:pt><c:v>{}</c:v></c:pt></c:chartSpace>", ids[13]);
    let file = docx(
        &text_box,
        &[
            ("word/styles.xml", &styles),
            ("word/header1.xml", &header),
            ("word/footer2.xml", &footer),
            ("word/footnotes.xml", &footnotes),
            ("word/endnotes.xml", &endnotes),
            ("word/comments.xml", &comments),
            ("word/settings.xml", &settings),
            ("word/charts/chart1.xml", &chart),
            ("word/_rels/document.xml.rels", &links),
            ("docProps/core.xml", &core),
            ("docProps/custom.xml", &custom),
        ],
    );
    let found = read("a.docx", &file);
    let all = found.all_text();
    for (index, id) in ids.iter().enumerate() {
        assert!(all.contains(id), "hiding place {index}: {all}");
    }
    assert_eq!(found.text.matches(&ids[1]).count(), 1, "the text box for old readers is no second one");
    for index in [0, 2, 3, 4, 11, 12, 13] {
        assert!(hidden(&found, &ids[index]), "{index}");
    }
    for index in [1, 7, 8, 9, 10] {
        assert!(shown(&found, &ids[index]), "{index}");
    }
    assert!(found.properties.contains(&("最后修改者".to_owned(), "某某".to_owned())));
    assert!(found.properties.contains(&("自定义属性“经办人”".to_owned(), ids[6].clone())));
    assert!(found.complete, "{:?}", found.notices);
}

#[test]
fn a_sheet_gives_hidden_rows_columns_and_numbers_in_full_digits() {
    let id = numeric_id();
    let sheet = format!(
        "<cols><col min=\"2\" max=\"2\" width=\"9\" hidden=\"1\"/></cols><sheetData>\
         <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>{id}</v></c><c r=\"C1\" s=\"1\"><v>45000</v></c></row>\
         <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1.3800001111E10</v></c></row>\
         <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r></is></c><c r=\"C3\" s=\"2\"><v>77</v></c>\
         <c r=\"D3\" t=\"str\"><f>\"藏在\"&amp;\"公式里\"</f><v>值</v></c></row></sheetData>\
         <headerFooter><oddHeader>&amp;L页眉文字</oddHeader></headerFooter>\
         <dataValidations><dataValidation prompt=\"请填电话\"><formula1>\"选项一,选项二\"</formula1></dataValidation></dataValidations>"
    );
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\";;;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
                  <xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    let found = read("a.xlsx", &xlsx("visible", &sheet, &["张三"], &[("xl/styles.xml", styles)]));
    assert_eq!(found.kind, AttachmentKind::Xlsx);
    assert!(
        found.text.contains(&format!("工作表：名单\n张三\t{id}\t2023-03-15\t\n13800001111\t\n甲乙\t\t77\t值")),
        "{:?}",
        found.text
    );
    assert!(
        hidden(&found, &id) && hidden(&found, "13800001111") && hidden(&found, "77") && shown(&found, "2023-03-15")
    );
    for text in ["页眉文字", "请填电话", "选项一", "藏在"] {
        assert!(found.text.contains(text), "{text}: {}", found.text);
    }
    assert!(found.complete, "{:?}", found.notices);
}

#[test]
fn a_workbook_gives_hidden_sheets_comments_unused_strings_and_caches() {
    let ids: Vec<String> = (30..38).map(id_number).collect();
    let sheet = format!("<sheetData><row><c t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData>", ids[0]);
    let comments = format!(
        "<comments><authors><author>批注人丙</author></authors><commentList><comment><text><r><t>{}</t></r></text></comment></commentList></comments>",
        ids[1]
    );
    let drawing =
        format!("<xdr:wsDr><xdr:cNvPr descr=\"{}\"/><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:wsDr>", ids[2], ids[3]);
    let cache = format!("<pivotCacheRecords><r><s v=\"{}\"/></r></pivotCacheRecords>", ids[4]);
    let external = format!("<externalLink><v>{}</v></externalLink>", ids[5]);
    let orphan = format!("<worksheet><sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData></worksheet>", ids[6]);
    let file = xlsx(
        "veryHidden",
        &sheet,
        &[&ids[7]],
        &[
            ("xl/comments1.xml", &comments),
            ("xl/drawings/drawing1.xml", &drawing),
            ("xl/pivotCache/pivotCacheRecords1.xml", &cache),
            ("xl/externalLinks/externalLink1.xml", &external),
            ("xl/worksheets/sheet9.xml", &orphan),
        ],
    );
    let found = read("a.xlsx", &file);
    for (index, id) in ids.iter().enumerate() {
        assert!(hidden(&found, id), "hiding place {index}");
    }
    assert!(found.text.contains("工作表：名单（深度隐藏）") && found.all_text().contains("批注人丙"));
}

#[test]
fn slides_come_in_order_with_hidden_ones_and_notes() {
    let ids: Vec<String> = (40..44).map(id_number).collect();
    let slide = |text: &str, show: &str| {
        format!(
            "<p:sld {show}><a:p><a:r><a:t>{}</a:t></a:r><a:r><a:t>{}</a:t></a:r></a:p></p:sld>",
            &text[..9],
            &text[9..]
        )
    };
    let relations = "<Relationships><Relationship Id=\"n\" Type=\"x/notesSlide\" Target=\"../notesSlides/notesSlide1.xml\"/></Relationships>";
    let found = read(
        "a.pptx",
        &zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("ppt/slides/slide2.xml", slide(&ids[1], "show=\"0\"").as_bytes()),
            ("ppt/slides/slide1.xml", slide(&ids[0], "").as_bytes()),
            ("ppt/slides/_rels/slide1.xml.rels", relations.as_bytes()),
            ("ppt/notesSlides/notesSlide1.xml", slide(&ids[2], "").as_bytes()),
            ("ppt/slideMasters/slideMaster1.xml", slide(&ids[3], "").as_bytes()),
        ]),
    );
    assert_eq!(found.kind, AttachmentKind::Pptx);
    let places: Vec<usize> = [0, 2, 1, 3].iter().map(|index| found.text.find(&ids[*index]).unwrap()).collect();
    assert!(places.is_sorted(), "{}", found.text);
    assert!(shown(&found, &ids[0]) && hidden(&found, &ids[1]) && hidden(&found, &ids[2]) && hidden(&found, &ids[3]));
}

#[test]
fn documents_inside_documents_are_read() {
    let id = id_number(50);
    let inner = xlsx("visible", &format!("<sheetData><row><c t=\"str\"><v>{id}</v></c></row></sheetData>"), &[], &[]);
    let body = paragraph("见嵌入表格");
    let document = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let outer = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", &inner),
        ("word/media/image1.png", b"\x89PNG...."),
    ]);
    let found = read("a.docx", &outer);
    assert!(found.text.contains(&id) && found.text.contains("word/embeddings/Microsoft_Excel_Sheet1.xlsx"));
    assert_eq!(found.pictures.len(), 1);
    assert_eq!(found.pictures[0].name, "word/media/image1.png");
}

#[test]
fn entities_a_file_declares_are_not_expanded() {
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
         <w:document {WORD}><w:body><w:p><w:r><w:t>&b;甲&amp;乙&#20013;</w:t></w:r></w:p></w:body></w:document>",
        "炸".repeat(1000)
    );
    let found = read("a.docx", &zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bomb.as_bytes())]));
    assert_eq!(found.text.trim(), "&b;甲&乙中");
}
