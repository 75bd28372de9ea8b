//! What is pasted along with a value: its label before it, quotation marks around it, punctuation after it.

use crate::identifier::{
    IdentifierKind,
    normalise::{half_width, is_blank},
};

/// The value without what was pasted along.
pub(super) struct Bare {
    pub text: String,
    pub warnings: Vec<String>,
}

const QUOTES: &[(char, char)] = &[('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('「', '」')];
const TRAILING: &[char] = &['。', '，', '；', '、', '：', '！', ',', ';', '.', ':', '!', '｡', '．'];

/// Cuts off label, quotation marks and trailing punctuation; a value that is nothing else stays.
pub(super) fn strip(kind: IdentifierKind, text: &str) -> Bare {
    let mut warnings = Vec::new();
    let mut rest = text.trim_matches(is_blank);
    let mut punctuated = cut_punctuation(&mut rest);
    for (open, close) in QUOTES {
        let inner = rest.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        if let Some(inner) = inner.map(|inner| inner.trim_matches(is_blank)).filter(|inner| !inner.is_empty()) {
            rest = inner;
        }
    }
    if let Some((label, value)) = without_label(kind, rest) {
        warnings.push(format!("已去掉前面的“{label}”字样。"));
        rest = value;
    }
    punctuated |= cut_punctuation(&mut rest);
    if punctuated {
        warnings.push("已去掉末尾的标点。".to_owned());
    }
    Bare { text: rest.to_owned(), warnings }
}

fn cut_punctuation(text: &mut &str) -> bool {
    let trimmed = text.trim_end_matches(|c: char| TRAILING.contains(&c) || is_blank(c));
    let found = !trimmed.is_empty() && trimmed.len() < text.len();
    if found {
        *text = trimmed;
    }
    found
}

/// The longest of the kind's words at the beginning, whatever blanks are in it (索 引 号), and what follows it.
fn without_label(kind: IdentifierKind, text: &str) -> Option<(&'static str, &str)> {
    let found = kind.words().iter().filter_map(|word| Some((*word, after(text, word)?)));
    let (word, rest) = found.max_by_key(|(word, _)| word.len())?;
    let value = rest.trim_start_matches(|c: char| is_blank(c) || matches!(half_width(c), ':' | '=' | '为' | '是'));
    (!value.is_empty()).then_some((word, value))
}

fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text;
    for expected in word.chars() {
        rest = rest.trim_start_matches(is_blank);
        let first = rest.chars().next().filter(|c| half_width(*c).to_ascii_uppercase() == expected)?;
        rest = &rest[first.len_utf8()..];
    }
    Some(rest)
}
