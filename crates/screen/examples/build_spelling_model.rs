//! Builds the model of the spelling check; see the README of this crate for the command and where the texts come from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::Instant,
};

use pinyin::ToPinyinMulti;
use screen::spelling::{
    build::{BuildInput, Document, Pair, build},
    symbol::is_chinese,
};

/// Every tenth document, from this one on, stays out of the counts: the tests are run against it.
const KEPT_OUT: usize = 7;

fn main() {
    if let Err(message) = run() {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let mut arguments: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut key = String::new();
    for argument in std::env::args().skip(1) {
        match argument.strip_prefix("--") {
            Some(name) => key = name.to_owned(),
            None => arguments.entry(key.clone()).or_default().push(argument),
        }
    }
    let files = |key: &str| arguments.get(key).cloned().unwrap_or_default();
    let mut input = BuildInput { possible: 0.5, certain: 0.96, ..BuildInput::default() };
    for file in files("documents") {
        for (number, line) in read(&file)?.lines().enumerate() {
            if number % 10 != KEPT_OUT {
                let row = parse(&file, line)?;
                let weight = if file.contains("law") { 1 } else { 2 };
                let text = row["body"].as_str().unwrap_or_default().to_owned();
                input.documents.push(Document { text, weight });
            }
        }
    }
    let mut names = BTreeSet::new();
    for file in files("names") {
        for line in read(&file)?.lines().filter(|line| !line.starts_with('#')) {
            let has_characters = |field: &&str| field.chars().any(is_chinese);
            names.extend(line.split(',').find(has_characters).map(str::to_owned));
        }
    }
    input.names = names.into_iter().collect();
    for file in files("words") {
        for line in read(&file)?.lines() {
            let mut columns = line.split_whitespace();
            if let (Some(word), Some(count)) = (columns.next(), columns.next().and_then(|count| count.parse().ok())) {
                input.words.push((word.to_owned(), count));
            }
        }
    }
    let mut kept_out = Vec::new();
    let mut pairs = Vec::new();
    for file in files("pairs") {
        for line in read(&file)?.lines() {
            let row = parse(&file, line)?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let number: usize = text("id").rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0);
            let weight = if file.contains("odw") { 16.0 } else { 5.0 };
            let pair = Pair { wrong: text("src"), right: text("tgt"), weight };
            if number.is_multiple_of(5) { kept_out.push(pair.right) } else { pairs.push(pair) }
        }
    }
    // A sentence occurs with several errors: what is kept out is kept out in all its forms.
    pairs.retain(|pair| !kept_out.contains(&pair.right) && pair.wrong.chars().count() == pair.right.chars().count());
    input.pairs = pairs;
    for file in files("strokes") {
        for line in read(&file)?.lines() {
            let mut columns = line.split_whitespace();
            if let (Some(character), Some(strokes)) = (columns.next().and_then(|c| c.chars().next()), columns.next()) {
                input.strokes.push((character, strokes.to_owned()));
            }
        }
    }
    for character in '\u{4E00}'..='\u{9FA5}' {
        let readings: Vec<String> = character
            .to_string()
            .as_str()
            .to_pinyin_multi()
            .flatten()
            .flatten()
            .map(|reading| reading.with_tone_num_end().to_owned())
            .collect();
        if !readings.is_empty() {
            input.readings.push((character, readings));
        }
    }
    let out = files("out").pop().ok_or("没有用 --out 指明模型文件写到哪里。")?;
    let started = Instant::now();
    println!(
        "文本{}篇，名称{}个，词{}个，句对{}个，笔顺{}字，读音{}字",
        input.documents.len(),
        input.names.len(),
        input.words.len(),
        input.pairs.len(),
        input.strokes.len(),
        input.readings.len()
    );
    let model = build(&input)?;
    println!("模型{}字节，用时{:.1}秒", model.len(), started.elapsed().as_secs_f64());
    fs::write(&out, model).map_err(|error| format!("写不了{out}：{error}"))
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("读不了{file}：{error}"))
}

fn parse(file: &str, line: &str) -> Result<serde_json::Value, String> {
    serde_json::from_str(line).map_err(|error| format!("{file}里有一行不是JSON：{error}"))
}
