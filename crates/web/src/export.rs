//! Lists as CSV files that office software opens without garbling and without running formulas.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::error_page::percent_encode;

/// Rows exported at most.
pub const MAX_ROWS: u64 = 20_000;

/// A CSV download; `file_name` without ending.
pub fn csv(file_name: &str, header_row: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Response {
    // The byte-order mark makes office software read UTF-8.
    let mut text = String::from('\u{feff}');
    push_row(&mut text, header_row.iter().copied());
    for row in rows {
        push_row(&mut text, row.iter().map(String::as_str));
    }
    let disposition =
        format!("attachment; filename=\"export.csv\"; filename*=UTF-8''{}.csv", percent_encode(file_name));
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

fn push_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push('"');
        // A cell that starts like a formula would be run by office software; a leading apostrophe stops that.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_defused() {
        let mut text = String::new();
        push_row(&mut text, ["a\"b", "=1+1", "示例,二"].into_iter());
        assert_eq!(text, "\"a\"\"b\",\"'=1+1\",\"示例,二\"\r\n");
    }
}
