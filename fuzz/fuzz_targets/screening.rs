//! Whatever the text, screening ends, every finding points into the text it was found in, and nothing personal is left
//! after masking.
#![no_main]

use std::sync::LazyLock;

use domain::{resource::ResourceKind, time::parse_beijing};
use libfuzzer_sys::fuzz_target;
use screen::{Category, Engine, Field, Severity, Subject, mask_subject, plain_text};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::standard);

fuzz_target!(|input: (String, String)| {
    let (title, body) = input;
    let now = parse_beijing("2026-11-20 10:00").expect("a time");
    let subject = Subject::new(ResourceKind::Policy, title, body, now);
    let plain = plain_text(&subject.body_html);
    let report = ENGINE.screen(&subject);
    let masked = mask_subject(&subject, &report);
    let mut again = subject.clone();
    (again.title, again.body_html, again.elements) = (masked.title, masked.body_html, masked.elements);
    for finding in ENGINE.screen(&again).findings {
        assert!(finding.category != Category::Privacy || finding.severity == Severity::Hint, "{finding:?} in {again:?}");
    }
    for finding in report.findings {
        let text = match finding.field {
            Field::Title => &subject.title,
            Field::Body => &plain.text,
            Field::Concealed => &plain.concealed,
            _ => continue,
        };
        if let Some(range) = finding.range {
            assert!(range.start < range.end && range.end <= text.chars().count(), "{finding:?} in {subject:?}");
        }
    }
});
