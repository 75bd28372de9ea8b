//! The least that Word and Excel open.

use super::archive;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument";

pub(super) fn word(sentence: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{space}\"><w:body><w:p><w:r><w:t>登记表</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{sentence}</w:t></w:r></w:p></w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", types("/word/document.xml", "wordprocessingml.document.main+xml", "").as_bytes()),
        ("_rels/.rels", root("word/document.xml").as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

pub(super) fn sheet(sentence: &str, number: usize) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"{space}\" xmlns:r=\"{OFFICE}\"><sheets>\
         <sheet name=\"登记表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{space}\"><sheetData><row r=\"1\">\
         <c r=\"A1\" t=\"inlineStr\"><is><t>{sentence}</t></is></c><c r=\"B1\"><v>{number}</v></c></row></sheetData></worksheet>"
    );
    let relations = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let more = format!(
        "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{MAIN}.spreadsheetml.worksheet+xml\"/>"
    );
    archive(&[
        ("[Content_Types].xml", types("/xl/workbook.xml", "spreadsheetml.sheet.main+xml", &more).as_bytes()),
        ("_rels/.rels", root("xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn types(part: &str, kind: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"{part}\" ContentType=\"{MAIN}.{kind}\"/>{more}</Types>"
    )
}

fn root(target: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"{target}\"/></Relationships>"
    )
}
