//! What saved pages should yield, and how close a reading is.

use std::collections::HashMap;
use std::path::Path;

use extract::page::Page;
use serde_json::Value;

/// JSON Lines by a key.
pub fn truths(path: &Path, key: &str) -> HashMap<String, Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|value| Some((value.get(key)?.as_str()?.to_owned(), value)))
        .collect()
}

/// F1 of character pairs, white space removed.
pub fn bigram_f1(found: &str, truth: &str) -> f64 {
    let pairs = |text: &str| {
        let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut counts: HashMap<(char, char), usize> = HashMap::new();
        for pair in characters.windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
        }
        counts
    };
    let (found, truth) = (pairs(found), pairs(truth));
    let total = |counts: &HashMap<(char, char), usize>| counts.values().sum::<usize>() as f64;
    let common: usize = found.iter().map(|(pair, count)| (*count).min(truth.get(pair).copied().unwrap_or(0))).sum();
    if common == 0 {
        return 0.0;
    }
    let (precision, recall) = (common as f64 / total(&found), common as f64 / total(&truth));
    2.0 * precision * recall / (precision + recall)
}

/// A field of the truth; empty when it is not given.
pub fn field<'v>(truth: &'v Value, name: &str) -> &'v str {
    truth.get(name).and_then(Value::as_str).unwrap_or("")
}

pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// (field, found, wanted) where a page of the State Council is read wrongly.
pub fn wrong_fields(page: &Page, truth: &Value) -> Vec<(&'static str, String, String)> {
    let shown = |found: Option<String>| found.unwrap_or_default();
    let text = |found: &Option<extract::page::Found<String>>| shown(found.as_ref().map(|found| squeezed(&found.value)));
    [
        ("title", text(&page.title), squeezed(field(truth, "title"))),
        (
            "publish_date",
            shown(page.published.as_ref().map(|found| found.value.date.to_string())),
            field(truth, "publish_date").to_owned(),
        ),
        ("doc_no", text(&page.document_number), squeezed(field(truth, "doc_no"))),
        ("index_no", text(&page.index_number), squeezed(field(truth, "index_no"))),
        ("date", shown(page.written_on.as_ref().map(|found| found.value.to_string())), field(truth, "date").to_owned()),
        ("source", text(&page.source), squeezed(field(truth, "source"))),
        ("category", text(&page.topic), squeezed(field(truth, "category"))),
    ]
    .into_iter()
    .filter(|(_, found, wanted)| !wanted.is_empty() && found != wanted)
    .collect()
}
