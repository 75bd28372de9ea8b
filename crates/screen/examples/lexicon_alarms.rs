//! How often the packs that ship speak up in documents that real offices published: nearly always wrongly.
//!
//! `cargo run --release -p screen --example lexicon_alarms -- FILE.jsonl…` (lines with `title` and `body`).
#![expect(clippy::unwrap_used, reason = "an example for developers stops at the first fault")]

use std::{collections::BTreeMap, sync::Arc};

use screen::lexicon::{Lexicon, builtin, find, fold::Folded, severity_of};

fn main() {
    let levels = [Arc::new(Lexicon::compile(builtin().to_vec()).unwrap())];
    let day = "2026-11-20".parse().unwrap();
    for file in std::env::args().skip(1) {
        let mut hits: BTreeMap<(String, String, &str), (usize, String)> = BTreeMap::new();
        let mut characters = 0;
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = format!("{}\n{}", row["title"].as_str().unwrap_or(""), row["body"].as_str().unwrap_or(""));
            characters += text.chars().count();
            for found in find(&levels, &text, &Folded::of(&text), day, false) {
                let from = text[..found.hit.bytes.start].char_indices().rev().nth(7).map_or(0, |(at, _)| at);
                let context = text[from..].chars().take(24).collect::<String>().replace('\n', "/");
                let key =
                    (found.pack.id.clone(), found.entry.word.clone(), severity_of(found.pack, found.entry).as_str());
                let seen = hits.entry(key).or_insert((0, context));
                seen.0 += 1;
            }
        }
        println!("{file}: {characters} characters");
        for ((pack, word, severity), (count, context)) in hits {
            println!("{count:>6} {severity:<5} {pack:<16} {word}   {context}");
        }
    }
}
