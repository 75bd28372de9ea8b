//! Spelling against sentences and documents that were kept out of the making of the model: sentences whose number is a
//! multiple of five, and every tenth document from the eighth on.
//!
//! Reads `ZHENGTONG_DATA` (default `../shared/data` beside the repository) and says so when it is absent.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use screen::{
    CharRange, Field, Finding, Severity,
    evaluation::{Evaluation, Evaluator, is_spelling},
    spelling::Speller,
};
use serde_json::Value;

fn data_file(name: &str) -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from);
    let text = fs::read_to_string(folder.join(name)).ok();
    if text.is_none() {
        println!("SKIPPED: no {name} in {} (set ZHENGTONG_DATA)", folder.display());
    }
    text
}

/// What the speller alone says, as findings.
fn findings(text: &str) -> Vec<Finding> {
    let finding = |misspelling: screen::spelling::Misspelling| {
        let start = text[..misspelling.bytes.start].chars().count();
        let end = start + text[misspelling.bytes.clone()].chars().count();
        Finding {
            check: "spelling".to_owned(),
            category: screen::Category::Spelling,
            severity: if misspelling.certain { Severity::Warn } else { Severity::Hint },
            field: Field::Body,
            range: Some(CharRange { start, end }),
            excerpt: String::new(),
            message: String::new(),
            suggestion: misspelling.suggestions.first().cloned(),
            rule_id: "spelling.confusion".to_owned(),
            pack_version: String::new(),
            basis: String::new(),
            reference: None,
            fingerprint: String::new(),
        }
    };
    Speller::standard().check(text).into_iter().map(finding).collect()
}

fn measured<'t>(name: &str, lines: impl Iterator<Item = &'t str>) -> Evaluation {
    let mut evaluator = Evaluator::new(&findings, &findings, &is_spelling);
    lines.for_each(|line| evaluator.add_line(line).unwrap());
    println!("{name}\n{}", evaluator.evaluation());
    evaluator.evaluation().clone()
}

/// Sentences kept out of all tuning.
fn kept_out(line: &str) -> bool {
    let row: Value = serde_json::from_str(line).unwrap();
    let number: usize = row["id"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
    number.is_multiple_of(5)
}

#[test]
fn official_prose_is_put_right_with_few_false_alarms() {
    let Some(text) = data_file("04-screening/csc/ecspell_odw_train.jsonl") else { return };
    let spelling = measured("odw", text.lines().filter(|line| kept_out(line))).all;
    assert!(spelling.character_detection.precision() >= 0.9);
    assert!(spelling.character_detection.recall() >= 0.5);
    assert!(spelling.character_correction.f1() >= 0.55);
    assert!(spelling.sentence_detection.recall() >= 0.5);
    assert!(spelling.sentence_correction.f1() >= 0.55);
    if let Some(text) = data_file("04-screening/csc/ecspell_law_train.jsonl") {
        let spelling = measured("law", text.lines().filter(|line| kept_out(line))).all;
        assert!(spelling.character_detection.precision() >= 0.85);
    }
}

#[test]
fn documents_kept_out_of_the_model_raise_hardly_any_alarm() {
    for name in ["law", "gov_work_report", "provincial_work_report"] {
        let Some(text) = data_file(&format!("02-docs/{name}.jsonl")) else { return };
        // Of the laws a fifth of those kept out, to be quick.
        let step = if name == "law" { 5 } else { 1 };
        let documents = measured(name, text.lines().skip(7).step_by(10 * step)).documents;
        let warned = 2.0 * documents.rate(Severity::Warn);
        assert!(warned <= 1.0 || documents.by_severity["warn"] <= 1, "{name}: {warned:.2} per 20,000 characters");
        assert!(documents.rate(Severity::Hint) * 0.3 <= 1.0, "{name}: too many hints");
    }
}
