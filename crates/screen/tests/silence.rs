//! How quiet the engine is on documents that real offices published: nearly everything it says about them is noise.
//!
//! Reads `ZHENGTONG_DATA` (default `../shared/data` beside the repository) and says so when it is absent.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use domain::{resource::ResourceKind, time::parse_beijing};
use screen::{CharRange, Engine, Highlight, Severity, Subject, highlight, plain_text};

fn data_folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from)
}

fn subject(line: &str, kind: ResourceKind) -> Subject {
    let row: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| row[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let escaped = text("body").unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;");
    let body: String = escaped.lines().map(|line| format!("<p>{line}</p>")).collect();
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let mut subject = Subject::new(kind, text("title").unwrap_or_default(), body, now);
    subject.imported = true;
    subject.elements.source = text("source");
    subject.elements.published_on = text("publish_date").or_else(|| text("date")).and_then(|date| parse_beijing(&date));
    if kind == ResourceKind::Policy {
        subject.elements.issuer = text("source");
        subject.elements.document_number = text("doc_no");
        subject.elements.written_on = text("date").and_then(|date| date.parse().ok());
    }
    subject
}

#[test]
fn published_documents_raise_almost_no_false_alarms() {
    let folder = data_folder().join("02-docs");
    if !folder.is_dir() {
        println!("SKIPPED: no documents at {} (set ZHENGTONG_DATA)", folder.display());
        return;
    }
    let engine = Engine::standard();
    let show = std::env::var_os("ZHENGTONG_SHOW_FINDINGS").is_some();
    for (file, kind) in [
        ("state_council", ResourceKind::Policy),
        ("customs_notice", ResourceKind::Policy),
        ("policy_interpretation", ResourceKind::Interpretation),
        ("news", ResourceKind::Article),
        ("law", ResourceKind::Policy),
    ] {
        let Ok(lines) = fs::read_to_string(folder.join(format!("{file}.jsonl"))) else { continue };
        let subjects: Vec<Subject> = lines.lines().map(|line| subject(line, kind)).collect();
        let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
        let started = Instant::now();
        let mut bytes = 0;
        let characters: usize = subjects.iter().map(|subject| subject.body_html.chars().count()).sum();
        for subject in &subjects {
            bytes += subject.body_html.len();
            for finding in engine.screen(subject).findings {
                if show {
                    println!(
                        "  {file} {}: {} → {:?} {}",
                        finding.rule_id, finding.excerpt, finding.suggestion, finding.message
                    );
                }
                *counts.entry((finding.rule_id, finding.severity.as_str())).or_default() += 1;
            }
        }
        let rate = bytes as f64 / 1e6 / started.elapsed().as_secs_f64();
        println!("{file}: {} documents, {rate:.1} MB/s", subjects.len());
        for ((rule, severity), count) in &counts {
            println!("  {count:>5}  {severity:<5}  {rule}");
        }
        // Elements that the files do not have, and laws that were repealed since, are no false alarms.
        let loud: usize = counts
            .iter()
            .filter(|((rule, severity), _)| {
                *severity != "hint" && !rule.starts_with("completeness.") && rule != "citation.repealed"
            })
            .map(|(_, count)| count)
            .sum();
        // Laws are held to the strictest measure; what editors write themselves has misprints of its own.
        let allowed = if matches!(file, "law" | "state_council") { 20_000 } else { 10_000 };
        assert!(loud * allowed <= characters, "{loud} alarms in {characters} characters of {file}");
        if matches!(file, "state_council" | "news") {
            for quiet in [
                "privacy.personal_id",
                "privacy.bank_card",
                "privacy.mobile",
                "privacy.email",
                "privacy.licence_plate",
                "privacy.home_address",
                "privacy.travel_document",
                "form.document_number",
                "citation.name",
                "date.span",
                "date.weekday",
                "link.imitation",
                "map.number_form",
            ] {
                let alarms: usize = counts.iter().filter(|((rule, _), _)| rule == quiet).map(|(_, count)| count).sum();
                assert!(
                    alarms * 100 <= subjects.len(),
                    "{quiet}: {alarms} alarms in {} documents of {file}",
                    subjects.len()
                );
            }
        }
    }
}

#[test]
fn saved_pages_keep_their_text_when_every_tenth_character_is_marked() {
    let folder = data_folder().join("12-html");
    if !folder.is_dir() {
        println!("SKIPPED: no pages at {} (set ZHENGTONG_DATA)", folder.display());
        return;
    }
    let (mut pages, mut bytes, started) = (0, 0, Instant::now());
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if !path.extension().is_some_and(|extension| extension == "html" || extension == "htm") {
                continue;
            }
            let html = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let plain = plain_text(&html);
            let places: Vec<Highlight<'_>> = (0..plain.text.chars().count())
                .step_by(10)
                .map(|start| Highlight {
                    range: CharRange { start, end: start + 3 },
                    finding: "f",
                    severity: Severity::Hint,
                })
                .collect();
            let marked = highlight(&html, &places);
            assert_eq!(plain_text(&marked).text, plain.text, "{}", path.display());
            pages += 1;
            bytes += html.len();
        }
    }
    let rate = bytes as f64 / 1e6 / started.elapsed().as_secs_f64();
    println!("{pages} pages, {rate:.1} MB/s for reading, marking and reading again");
    assert!(pages > 0, "the folder of pages is there but empty");
}
