//! A report for people and for programs.

use std::fmt::Write;

use app::screening::{FileScreening, Finding, Severity};
use serde_json::{Value, json};

/// The report as it is, and what could not be read.
pub fn as_json(screening: &FileScreening) -> Value {
    let report = &screening.report;
    json!({
        "findings": report.findings, "engine_version": report.engine_version, "checked_at": report.checked_at,
        "notices": screening.notices,
    })
}

/// One line for the whole, then each finding with its place, what is wrong and what to do.
pub fn for_people(screening: &FileScreening) -> String {
    let mut shown = summary(screening);
    for notice in &screening.notices {
        let _ = write!(shown, "\n[未能检查] {notice}");
    }
    for finding in &screening.report.findings {
        let place = place(screening, finding);
        let _ = write!(shown, "\n\n[{}] {} {place}", finding.severity.chinese(), finding.category.chinese());
        if !finding.excerpt.is_empty() {
            let _ = write!(shown, "\n  {}", finding.excerpt);
        }
        let _ = write!(shown, "\n  {}", finding.message);
        if let Some(suggestion) = &finding.suggestion {
            let _ = write!(shown, "\n  建议：{}", suggestion.replace('|', " 或 "));
        }
        let _ = write!(shown, "\n  规则：{}（{}），{}", finding.rule_id, finding.pack_version, finding.basis);
    }
    shown
}

fn summary(screening: &FileScreening) -> String {
    let report = &screening.report;
    if report.findings.is_empty() {
        return "没有发现问题。".to_owned();
    }
    let counts: Vec<String> =
        Severity::ALL.into_iter().map(|one| format!("{}{}处", one.chinese(), report.count(one))).collect();
    format!("{}。", counts.join("，"))
}

/// Line and column in the text, or the field.
fn place(screening: &FileScreening, finding: &Finding) -> String {
    let Some(range) = finding.range.filter(|_| finding.field == screening.field) else {
        return finding.field.chinese();
    };
    let before: Vec<char> = screening.text.chars().take(range.start).collect();
    let line = before.iter().filter(|character| **character == '\n').count() + 1;
    let column = before.iter().rev().take_while(|character| **character != '\n').count() + 1;
    format!("第{line}行第{column}字")
}
