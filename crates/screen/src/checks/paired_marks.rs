//! Brackets and quotation marks that do not pair (GB/T 15834-2011 4.8, 4.9).

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::{TextField, View},
};

/// （）, 〔〕, 【】, “” without their other half. 《》 has a check of its own.
pub struct PairedMarks;

const RULE: Rule<'static> = Rule::builtin("punctuation.pairs", "GB/T 15834-2011 4.8（引号）、4.9（括号）");

/// Bytes (some 330 characters) beyond which a closing mark cannot belong to an opening one.
const MAX_DISTANCE: usize = 1000;

/// Kinds of marks: opening and closing signs; half-width and full-width brackets pair.
const KINDS: &[(&[char], &[char])] =
    &[(&['（', '('], &['）', ')']), (&['〔'], &['〕']), (&['【'], &['】']), (&['“'], &['”'])];
const QUOTES: usize = 3;

impl Check for PairedMarks {
    fn id(&self) -> &'static str {
        "paired_marks"
    }
    fn name(&self) -> &'static str {
        "括号、引号不成对"
    }
    fn category(&self) -> Category {
        Category::Punctuation
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            // Files turned into text lose and reorder too many signs to judge their pairs.
            if !matches!(text.field, Field::Attachment(_)) {
                check(text, out);
            }
        }
    }
}

fn check(text: &TextField<'_>, out: &mut Collector<'_>) {
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); KINDS.len()];
    let mut line_start = 0;
    let mut start_of_paragraph = true;
    for (at, character) in text.text.char_indices() {
        if character == '\n' {
            line_start = at + 1;
            start_of_paragraph = true;
            continue;
        }
        let Some((kind, opens)) = kind_of(character) else {
            start_of_paragraph &= character.is_whitespace();
            continue;
        };
        let stack = &mut open[kind];
        if opens {
            // Every paragraph of a long quotation begins with “; only the last one ends with ”.
            if kind == QUOTES && start_of_paragraph {
                stack.clear();
            }
            // Quotations within quotations have ‘’: a second “ is a wrong ” or a forgotten one.
            if kind == QUOTES
                && let Some(before) = stack.pop()
            {
                report(text, before, "这个“左引号”没有对应的右引号，或者右引号误写成了左引号。", out);
            }
            stack.push(at);
        } else {
            while let Some(start) = stack.pop_if(|start| at - *start > MAX_DISTANCE && kind != QUOTES) {
                report_open(text, start, out);
            }
            if stack.pop().is_none() && (kind != 0 || !is_item(&text.text[line_start..at])) {
                report(text, at, &format!("这个“{character}”前面没有与它成对的符号。"), out);
            }
        }
        start_of_paragraph = false;
    }
    for start in open.into_iter().flatten() {
        report_open(text, start, out);
    }
}

fn kind_of(character: char) -> Option<(usize, bool)> {
    let place = |opening: bool| KINDS.iter().position(|(o, c)| if opening { o } else { c }.contains(&character));
    place(true).map(|kind| (kind, true)).or_else(|| place(false).map(|kind| (kind, false)))
}

/// `1）`, `（略）a)`: a number or a letter before a closing bracket counts items, at the line's start or after a stop.
fn is_item(before: &str) -> bool {
    let item = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨甲乙丙丁".contains(c);
    let marks: Vec<char> = before.chars().rev().take_while(|c| item(*c)).take(4).collect();
    !marks.is_empty() && marks.len() <= 3
}

fn report_open(text: &TextField<'_>, at: usize, out: &mut Collector<'_>) {
    let character = text.text[at..].chars().next().unwrap_or('（');
    report(text, at, &format!("这个“{character}”没有与它成对的符号。"), out);
}

fn report(text: &TextField<'_>, at: usize, message: &str, out: &mut Collector<'_>) {
    let length = text.text[at..].chars().next().map_or(0, char::len_utf8);
    let note =
        Note { rule: RULE, severity: Severity::Warn, message: message.to_owned(), suggestion: None, masked: None };
    out.at(text, at..at + length, note);
}

#[cfg(test)]
mod tests {
    use crate::check_places;

    #[test]
    fn what_does_not_pair_is_found_and_items_and_long_quotations_are_not() {
        for (text, places) in [
            ("按照（示例）办理", vec![]),
            ("按照（示例办理", vec![2]),
            ("按照示例）办理", vec![4]),
            ("示例(市）", vec![]),
            ("1）示例；2）示例", vec![]),
            ("一）示例", vec![]),
            ("示政发〔2021〕12号", vec![]),
            ("示政发〔2021 12号", vec![3]),
            ("【示例】示例】", vec![6]),
            ("“示例”“示例", vec![4]),
            ("示例”", vec![2]),
            ("“示例“的做法", vec![0, 3]),
            ("“甲。\n“乙。\n“丙。”", vec![]),
            ("“甲\n乙”", vec![]),
            ("“甲\n乙“丙”", vec![0]),
            ("“甲\n乙", vec![0]),
        ] {
            assert_eq!(check_places(&super::PairedMarks, text), places, "{text}");
        }
    }
}
