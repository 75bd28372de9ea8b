//! How many pages are read per second on one core: `cargo bench -p extract --bench page`. Over the pages of
//! `ZHENGTONG_DATA`, or over made-up ones when it is absent; beside it in the same run what a readability library needs
//! for the text alone.

#[path = "../tests/page/collection.rs"]
mod collection;

use std::hint::black_box;
use std::time::{Duration, Instant};

use collection::{Case, cases, directory};

fn main() {
    let cases = match directory() {
        Some(root) => cases(&root),
        None => {
            println!("SKIPPED the saved pages: ZHENGTONG_DATA is absent; made-up ones instead");
            made_up()
        }
    };
    let bytes: usize = cases.iter().map(|case| case.bytes.len()).sum();
    println!("{} pages, {:.1} MB", cases.len(), bytes as f64 / 1e6);
    let ours = measure("extract::page", &cases, |case| {
        black_box(case.read());
    });
    let theirs = measure("dom_smoothie", &cases, |case| {
        // Text is handed over decoded: it reads strings, and only of a known encoding.
        let text = String::from_utf8_lossy(&case.bytes);
        if let Ok(mut reader) = dom_smoothie::Readability::new(text.as_ref(), case.address.as_deref(), None) {
            let _ = black_box(reader.parse());
        }
    });
    println!("{:.1} times as fast", ours / theirs);
    if let Some(wanted) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) {
        for case in cases.iter().filter(|case| case.file.contains(&wanted)) {
            let start = Instant::now();
            for _ in 0..20 {
                black_box(case.read());
            }
            println!("{}: {} bytes in {:?}", case.file, case.bytes.len(), start.elapsed() / 20);
        }
    }
}

fn measure(name: &str, cases: &[Case], read: impl Fn(&Case)) -> f64 {
    cases.iter().for_each(&read);
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        cases.iter().for_each(&read);
        best = best.min(start.elapsed());
    }
    let rate = cases.len() as f64 / best.as_secs_f64();
    println!("{name}: {rate:.0} pages per second (best of five runs)");
    rate
}

/// Articles between menus and lists, of the size government pages have.
fn made_up() -> Vec<Case> {
    (0..50)
        .map(|number| {
            let menu: String = (0..120).map(|n| format!("<li><a href=/c{n}/>栏目第{n}号</a></li>")).collect();
            let text: String = (0..60).map(|n| format!("<p>第{n}段，各有关单位要认真组织实施，按时报送情况，第{number}次。</p>")).collect();
            let html = format!(
                "<html><head><meta charset=utf-8><title>关于事项{number}的通知</title><script>{}</script></head><body>\
                 <ul class=nav>{menu}</ul><h1>关于事项{number}的通知</h1><div>发布时间：2021-07-08 09:30 来源：办公室</div>\
                 <div class=TRS_Editor>{text}</div><ul class=related>{menu}</ul></body></html>",
                "var a = 1;".repeat(2000)
            );
            Case { file: format!("made-up/{number}"), bytes: html.into_bytes(), address: None }
        })
        .collect()
}
