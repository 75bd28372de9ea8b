//! Characters that were probably taken for others.

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    spelling::{Misspelling, Speller},
    view::{TextField, View},
};

/// What the [`Speller`] notices: sure things are to be answered, the others are only pointed out.
pub struct SpellingCheck;

const RULE: Rule<'static> = Rule::builtin(
    "spelling.confusion",
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）“严重表述错误”一项；信息发布先审后发的要求",
);

/// Characters of context shown on each side of the words in question.
const CONTEXT: usize = 2;

impl Check for SpellingCheck {
    fn id(&self) -> &'static str {
        "spelling"
    }
    fn name(&self) -> &'static str {
        "错别字"
    }
    fn category(&self) -> Category {
        Category::Spelling
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            for misspelling in Speller::standard().check(&text.text) {
                let severity = if misspelling.certain { Severity::Warn } else { Severity::Hint };
                let Some(best) = misspelling.suggestions.first().cloned() else { continue };
                let message = message(text, &misspelling, &best);
                let note = Note { rule: RULE, severity, message, suggestion: Some(best), masked: None };
                out.at(text, misspelling.bytes, note);
            }
        }
    }
}

fn message(text: &TextField<'_>, misspelling: &Misspelling, best: &str) -> String {
    let written = text.text.get(misspelling.bytes.clone()).unwrap_or_default();
    let before = text.before(misspelling.bytes.start, CONTEXT);
    let before = before.rsplit(|character| !is_chinese(character)).next().unwrap_or_default();
    let after = text.after(misspelling.bytes.end, CONTEXT);
    let after = after.split(|character| !is_chinese(character)).next().unwrap_or_default();
    let doubt = if misspelling.certain { "疑为" } else { "可能是" };
    let mut message = format!("“{before}{written}{after}”{doubt}“{before}{best}{after}”之误，请核对。");
    let others: Vec<String> = misspelling.suggestions[1..].iter().map(|other| format!("“{other}”")).collect();
    if !others.is_empty() {
        message.push_str(&format!("“{written}”也可能应为{}。", others.join("、")));
    }
    message
}

fn is_chinese(character: char) -> bool {
    crate::spelling::symbol::is_chinese(character)
}
