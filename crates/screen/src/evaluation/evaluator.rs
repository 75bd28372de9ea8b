//! Takes lines one by one and keeps the sums.

use domain::resource::ResourceKind;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{
    document::Documents,
    sentence::{Sentence, Spelling},
};
use crate::{
    engine::Engine,
    field::Field,
    finding::{Finding, Severity},
    subject::{AttachmentText, Subject},
};

/// Everything measured so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evaluation {
    /// Sentences read.
    pub sentences: usize,
    /// Spelling, over all findings.
    pub all: Spelling,
    /// Spelling, over findings that need an answer (Block and Warn).
    pub answered: Spelling,
    /// Documents without known errors.
    pub documents: Documents,
}

/// Screens a sentence or a body; places are counted in characters of the text given.
pub type Screen<'a> = dyn Fn(&str) -> Vec<Finding> + 'a;

/// Measures an engine.
pub struct Evaluator<'a> {
    sentence: &'a Screen<'a>,
    body: &'a Screen<'a>,
    counts: &'a dyn Fn(&Finding) -> bool,
    evaluation: Evaluation,
}

impl<'a> Evaluator<'a> {
    /// `sentence` screens a sentence, `body` a document; `counts` tells which findings claim a misspelling, for
    /// instance [`is_spelling`].
    pub fn new(sentence: &'a Screen<'a>, body: &'a Screen<'a>, counts: &'a dyn Fn(&Finding) -> bool) -> Self {
        Self { sentence, body, counts, evaluation: Evaluation::default() }
    }

    /// Adds a line of JSON. Empty lines are passed over.
    ///
    /// # Errors
    /// Says in Chinese what is wrong with the line; nothing of it is counted then.
    pub fn add_line(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let row: Value = serde_json::from_str(line).map_err(|error| format!("不是JSON：{error}"))?;
        if let Some(body) = row.get("body").and_then(Value::as_str) {
            self.evaluation.documents.add(body, &(self.body)(body));
            return Ok(());
        }
        if row.get("src").is_none() {
            return Err("既没有“src”“tgt”两项（错句和正句），也没有“body”一项（正文）".to_owned());
        }
        let sentence = Sentence::from_json(&row)?;
        let written: String = sentence.written.iter().collect();
        let findings = (self.sentence)(&written);
        let counted = || findings.iter().filter(|finding| (self.counts)(finding));
        self.evaluation.sentences += 1;
        self.evaluation.all.add(&sentence, counted());
        let answered = counted().filter(|finding| finding.severity != Severity::Hint);
        self.evaluation.answered.add(&sentence, answered);
        Ok(())
    }

    /// What was measured so far.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }
}

/// Whether a finding claims that characters are misspelt and says what to put there.
pub fn is_spelling(finding: &Finding) -> bool {
    finding.rule_id.starts_with("spelling.") && finding.suggestion.is_some()
}

/// Screens a sentence as the text of an attachment, which is taken as it is: places are places in the sentence.
pub fn screen_sentence(engine: &Engine, sentence: &str, now: Timestamp) -> Vec<Finding> {
    let mut subject = Subject::new(ResourceKind::Article, String::new(), String::new(), now);
    subject.attachments.push(AttachmentText { name: String::new(), text: sentence.to_owned() });
    let mut findings = engine.screen(&subject).findings;
    findings.retain(|finding| finding.field == Field::Attachment(0));
    findings
}

/// Screens a plain text as the body of an imported article; only findings in the body itself are given.
pub fn screen_body(engine: &Engine, body: &str, now: Timestamp) -> Vec<Finding> {
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;");
    let html: String = escaped.lines().map(|line| format!("<p>{line}</p>")).collect();
    let mut subject = Subject::new(ResourceKind::Article, String::new(), html, now);
    subject.imported = true;
    let mut findings = engine.screen(&subject).findings;
    findings.retain(|finding| finding.field == Field::Body && finding.range.is_some());
    findings
}
