//! Reading word lists of other people: CSV with a heading, or plain lines.
//!
//! Public lists are untidy: several encodings, commas or `|` between words on one line, numbers and weights behind a
//! word, blank lines, comments, the same word ten times. Whatever can be read is read; every line that cannot is listed
//! with the reason, and the rest goes on.

use std::collections::HashSet;

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    finding::Severity,
    lexicon::{Entry, compiled::usable, fold::Folded, import_csv},
};

/// A line that brought no word.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Rejected {
    /// Counted from 1.
    pub line: usize,
    /// The line, cut to 80 characters.
    pub text: String,
    /// Plain Chinese.
    pub reason: String,
}

/// What a file brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The words, each once.
    pub entries: Vec<Entry>,
    /// Words that were there more than once; only the first one counts.
    pub repeated: usize,
    /// Lines that could not be used.
    pub rejected: Vec<Rejected>,
}

/// Bytes of a file at most.
pub const MAX_FILE: usize = 32 * 1024 * 1024;

/// Reads a list. `severity` and `pinyin` are for words that say nothing of it themselves.
///
/// # Errors
/// A sentence in plain Chinese when the file as a whole cannot be read.
pub fn import(bytes: &[u8], severity: Option<Severity>, pinyin: bool) -> Result<Imported, String> {
    if bytes.len() > MAX_FILE {
        return Err(format!("文件超过{}MB，请拆分成几个文件分别导入。", MAX_FILE / 1024 / 1024));
    }
    let text = decode(bytes)?;
    let mut reading = Reading { imported: Imported::default(), seen: HashSet::new(), severity, pinyin };
    if import_csv::has_heading(&text) {
        import_csv::read(&text, &mut reading)?;
    } else {
        for (number, line) in text.lines().enumerate() {
            read_line(number + 1, line, &mut reading);
        }
    }
    if reading.imported.entries.is_empty() && reading.imported.rejected.is_empty() {
        return Err("文件里没有词。请每行写一个词，或使用带表头的CSV文件（第一列为“词”）。".to_owned());
    }
    Ok(reading.imported)
}

/// Words read so far.
pub(super) struct Reading {
    imported: Imported,
    seen: HashSet<String>,
    severity: Option<Severity>,
    pinyin: bool,
}

impl Reading {
    pub(super) fn take(&mut self, line: usize, text: &str, mut entry: Entry) {
        if let Err(reason) = usable(&entry.word) {
            self.reject(line, text, reason);
            return;
        }
        let folded = String::from_utf16_lossy(&Folded::of(&entry.word).codes);
        if !self.seen.insert(folded) {
            self.imported.repeated += 1;
            return;
        }
        entry.severity = entry.severity.or(self.severity);
        entry.pinyin |= self.pinyin;
        self.imported.entries.push(entry);
    }

    pub(super) fn reject(&mut self, line: usize, text: &str, reason: impl Into<String>) {
        let text = text.chars().take(80).collect();
        self.imported.rejected.push(Rejected { line, text, reason: reason.into() });
    }
}

/// One line of a list without heading: `词`, `词,词,词`, `词|词`, `正-误`, `误→正`, `词<tab>weight`.
fn read_line(number: usize, line: &str, reading: &mut Reading) {
    let bare = line
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | ',' | '，' | '、' | ';' | '；' | '|'));
    if bare.is_empty() || bare.starts_with('#') || bare.starts_with("//") {
        return;
    }
    for (from, arrow) in [("→", true), ("=>", true), ("->", true), ("——", true)] {
        if let Some((wrong, right)) = bare.split_once(from).filter(|_| arrow) {
            let (wrong, right) = (wrong.trim(), right.trim());
            if right.is_empty() || wrong == right {
                reading.reject(number, line, "箭头右边应写建议改成的词。");
                return;
            }
            reading.take(number, line, Entry { suggestion: Some(right.to_owned()), ..Entry::new(wrong) });
            return;
        }
    }
    // `正-误` of lists of common errors: two Chinese words of equal length parted by one hyphen.
    if let Some((right, wrong)) = bare.split_once('-')
        && right.chars().count() == wrong.chars().count()
        && [right, wrong].iter().all(|word| !word.is_empty() && word.chars().all(domain::identifier::normalise::is_han))
    {
        reading.take(number, line, Entry { suggestion: Some(right.to_owned()), ..Entry::new(wrong) });
        return;
    }
    let parts = bare.split(['\t', ',', '，', '、', ';', '；', '|']).map(str::trim).filter(|part| !part.is_empty());
    for (place, part) in parts.enumerate() {
        // A number behind a word is its weight or number, not a word.
        if place > 0 && part.chars().all(|c| c.is_ascii_digit() || c == '.') {
            continue;
        }
        reading.take(number, line, Entry::new(part));
    }
}

/// The text of a file in UTF-8, UTF-16 (with mark) or GB 18030.
fn decode(bytes: &[u8]) -> Result<String, String> {
    let (encoding, skip) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (UTF_8, 3),
        [0xFF, 0xFE, ..] => (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (UTF_16BE, 2),
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        _ => (GB18030, 0),
    };
    let (text, wrong) = encoding.decode_without_bom_handling(&bytes[skip..]);
    if wrong || text.contains('\0') {
        return Err(
            "文件的文字编码无法识别（可能是Word、Excel文件或压缩包）。请另存为UTF-8编码的TXT或CSV后再导入。".to_owned()
        );
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        import(text.as_bytes(), None, false).unwrap().entries.into_iter().map(|entry| entry.word).collect()
    }

    #[test]
    fn untidy_lists_are_read() {
        for (text, expected) in [
            ("甲词\n乙词\n", vec!["甲词", "乙词"]),
            ("甲词,乙词，丙词,\n", vec!["甲词", "乙词", "丙词"]),
            ("甲词\t12\n乙词 \r\n\n# 注\n", vec!["甲词", "乙词"]),
            ("甲词|乙词", vec!["甲词", "乙词"]),
            ("甲词\n甲 词\n", vec!["甲词"]),
            ("www.example.com\n", vec!["www.example.com"]),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn pairs_bring_their_correction() {
        for text in ["部署-布署", "布署→部署", "布署=>部署"] {
            let entries = import(text.as_bytes(), None, false).unwrap().entries;
            assert_eq!((entries[0].word.as_str(), entries[0].suggestion.as_deref()), ("布署", Some("部署")), "{text}");
        }
    }

    #[test]
    fn unusable_lines_are_listed_and_the_rest_goes_on() {
        let long = "长".repeat(80);
        let imported = import(format!("甲词\na\n***\n{long}\n布署→\n乙词").as_bytes(), None, false).unwrap();
        assert_eq!(imported.entries.len(), 2);
        assert_eq!(imported.rejected.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert!(imported.rejected.iter().all(|one| one.reason.ends_with('。')));
    }

    #[test]
    fn files_in_the_encodings_of_old_office_machines_are_read() {
        let (gbk, ..) = GB18030.encode("甲词\r\n乙词");
        assert_eq!(import(&gbk, None, false).unwrap().entries.len(), 2);
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("甲词".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(import(&utf16, None, false).unwrap().entries[0].word, "甲词");
        assert!(import(b"PK\x03\x04\x00\x00\x00", None, false).unwrap_err().contains("另存为"));
        assert!(import(b"\n\n", None, false).unwrap_err().contains("没有词"));
    }
}
