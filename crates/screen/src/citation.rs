//! Which documents a text cites: 《title》, 《title》（number）, and numbers alone.

use std::{ops::Range, sync::LazyLock};

use domain::identifier::DocumentNumber;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{subject::Subject, view::View};

/// A document as a text cites it; at least one of the two is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Title without 《》, blanks removed.
    pub title: Option<String>,
    /// Document number in its official spelling.
    pub document_number: Option<String>,
}

/// What a subject cites, each document once, in order: what the caller may look up for
/// [`Facts::documents`](crate::Facts::documents).
pub fn citations(subject: &Subject) -> Vec<Citation> {
    let view = View::of(subject);
    let mut found: Vec<Citation> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for text in view.prose() {
        for cited in cited(&text.text) {
            let citation = Citation {
                title: cited.title.map(|range| compact_title(&text.text[range])),
                document_number: cited.number.map(|(_, number)| number),
            };
            if seen.insert(citation.clone()) {
                found.push(citation);
            }
        }
    }
    found
}

/// One place at which a document is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cited {
    /// Bytes of the title between 《 and 》.
    pub(crate) title: Option<Range<usize>>,
    /// Bytes of the number as written, and its official spelling.
    pub(crate) number: Option<(Range<usize>, String)>,
    /// Stands within another title.
    pub(crate) nested: bool,
}

/// Bytes of the longest title.
const LONGEST_TITLE: usize = 400;
/// Bytes of the longest number in brackets.
const LONGEST_NUMBER: usize = 120;
/// Depth of titles within titles.
const DEEPEST: usize = 8;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\p{Han}{2,14})([〔\[［（(【][12][0-9]{3}[〕\]］）)】]第?[0-9]{1,5}号)")
        .expect("a constant expression")
});

/// All citations of a text in order.
pub(crate) fn cited(text: &str) -> Vec<Cited> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, mark) in text.match_indices(['《', '》', '〈', '〉']) {
        if matches!(mark, "《" | "〈") {
            open.retain(|start| at - start <= LONGEST_TITLE);
            if open.len() < DEEPEST {
                open.push(at);
            }
            continue;
        }
        let Some(start) = open.pop().filter(|start| at - start <= LONGEST_TITLE) else { continue };
        let title = start + mark.len()..at;
        if text[title.clone()].trim().is_empty() {
            continue;
        }
        let number = number_after(text, at + mark.len());
        found.push(Cited { title: Some(title), number, nested: !open.is_empty() });
    }
    let taken: Vec<Range<usize>> =
        found.iter().filter_map(|one| one.number.as_ref().map(|(range, _)| range.clone())).collect();
    for number in NUMBER.captures_iter(text) {
        let (Some(mark), Some(rest)) = (number.get(1), number.get(2)) else { continue };
        let at = taken.partition_point(|range| range.end < rest.end());
        if taken.get(at).is_some_and(|range| range.start <= rest.start()) {
            continue;
        }
        let mark = organ_mark(mark.as_str());
        if mark.chars().count() < 2 {
            continue;
        }
        if let Some(canonical) = DocumentNumber::correct(&format!("{mark}{}", rest.as_str())) {
            let range = rest.start() - mark.len()..rest.end();
            found.push(Cited { title: None, number: Some((range, canonical.into())), nested: false });
        }
    }
    found
}

/// （示政发〔2021〕12号） after a title.
fn number_after(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let rest = &text[at..];
    let bracket = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let start = at + bracket.len_utf8();
    let inside = text[start..].char_indices().take_while(|(place, _)| *place < LONGEST_NUMBER);
    let mut end = None;
    for (place, character) in inside {
        match character {
            // The number may be followed by 以下简称 …
            '号' => {
                end = Some(start + place + character.len_utf8());
                break;
            }
            '《' | '。' | '\n' | '，' => return None,
            _ => {}
        }
    }
    let range = start..end?;
    let number = DocumentNumber::correct(&text[range.clone()])?;
    Some((range, number.into()))
}

/// The mark without the words that lead up to it: 根据示政发 → 示政发.
fn organ_mark(before: &str) -> &str {
    const LEADING: &[&str] = &[
        "根据", "按照", "依据", "遵照", "依照", "执行", "印发", "下发", "转发", "文件", "通知", "和", "与", "及", "以",
        "的", "见", "照", "按", "由", "经", "在", "对", "是", "为", "即", "如", "用", "号", "等", "至",
    ];
    let cut = LEADING.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    &before[cut..]
}

/// A title as it is compared: without blanks, inner marks as 《》, brackets full-width.
pub(crate) fn compact_title(title: &str) -> String {
    title
        .chars()
        .filter(|c| !domain::identifier::normalise::is_blank(*c))
        .map(|c| match c {
            '〈' => '《',
            '〉' => '》',
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<(String, String)> {
        let part = |range: Option<Range<usize>>| range.map(|range| text[range].to_owned()).unwrap_or_default();
        let all = cited(text).into_iter();
        all.map(|one| (part(one.title), one.number.map(|(_, number)| number).unwrap_or_default())).collect()
    }

    #[test]
    fn titles_numbers_and_both_are_found() {
        for (text, expected) in [
            ("学习《示例办法》。", vec![("示例办法", "")]),
            ("《示例办法》（示政发〔2021〕12号）", vec![("示例办法", "示政发〔2021〕12号")]),
            (
                "《示例办法》（示政发[2021]12号，以下简称《办法》）",
                vec![("示例办法", "示政发〔2021〕12号"), ("办法", "")],
            ),
            (
                "根据示政发〔2021〕12号和示政办字〔2021〕3号文件",
                vec![("", "示政发〔2021〕12号"), ("", "示政办字〔2021〕3号")],
            ),
            ("《关于印发〈示例办法〉的通知》", vec![("示例办法", ""), ("关于印发〈示例办法〉的通知", "")]),
            ("《中华人民共和国示例条例》（国令第711号）", vec![("中华人民共和国示例条例", "国令第711号")]),
            ("《》《甲", vec![]),
            ("甲》", vec![]),
        ] {
            let expected: Vec<(String, String)> =
                expected.into_iter().map(|(title, number)| (title.to_owned(), number.to_owned())).collect();
            assert_eq!(list(text), expected, "{text}");
        }
    }
}
