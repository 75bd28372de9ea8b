//! What differs between two texts, short enough to show: sentences that were added and removed, with long equal
//! stretches cut.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// What happened to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// In both texts.
    Same,
    /// Only in the first.
    Removed,
    /// Only in the second.
    Added,
    /// So many characters in both texts that are not shown.
    Skipped,
}

/// One part of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffPart {
    /// What happened.
    pub change: Change,
    /// The words; for [`Change::Skipped`] a remark.
    pub text: String,
}

/// Sentences of each text that are compared; the rest of longer texts is skipped. Comparing takes the product of the
/// lengths at worst.
const MAX_SENTENCES: usize = 2000;
/// Equal sentences that are shown before and after a difference.
const SHOWN: usize = 1;

/// What one must remove from and add to `old` to have `new`, sentence by sentence.
pub fn differences(old: &str, new: &str) -> Vec<DiffPart> {
    let (old, new) = (sentences(old), sentences(new));
    let (left, right) = (&old[..old.len().min(MAX_SENTENCES)], &new[..new.len().min(MAX_SENTENCES)]);
    let mut parts: Vec<(Change, Vec<&str>)> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, left, right) {
        for change in operation.iter_changes(left, right) {
            let kind = match change.tag() {
                ChangeTag::Equal => Change::Same,
                ChangeTag::Delete => Change::Removed,
                ChangeTag::Insert => Change::Added,
            };
            match parts.last_mut() {
                Some((last, words)) if *last == kind => words.push(change.value()),
                _ => parts.push((kind, vec![change.value()])),
            }
        }
    }
    let last = parts.len().saturating_sub(1);
    let mut shown: Vec<DiffPart> = Vec::new();
    let mut show = |change: Change, words: &[&str]| {
        if !words.is_empty() {
            shown.push(DiffPart { change, text: words.concat() });
        }
    };
    for (place, (change, words)) in parts.iter().enumerate() {
        let head = if place == 0 { 0 } else { SHOWN };
        let tail = if place == last { 0 } else { SHOWN };
        if *change == Change::Same && words.len() > head + tail {
            let (first, rest) = words.split_at(head);
            let (middle, end) = rest.split_at(rest.len() - tail);
            let count: usize = middle.iter().map(|words| words.chars().count()).sum();
            show(Change::Same, first);
            show(Change::Skipped, &[&format!("（{count}字相同）")]);
            show(Change::Same, end);
        } else {
            show(*change, words);
        }
    }
    if old.len() > MAX_SENTENCES || new.len() > MAX_SENTENCES {
        show(Change::Skipped, &["（文字过长，后面的部分没有比较）"]);
    }
    shown
}

/// Sentences with their stops; blanks between them are dropped.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_shown_with_its_neighbours() {
        let old = "一。二。三。四。五。六。七。";
        let new = "一。二。三。四。伍。六。七。";
        let parts: Vec<(Change, String)> =
            differences(old, new).into_iter().map(|part| (part.change, part.text)).collect();
        let part = |change, text: &str| (change, text.to_owned());
        assert_eq!(
            parts,
            [
                part(Change::Skipped, "（6字相同）"),
                part(Change::Same, "四。"),
                part(Change::Removed, "五。"),
                part(Change::Added, "伍。"),
                part(Change::Same, "六。"),
                part(Change::Skipped, "（2字相同）"),
            ]
        );
        assert_eq!(differences("", ""), []);
    }
}
