//! A report for people.

use std::fmt::Write;

use screen::{Field, Finding, Report, Severity, plain_text};

use super::{as_html, input::Input};

/// One line for the whole, then each finding with its place, what is wrong and what to do.
pub fn report(input: &Input, report: &Report) -> String {
    let text = match input {
        Input::Text(text) => plain_text(&as_html(text)).text,
        Input::Page(html) => plain_text(html).text,
        Input::Attachment { text, .. } => text.clone(),
    };
    let mut shown = summary(report);
    if let Input::Attachment { notices, .. } = input {
        for notice in notices {
            let _ = write!(shown, "\n[未能检查] {notice}");
        }
    }
    for finding in &report.findings {
        let _ = write!(shown, "\n\n[{}] {}", finding.severity.chinese(), finding.category.chinese());
        if let Some(place) = place(finding, &text) {
            let _ = write!(shown, " {place}");
        }
        if !finding.excerpt.is_empty() {
            let _ = write!(shown, "\n  {}", finding.excerpt);
        }
        let _ = write!(shown, "\n  {}", finding.message);
        if let Some(suggestion) = &finding.suggestion {
            let _ = write!(shown, "\n  建议：{}", suggestion.replace('|', "；或："));
        }
        let _ = write!(shown, "\n  规则：{}（{}），{}", finding.rule_id, finding.pack_version, finding.basis);
    }
    shown
}

fn summary(report: &Report) -> String {
    let counts: Vec<String> =
        Severity::ALL.into_iter().map(|one| format!("{} {} 处", one.chinese(), report.count(one))).collect();
    if report.findings.is_empty() { "没有发现问题。".to_owned() } else { counts.join("，") }
}

/// Line and column, or the field.
fn place(finding: &Finding, text: &str) -> Option<String> {
    let range = finding.range?;
    if !matches!(finding.field, Field::Body | Field::Attachment(_)) {
        return Some(finding.field.chinese());
    }
    let (mut line, mut column) = (1, 1);
    for character in text.chars().take(range.start) {
        if character == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    Some(format!("第{line}行第{column}字"))
}
