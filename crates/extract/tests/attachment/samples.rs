//! Sample files put together by hand, and sample ID numbers with a right check digit that belong to nobody.

use std::io::{Cursor, Write};

use extract::attachment::{Extracted, Limits, extract};
use zip::write::SimpleFileOptions;

/// An ID number of a made-up person: area and birthday that were never given out, the check digit computed.
pub fn id_number(sequence: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let digits = format!("15990018000101{sequence:03}");
    let sum: u32 = digits.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{digits}{}", CHECKS[(sum % 11) as usize])
}

/// Some ID number whose check digit is a digit, so that it can be stored as a number too.
pub fn numeric_id() -> String {
    (1..).map(id_number).find(|id| !id.ends_with('X')).unwrap()
}

pub fn read(name: &str, bytes: &[u8]) -> Extracted {
    extract(name, bytes, &Limits::default()).unwrap()
}

/// Whether all of a string is marked hidden where it stands.
pub fn hidden(found: &Extracted, text: &str) -> bool {
    let at = found.text.find(text).unwrap_or_else(|| panic!("{text} is not in {:?}", found.text));
    (at..at + text.len()).all(|place| found.is_hidden(place))
}

/// Whether none of a string is marked hidden where it stands.
pub fn shown(found: &Extracted, text: &str) -> bool {
    let at = found.text.find(text).unwrap_or_else(|| panic!("{text} is not in {:?}", found.text));
    (at..at + text.len()).all(|place| !found.is_hidden(place))
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn package(fixed: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut members: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<Types/>")];
    members.extend(fixed.iter().map(|(name, text)| (*name, text.as_bytes())));
    members.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&members)
}

pub const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A DOCX whose body is given as WordprocessingML.
pub fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {WORD}><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", &document)], more)
}

/// An XLSX with one sheet, its state and sheet XML given; shared strings and styles too.
pub fn xlsx(state: &str, sheet: &str, strings: &[&str], more: &[(&str, &str)]) -> Vec<u8> {
    let workbook = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"名单\" sheetId=\"1\" state=\"{state}\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let strings: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    let strings = format!("<sst>{strings}</sst>");
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let fixed = [
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    package(&fixed, more)
}

/// A compound file of the given streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        let parent = std::path::Path::new(path).parent().unwrap();
        file.create_storage_all(parent).unwrap();
        file.create_stream(path).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A PDF of numbered objects (from 1 on); object 1 is the catalog.
pub fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    file.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    file
}

pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}
