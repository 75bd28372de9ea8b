//! Real documents, made in code.

mod office;
mod pdf;

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// The kinds in turn.
pub(crate) fn kind_of(number: usize) -> &'static str {
    ["docx", "pdf", "xlsx", "txt", "zip"][number / 5 % 5]
}

pub(crate) fn address_of(number: usize) -> String {
    format!("/uploadfile/{}/{number}.{}", 2009 + number * 13 % 12, kind_of(number))
}

pub(crate) fn name_of(number: usize) -> String {
    format!("附件{number}：示例登记表.{}", kind_of(number))
}

/// Stands in the document's text.
pub(crate) fn sentence(number: usize) -> String {
    format!("示例附件第{number}号，内容均为虚构")
}

pub(crate) fn media_type(number: usize) -> &'static str {
    match kind_of(number) {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pdf" => "application/pdf",
        "zip" => "application/x-zip-compressed",
        _ => "text/plain",
    }
}

/// The document's bytes.
pub(crate) fn bytes_of(number: usize) -> Vec<u8> {
    let sentence = sentence(number);
    match kind_of(number) {
        "docx" => office::word(&sentence),
        "xlsx" => office::sheet(&sentence, number),
        "pdf" => pdf::page(&sentence),
        "zip" => archive(&[
            ("说明.txt", encoding_rs::GBK.encode(&sentence).0.as_ref()),
            ("登记表.docx", &office::word(&sentence)),
        ]),
        _ => encoding_rs::GBK.encode(&sentence).0.into_owned(),
    }
}

/// A ZIP of these members; the same members make the same bytes.
pub(super) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in members {
        archive.start_file(*name, options).expect("the name is short and new");
        archive.write_all(bytes).expect("memory takes everything");
    }
    archive.finish().expect("memory takes everything").into_inner()
}
