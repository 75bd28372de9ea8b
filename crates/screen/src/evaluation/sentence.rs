//! Sentences with known errors, and how well they were found and put right.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::score::Score;
use crate::finding::Finding;

/// A sentence as written and as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// As written.
    pub written: Vec<char>,
    /// As meant.
    pub meant: Vec<char>,
    /// Places of the wrong characters in what was written.
    pub wrong: BTreeSet<usize>,
}

/// How well errors were found and put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// Sentences all of whose errors were found, and nothing else.
    pub sentence_detection: Score,
    /// Sentences put right.
    pub sentence_correction: Score,
    /// Wrong characters found.
    pub character_detection: Score,
    /// Wrong characters put right.
    pub character_correction: Score,
}

impl Sentence {
    /// Reads a line's object.
    ///
    /// # Errors
    /// Says in Chinese which part is missing or does not fit.
    pub fn from_json(row: &Value) -> Result<Self, String> {
        let text = |key: &str| -> Result<Vec<char>, String> {
            let text = row.get(key).and_then(Value::as_str).ok_or_else(|| format!("缺少文字项“{key}”"))?;
            Ok(text.chars().collect())
        };
        let (written, meant) = (text("src")?, text("tgt")?);
        let wrong = match row.get("edits") {
            None | Some(Value::Null) => differing(&written, &meant),
            Some(edits) => {
                let edits = edits.as_array().ok_or("“edits”不是列表")?;
                edits.iter().map(|edit| place(edit, &written)).collect::<Result<_, _>>()?
            }
        };
        Ok(Self { written, meant, wrong })
    }
}

/// The place of an edit `[place, wrong, right]`.
fn place(edit: &Value, written: &[char]) -> Result<usize, String> {
    let bad = || format!("“edits”里的{edit}不是[位置, 错字, 正字]，或与原句不符");
    let at = edit.get(0).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok()).ok_or_else(bad)?;
    let wrong = edit.get(1).and_then(Value::as_str).ok_or_else(bad)?;
    let found = written.get(at).ok_or_else(bad)?;
    if wrong.chars().eq([*found]) { Ok(at) } else { Err(bad()) }
}

/// Places at which two sentences differ; when they differ in length, everything between what they share at both ends.
fn differing(written: &[char], meant: &[char]) -> BTreeSet<usize> {
    if written.len() == meant.len() {
        return (0..written.len()).filter(|at| written[*at] != meant[*at]).collect();
    }
    let shared = written.len().min(meant.len());
    let head = (0..shared).take_while(|at| written[*at] == meant[*at]).count();
    let tail =
        (0..shared - head).take_while(|at| written[written.len() - 1 - at] == meant[meant.len() - 1 - at]).count();
    // A missing character is noticed at the one before it.
    let end = (written.len() - tail).max(head + 1).min(written.len());
    (head.min(end)..end).collect()
}

impl Spelling {
    /// Adds a sentence with the findings that count. Their suggestions are put in from left to right; of two that
    /// overlap the first is taken.
    pub fn add<'f>(&mut self, sentence: &Sentence, findings: impl Iterator<Item = &'f Finding>) {
        let mut replacements: Vec<(usize, usize, Vec<char>)> = findings
            .filter_map(|finding| {
                let range =
                    finding.range.filter(|range| range.start <= range.end && range.end <= sentence.written.len())?;
                Some((range.start, range.end, finding.suggestion.as_ref()?.chars().collect()))
            })
            .collect();
        replacements.sort();
        let mut text: Vec<char> = Vec::with_capacity(sentence.written.len());
        let mut found = BTreeSet::new();
        let mut put_right = 0;
        let mut copied = 0;
        for (start, end, replacement) in replacements {
            if start < copied {
                continue;
            }
            text.extend(&sentence.written[copied..start]);
            text.extend(&replacement);
            copied = end;
            let same_length = replacement.len() == end - start;
            for at in start..end {
                if same_length && replacement[at - start] == sentence.written[at] {
                    continue;
                }
                found.insert(at);
                let right = same_length && sentence.meant.get(at) == Some(&replacement[at - start]);
                put_right += usize::from(right && sentence.wrong.contains(&at));
            }
        }
        text.extend(&sentence.written[copied..]);
        let (expected, reported) = (!sentence.wrong.is_empty(), !found.is_empty());
        let one = |is: bool| usize::from(is);
        let detected = expected && found == sentence.wrong;
        let corrected = expected && text == sentence.meant;
        self.sentence_detection.add(one(detected), one(reported), one(expected));
        self.sentence_correction.add(one(corrected), one(reported), one(expected));
        let hits = found.intersection(&sentence.wrong).count();
        self.character_detection.add(hits, found.len(), sentence.wrong.len());
        self.character_correction.add(put_right, found.len(), sentence.wrong.len());
    }
}
