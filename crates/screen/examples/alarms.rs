//! What every rule says about documents that offices published and letters that citizens wrote: alarms per 10,000
//! characters, nearly all of them false. `ZHENGTONG_DATA=… cargo run --release -p screen --example alarms [RULE]` prints
//! the places of one rule, with their excerpts.

use std::{collections::BTreeMap, fs, path::Path, path::PathBuf, time::Instant};

use domain::{resource::ResourceKind, time::parse_beijing};
use screen::{Engine, Severity, Subject};

const FILES: &[(&str, ResourceKind)] = &[
    ("02-docs/state_council", ResourceKind::Policy),
    ("02-docs/customs_notice", ResourceKind::Policy),
    ("02-docs/policy_interpretation", ResourceKind::Interpretation),
    ("02-docs/news", ResourceKind::Article),
    ("02-docs/law", ResourceKind::Policy),
    ("02-docs/gov_work_report", ResourceKind::Article),
    ("02-docs/provincial_work_report", ResourceKind::Article),
    ("06-messages/messages_labelled", ResourceKind::Article),
    ("06-messages/messages_with_reply", ResourceKind::Article),
];

fn subject(line: &str, kind: ResourceKind) -> Option<Subject> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| row[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let words = [text("body"), text("content"), text("reply")].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
    let body: String = escaped.lines().map(|line| format!("<p>{line}</p>")).collect();
    let now = parse_beijing("2026-11-20 10:00")?;
    let mut subject = Subject::new(kind, text("title").unwrap_or_else(|| "示例".to_owned()), body, now);
    subject.imported = true;
    subject.elements.source = text("source").or(Some("示例".to_owned()));
    subject.elements.published_on = text("publish_date").or_else(|| text("date")).and_then(|date| parse_beijing(&date));
    if kind == ResourceKind::Policy {
        subject.elements.issuer = text("source");
        subject.elements.document_number = text("doc_no");
        subject.elements.written_on = text("date").and_then(|date| date.parse().ok());
    }
    Some(subject)
}

fn main() {
    let wanted = std::env::args().nth(1);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from);
    let engine = Engine::standard();
    let mut sums: BTreeMap<(String, Severity), BTreeMap<&str, usize>> = BTreeMap::new();
    let mut characters: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, kind) in FILES {
        let Ok(lines) = fs::read_to_string(folder.join(format!("{file}.jsonl"))) else {
            println!("SKIPPED: no {file}.jsonl in {}", folder.display());
            continue;
        };
        let subjects: Vec<Subject> = lines.lines().filter_map(|line| subject(line, *kind)).collect();
        let name = file.rsplit('/').next().unwrap_or(file);
        let started = Instant::now();
        let mut count = 0;
        for subject in &subjects {
            count += subject.body_html.chars().count();
            for finding in engine.screen(subject).findings {
                if wanted.as_deref().is_some_and(|wanted| finding.rule_id.starts_with(wanted)) {
                    println!(
                        "{name} {} {} {} → {:?} {}",
                        finding.rule_id,
                        finding.severity.as_str(),
                        finding.excerpt,
                        finding.suggestion,
                        finding.message
                    );
                }
                *sums.entry((finding.rule_id, finding.severity)).or_default().entry(name).or_default() += 1;
            }
        }
        let took = started.elapsed();
        println!(
            "{name}: {} documents, {count} characters, {:.3} ms per 3,000 characters",
            subjects.len(),
            took.as_secs_f64() * 3e6 / count.max(1) as f64
        );
        characters.insert(name, count);
    }
    println!(
        "\nalarms per 10,000 characters\n{:<36}{}",
        "rule",
        characters.keys().map(|n| format!("{:>14.13}", n)).collect::<String>()
    );
    for ((rule, severity), counts) in sums {
        let cells: String = characters
            .iter()
            .map(|(name, of)| format!("{:>14.3}", *counts.get(name).unwrap_or(&0) as f64 * 1e4 / *of as f64))
            .collect();
        println!("{:<36}{cells}", format!("{rule} {}", severity.as_str()));
    }
}
