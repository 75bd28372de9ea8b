//! What changed from one edition to the next, for the people who review it.
//!
//! Chinese has no spaces between words, so bodies are compared sentence by sentence, and a
//! changed sentence character by character (a number or Latin word counts as one). The result is HTML with `<ins>` and `<del>`, each
//! with a word for those who cannot see colours; unchanged stretches stay as context.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::rich_text::{plain_text, push_escaped};

mod elements;
mod sentences;

pub use elements::{ElementChange, elements};

/// Sentences longer than this are replaced whole: telling characters apart would cost more than it shows.
const LONGEST_COMPARED: usize = 1_500;

/// Below this share of equal characters a sentence counts as new, not as changed.
const ALIKE: f32 = 0.35;

/// The comparison of two bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Paragraphs with `<ins>` and `<del>`; class `difference-same` on paragraphs without a change.
    pub html: String,
    /// Characters that came in.
    pub inserted: usize,
    /// Characters that went out.
    pub deleted: usize,
}

impl Difference {
    /// Whether the texts are the same.
    pub fn is_empty(&self) -> bool {
        self.inserted == 0 && self.deleted == 0
    }
}

/// Compares two cleaned bodies by their text.
pub fn bodies(old_html: &str, new_html: &str) -> Difference {
    texts(&plain_text(old_html), &plain_text(new_html))
}

/// Compares two plain texts.
pub fn texts(old: &str, new: &str) -> Difference {
    let (old, new) = (sentences::split(old), sentences::split(new));
    // Numbers compare faster than sentences.
    let mut numbers = HashMap::new();
    let mut number = |sentence: &&str| {
        let next = numbers.len();
        *numbers.entry(sentence.to_string()).or_insert(next)
    };
    let old_numbers: Vec<usize> = old.iter().map(&mut number).collect();
    let new_numbers: Vec<usize> = new.iter().map(&mut number).collect();
    let mut page = Page::default();
    for op in capture_diff_slices(Algorithm::Patience, &old_numbers, &new_numbers) {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                new[new_index..new_index + len].iter().for_each(|sentence| page.push(Change::Same, sentence));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                old[old_index..old_index + old_len].iter().for_each(|sentence| page.push(Change::Out, sentence));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                new[new_index..new_index + new_len].iter().for_each(|sentence| page.push(Change::In, sentence));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len], &mut page);
            }
        }
    }
    page.finish()
}

/// Sentences in place of others: those that are alike are compared inside, in order.
fn replaced(old: &[&str], new: &[&str], page: &mut Page) {
    let mut at = 0;
    for sentence in new {
        let alike = old[at..].iter().take(8).position(|candidate| inner_changes(candidate, sentence).is_some());
        match alike {
            Some(skipped) => {
                old[at..at + skipped].iter().for_each(|gone| page.push(Change::Out, gone));
                for (change, text) in inner_changes(old[at + skipped], sentence).unwrap_or_default() {
                    page.push(change, &text);
                }
                at += skipped + 1;
            }
            None => page.push(Change::In, sentence),
        }
    }
    old[at..].iter().for_each(|gone| page.push(Change::Out, gone));
}

/// The changes that turn one sentence into another, or `None` when they have too little in common.
fn inner_changes(old: &str, new: &str) -> Option<Vec<(Change, String)>> {
    let (old, new) = (sentences::characters(old), sentences::characters(new));
    if old.len().max(new.len()) > LONGEST_COMPARED {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let same: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    if (2 * same) as f32 / ((old.len() + new.len()) as f32) < ALIKE {
        return None;
    }
    let mut changes: Vec<(Change, String)> = Vec::new();
    let mut push = |change: Change, text: &[&str]| {
        if !text.is_empty() {
            changes.push((change, text.concat()));
        }
    };
    // Specks of equal text between changes read worse than one longer change.
    let (mut out_from, mut in_from) = (0, 0);
    for op in &ops {
        let DiffOp::Equal { old_index, new_index, len } = *op else { continue };
        let at_edge = old_index == 0 || old_index + len == old.len();
        if len < 2 && !at_edge {
            continue;
        }
        push(Change::Out, &old[out_from..old_index]);
        push(Change::In, &new[in_from..new_index]);
        push(Change::Same, &new[new_index..new_index + len]);
        (out_from, in_from) = (old_index + len, new_index + len);
    }
    push(Change::Out, &old[out_from..]);
    push(Change::In, &new[in_from..]);
    Some(changes)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Same,
    In,
    Out,
}

/// Gathers changes into paragraphs.
#[derive(Default)]
struct Page {
    html: String,
    paragraph: Vec<(Change, String)>,
    inserted: usize,
    deleted: usize,
}

impl Page {
    fn push(&mut self, change: Change, text: &str) {
        let length = text.chars().filter(|c| *c != '\n').count();
        match change {
            Change::Same => {}
            Change::In => self.inserted += length,
            Change::Out => self.deleted += length,
        }
        let ends = text.ends_with('\n');
        let text = text.trim_end_matches('\n');
        match self.paragraph.last_mut() {
            Some((last, gathered)) if *last == change => gathered.push_str(text),
            _ if text.is_empty() => {}
            _ => self.paragraph.push((change, text.to_owned())),
        }
        if ends {
            self.end_paragraph();
        }
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let same = self.paragraph.iter().all(|(change, _)| *change == Change::Same);
        self.html.push_str(if same { "<p class=\"difference-same\">" } else { "<p>" });
        for (change, text) in self.paragraph.drain(..) {
            push_change(&mut self.html, change, &text);
        }
        self.html.push_str("</p>");
    }

    fn finish(mut self) -> Difference {
        self.end_paragraph();
        Difference { html: self.html, inserted: self.inserted, deleted: self.deleted }
    }
}

fn push_change(out: &mut String, change: Change, text: &str) {
    let (open, close) = match change {
        Change::Same => ("", ""),
        Change::In => ("<ins><span class=\"unseen\">新增：</span>", "</ins>"),
        Change::Out => ("<del><span class=\"unseen\">删除：</span>", "</del>"),
    };
    out.push_str(open);
    push_escaped(out, text);
    out.push_str(close);
}

#[cfg(test)]
mod tests;
