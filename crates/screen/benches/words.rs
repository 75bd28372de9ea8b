//! A pack of 60,000 words searched in real prose, beside the crates `daachorse` and `aho-corasick` called directly.
//! Prints one JSON object; `make bench` puts it into its table.
//!
//! Words and prose come from `ZHENGTONG_DATA` (default `../shared/data` beside the repository); what is missing there,
//! or all of it, is made by a generator with a fixed seed.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first fault")]

use std::{
    collections::BTreeSet,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use screen::{
    Category, Engine, Severity, Subject,
    lexicon::{Entry, Lexicon, Pack, find, fold::Folded, import, usable},
};

const WORDS: usize = 60_000;
const TEXT: usize = 4_000_000;

fn main() {
    let rare = words(&["04-screening/sensitive"]);
    let frequent = words(&["04-screening/sensitive", "04-screening/lexicons"]);
    let text = text(&rare);
    let article: String = text.chars().take(3_000).collect();
    let body: String = article.lines().map(|line| format!("<p>{line}</p>")).collect();
    let now = "2026-11-20T02:00:00Z".parse().unwrap();
    let subject = Subject::new(domain::resource::ResourceKind::Article, "示例标题", body, now);
    let engine = Engine::standard().with_layer(&[pack(&rare)]).unwrap();
    let seconds = 1.0
        / rate(1.0, || {
            black_box(engine.screen(&subject).findings.len());
        });
    let figures = serde_json::json!({
        "60,000 words rare in the text, MB/s": search(&rare, &text),
        "60,000 words, common ones among them, MB/s": search(&frequent, &text),
        "3,000 characters through all checks, ms": seconds * 1000.0,
        "resident memory, MB": resident(),
    });
    println!("{figures}");
}

/// How fast the words are found by each.
fn search(words: &[String], text: &str) -> serde_json::Value {
    let megabytes = text.len() as f64 / 1e6;
    let day = "2026-11-20".parse().unwrap();
    let started = Instant::now();
    let level = Arc::new(Lexicon::compile(vec![Arc::new(pack(words))]).unwrap());
    let compile = started.elapsed().as_secs_f64();
    let characters = daachorse::CharwiseDoubleArrayAhoCorasick::<u32>::new(words).unwrap();
    let bytes = daachorse::DoubleArrayAhoCorasick::<u32>::new(words).unwrap();
    let common = aho_corasick::AhoCorasick::new(words).unwrap();
    let folded = Folded::of(text);
    let (mut hits, mut ours) = (0, 0);
    serde_json::json!({
        "daachorse, characters": rate(megabytes, || hits = black_box(characters.find_overlapping_iter(text).count())),
        "daachorse, bytes": rate(megabytes, || {
            black_box(bytes.find_overlapping_iter(text).count());
        }),
        "aho-corasick": rate(megabytes, || {
            black_box(common.find_overlapping_iter(text).count());
        }),
        "screen, words of a folded text": rate(megabytes, || {
            let mut count = 0_usize;
            level.occurrences(&folded, |_, _| count += 1);
            ours = black_box(count);
        }),
        "screen, folding and words": rate(megabytes, || {
            let mut count = 0_usize;
            level.occurrences(&Folded::of(text), |_, _| count += 1);
            black_box(count);
        }),
        "screen, folding, words, overlaps settled, places": rate(megabytes, || {
            black_box(find(std::slice::from_ref(&level), text, &Folded::of(text), day, false).len());
        }),
        "occurrences": hits,
        "occurrences in all spellings": ours,
        "compile, s": compile,
        "search structures, MB": level.size() as f64 / 1e6,
    })
}

fn pack(words: &[String]) -> Pack {
    Pack {
        id: "bench".to_owned(),
        name: "bench".to_owned(),
        version: "1".to_owned(),
        category: Category::Sensitive,
        severity: Severity::Warn,
        message: "{word}".to_owned(),
        source: "bench".to_owned(),
        allow: Vec::new(),
        entries: words.iter().map(Entry::new).collect(),
    }
}

/// Best of several runs: work a second.
fn rate(work: f64, mut once: impl FnMut()) -> f64 {
    once();
    let best = (0..9).map(|_| {
        let started = Instant::now();
        once();
        started.elapsed().as_secs_f64()
    });
    work / best.fold(f64::INFINITY, f64::min)
}

fn words(folders: &[&str]) -> Vec<String> {
    let mut words = BTreeSet::new();
    for folder in folders {
        for file in fs::read_dir(data().join(folder)).into_iter().flatten() {
            let Ok(imported) = import(&fs::read(file.unwrap().path()).unwrap(), None, false) else { continue };
            words.extend(imported.entries.into_iter().map(|entry| entry.word));
        }
    }
    let mut random = Random(7);
    while words.len() < WORDS {
        let length = 2 + random.below(4);
        words.insert((0..length).map(|_| random.character()).collect::<String>());
    }
    words.into_iter().filter(|word| usable(word).is_ok()).take(WORDS).collect()
}

fn text(words: &[String]) -> String {
    let mut text = String::new();
    for line in fs::read_to_string(data().join("02-docs/law.jsonl")).unwrap_or_default().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        text.push_str(row["body"].as_str().unwrap_or_default());
        if text.len() > TEXT {
            break;
        }
    }
    let mut random = Random(11);
    while text.len() < TEXT {
        match random.below(40) {
            0 => text.push_str(&words[random.below(words.len())]),
            1 => text.push('，'),
            2 => text.push('\n'),
            _ => text.push(random.character()),
        }
    }
    text
}

fn data() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from)
}

/// Megabytes of memory in use, where the system tells.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1e3)
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }

    /// Common characters come more often.
    fn character(&mut self) -> char {
        let span = 20_000 / (1 + self.below(40));
        char::from_u32(0x4E00 + u32::try_from(self.below(span)).unwrap()).unwrap()
    }
}
