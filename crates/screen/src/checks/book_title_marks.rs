//! 《 without 》 and 》 without 《 (GB/T 15834-2011 4.15).

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Book title marks that do not pair.
pub struct BookTitleMarks;

const RULE: Rule<'static> = Rule::builtin("punctuation.book_title_marks", "GB/T 15834-2011 4.15（书名号）");

/// Bytes (some 130 characters) beyond which a closing mark cannot belong to an opening one.
const MAX_DISTANCE: usize = 400;

impl Check for BookTitleMarks {
    fn id(&self) -> &'static str {
        "book_title_marks"
    }
    fn name(&self) -> &'static str {
        "书名号不成对"
    }
    fn category(&self) -> Category {
        Category::Punctuation
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            check(text, out);
        }
    }
}

fn check(text: &TextField<'_>, out: &mut Collector<'_>) {
    let mut open: Vec<usize> = Vec::new();
    for (at, character) in text.text.char_indices() {
        match character {
            '《' => open.push(at),
            '》' => {
                // What was opened too long ago was never closed.
                while let Some(start) = open.pop_if(|start| at - *start > MAX_DISTANCE) {
                    report(text, start, "这个“《”没有对应的“》”。", out);
                }
                if open.pop().is_none() {
                    report(text, at, "这个“》”前面没有对应的“《”。", out);
                }
            }
            _ => {}
        }
    }
    for start in open {
        report(text, start, "这个“《”没有对应的“》”。", out);
    }
}

fn report(text: &TextField<'_>, at: usize, message: &str, out: &mut Collector<'_>) {
    let note =
        Note { rule: RULE, severity: Severity::Warn, message: message.to_owned(), suggestion: None, masked: None };
    out.at(text, at..at + '《'.len_utf8(), note);
}
