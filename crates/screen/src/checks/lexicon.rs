//! Words of the lexicons (词库), in every text and in what readers do not see.

use std::sync::Arc;

use domain::time::beijing_date;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    lexicon::{Lexicon, Match, find},
    view::View,
};

/// The packs of all levels that apply to a text, the highest level first.
#[derive(Debug, Clone, Default)]
pub struct LexiconCheck {
    levels: Vec<Arc<Lexicon>>,
}

impl LexiconCheck {
    /// The given levels, the highest first.
    pub fn new(levels: Vec<Arc<Lexicon>>) -> Self {
        Self { levels }
    }

    /// The levels, the highest first.
    pub fn levels(&self) -> &[Arc<Lexicon>] {
        &self.levels
    }
}

impl Check for LexiconCheck {
    fn id(&self) -> &'static str {
        "lexicon"
    }
    fn name(&self) -> &'static str {
        "词库（敏感词、规范表述）"
    }
    fn category(&self) -> Category {
        Category::Wording
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let day = beijing_date(view.subject.now);
        for text in view.texts() {
            let across_lines = matches!(text.field, Field::Attachment(_));
            for found in find(&self.levels, &text.text, text.folded(), day, across_lines) {
                let id = format!("lexicon.{}.{}", found.pack.id, found.entry.key());
                let pack = format!("{}-{}", found.pack.id, found.pack.version);
                let basis = found.entry.source.as_deref().unwrap_or(&found.pack.source);
                let rule = Rule { id: &id, basis, pack: &pack };
                out.categorise(found.pack.category);
                let note = Note {
                    rule,
                    severity: severity(&found),
                    message: message(&found),
                    suggestion: found.entry.suggestion.clone(),
                    masked: None,
                };
                out.at(text, found.hit.bytes.clone(), note);
            }
        }
    }
}

/// Equal sound alone is never reason enough to stop a text.
fn severity(found: &Match<'_>) -> Severity {
    if found.hit.by_sound { found.hit.severity.max(Severity::Warn) } else { found.hit.severity }
}

fn message(found: &Match<'_>) -> String {
    let word = &found.entry.word;
    let mut message = found.entry.message.as_ref().unwrap_or(&found.pack.message).replace("{word}", word);
    if found.hit.by_sound {
        message.push_str(&format!("（此处读音与“{word}”相同，可能是换字书写，请核对。）"));
    }
    message
}
