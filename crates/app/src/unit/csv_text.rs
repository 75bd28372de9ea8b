//! Tables as people's office software writes them: UTF-8 with or without a byte-order mark, or GB18030 (the default of
//! Chinese Excel), separated by commas or tabs.

use serde::Serialize;

use crate::{AppError, AppResult};

/// How the bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// GB18030 with GBK and GB 2312 inside it.
    Gb18030,
    /// UTF-16 with a byte-order mark (“Unicode 文本”).
    Utf16,
}

/// Reads a file that a person uploaded.
///
/// # Errors
/// [`AppError::Invalid`] of `field` when it is empty, or neither UTF-8, UTF-16 nor GB18030.
pub fn decode(field: &str, bytes: &[u8]) -> AppResult<(String, Encoding)> {
    if bytes.is_empty() {
        return Err(AppError::invalid(field, "文件是空的，请选择含有内容的CSV文件。"));
    }
    // A spreadsheet or an archive would decode to nonsense: say so at once.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(AppError::invalid(field, "这是Excel工作簿，请用“另存为”保存成CSV格式后再上传。"));
    }
    let (encoding, rest) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, bytes),
        None => (encoding_rs::GB18030, bytes),
    };
    let kind = match encoding.name() {
        "UTF-8" => Encoding::Utf8,
        "gb18030" => Encoding::Gb18030,
        _ => Encoding::Utf16,
    };
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) if !text.contains('\0') => Ok((text.into_owned(), kind)),
        _ => Err(AppError::invalid(field, "文件编码无法识别。请保存为“CSV UTF-8”或“CSV（逗号分隔）”后再上传。")),
    }
}

/// The rows of a table with the number of the line on which each begins. Rows without any content are left out.
pub(super) fn rows(field: &str, text: &str) -> AppResult<Vec<(u64, Vec<String>)>> {
    let first = text.lines().next().unwrap_or("");
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| AppError::invalid(field, format!("文件不是规范的CSV：{error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|cell| plain(cell).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    Ok(rows)
}

/// A table that office software opens without garbling (byte-order mark, CRLF) and without running formulas.
pub(super) fn write<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> AppResult<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(defused).collect();
        writer.write_record(&cells).map_err(AppError::internal)?;
    }
    let bytes = writer.into_inner().map_err(AppError::internal)?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes).map_err(AppError::internal)?))
}

const RISKY: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that starts like a formula would be run by office software; a leading apostrophe stops that.
fn defused(cell: &str) -> String {
    if cell.starts_with(RISKY) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell without spaces around it and without the apostrophe of [`defused`].
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(RISKY) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_office_software_are_read() {
        let text = "代码,名称\r\nsl-a,示例单位";
        let utf8_with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let (gb, _, failed) = encoding_rs::GB18030.encode(text);
        assert!(!failed);
        let utf16: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(|unit: u16| unit.to_le_bytes()).collect();
        for (bytes, encoding) in [
            (text.as_bytes(), Encoding::Utf8),
            (&utf8_with_mark, Encoding::Utf8),
            (&gb, Encoding::Gb18030),
            (&utf16, Encoding::Utf16),
        ] {
            assert_eq!(decode("file", bytes).unwrap(), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn workbooks_and_nonsense_are_refused_with_advice() {
        for bytes in [b"".as_slice(), b"PK\x03\x04rest", b"\x00\x01\x02", b"\xff\xff\xff"] {
            assert!(decode("file", bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = write([vec!["代码", "名称"], vec!["=1+1", "示例,“甲”\"乙\""], vec!["-a", ""]]).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("'=1+1"));
        let cells: Vec<Vec<String>> = rows("file", &text[3..]).unwrap().into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(cells, [vec!["代码", "名称"], vec!["=1+1", "示例,“甲”\"乙\""], vec!["-a", ""]]);
    }
}
