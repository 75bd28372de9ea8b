//! Plain text to rich text and back.

use super::normalize::blocks::is_addressee_line;
use super::run::push_escaped;
use super::{Cleaned, clean};
use crate::html_scan::{Token, decode, tokens};

/// Makes a body of plain text: every line a paragraph; the head, addressees and signature of an
/// official letter are set as GB/T 9704-2012 places them.
pub fn from_plain_text(text: &str) -> Cleaned {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}')).collect();
    let lines: Vec<&str> = text
        .split(['\n', '\r', '\u{2028}', '\u{c}'])
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
        .filter(|line| !line.is_empty())
        .collect();
    let mut classes = vec![""; lines.len()];
    if let Some(number) = lines.iter().take(6).position(|line| is_document_number(line)) {
        classes[..=number].fill("align-center");
    }
    if let Some(at) = lines.iter().take(8).position(|line| is_addressee_line(line)) {
        classes[at] = "no-indent";
    }
    for at in 0..lines.len() {
        if !is_date(lines[at]) {
            continue;
        }
        classes[at] = "align-right";
        let signers = lines[..at].iter().rev().take(2).take_while(|line| is_signature(line)).count();
        classes[at - signers..at].fill("align-right");
    }
    let mut html = String::with_capacity(text.len() + lines.len() * 8);
    for (line, class) in lines.iter().zip(classes) {
        html.push_str("<p");
        if !class.is_empty() {
            html.push_str(" class=\"");
            html.push_str(class);
            html.push('"');
        }
        html.push('>');
        push_escaped(&mut html, line);
        html.push_str("</p>");
    }
    // As an editor's first save would leave it, or that save would look like a change.
    Cleaned { notes: Vec::new(), ..clean(&html) }
}

/// The text of a cleaned body: one line per block, table cells separated by tabs.
pub fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut line = String::new();
    let mut end_line = |line: &mut String| {
        let text = line.trim();
        if !text.is_empty() {
            out.push_str(text);
            out.push('\n');
        }
        line.clear();
    };
    for token in tokens(html) {
        match token {
            Token::Text(text) => line.push_str(&decode(text)),
            Token::Open(tag) if is_inline(tag.name) => {}
            Token::Close(name) if is_inline(name) => {}
            Token::Close("td" | "th") => line.push('\t'),
            // A cell's own paragraphs stay on the row's line.
            Token::Open(tag) if matches!(tag.name, "td" | "th") => {}
            _ => end_line(&mut line),
        }
    }
    end_line(&mut line);
    out.truncate(out.trim_end().len());
    out
}

fn is_inline(name: &str) -> bool {
    matches!(name, "strong" | "em" | "u" | "s" | "sub" | "sup" | "code" | "a" | "img")
}

/// 机关代字〔年份〕序号号, alone on a line.
fn is_document_number(line: &str) -> bool {
    let Some((office, rest)) = line.split_once('〔') else { return false };
    let Some((year, number)) = rest.split_once('〕') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    office.chars().count() <= 12 && year.len() == 4 && digits(year) && number.strip_suffix('号').is_some_and(digits)
}

/// A date alone on a line, in Arabic or Chinese figures.
fn is_date(line: &str) -> bool {
    let Some((year, rest)) = line.split_once('年') else { return false };
    let Some((month, rest)) = rest.split_once('月') else { return false };
    let Some(day) = rest.strip_suffix('日') else { return false };
    let figures = |text: &str, most: usize| {
        let text = text.trim();
        !text.is_empty()
            && text.chars().count() <= most
            && text.chars().all(|c| c.is_ascii_digit() || "〇○零一二三四五六七八九十廿元".contains(c))
    };
    figures(year, 4) && figures(month, 2) && figures(day, 3)
}

fn is_signature(line: &str) -> bool {
    line.chars().count() <= 30
        && !line.starts_with("附件")
        && !line.ends_with(['。', '；', '：', '，', '！', '？', '.', ';', ':', '）', ')'])
}
