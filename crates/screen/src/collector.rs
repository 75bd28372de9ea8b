//! Gathers what the checks report and turns it into findings with places, masked excerpts and fingerprints.

use std::{collections::HashMap, ops::Range};

use sha2::{Digest, Sha256};

use crate::{
    check::{Check, Rule},
    field::Field,
    finding::{Category, CharRange, Finding, Severity},
    subject::Subject,
    view::TextField,
};

/// A list of ten thousand numbers helps nobody: beyond this many per check and field only a count is reported.
pub const MAX_PER_CHECK_AND_FIELD: usize = 200;

/// Characters of context on each side of an excerpt.
const CONTEXT: usize = 10;

/// What a check says about one place.
pub struct Note<'r> {
    /// Rule applied.
    pub rule: Rule<'r>,
    /// Gravity.
    pub severity: Severity,
    /// Plain Chinese.
    pub message: String,
    /// Replacement or advice.
    pub suggestion: Option<String>,
    /// What to show instead of the words themselves: a masked form. `None` shows them in their context.
    pub masked: Option<String>,
}

/// How many places one check reported in one field, and what to say when they are too many.
struct Count {
    places: usize,
    severity: Severity,
    rule: String,
    basis: String,
    pack: String,
}

impl Count {
    fn first(note: &Note<'_>) -> Self {
        let Rule { id, basis, pack } = note.rule;
        let (rule, basis, pack) = (id.to_owned(), basis.to_owned(), pack.to_owned());
        Self { places: 0, severity: note.severity, rule, basis, pack }
    }
}

/// Receives the reports of the checks.
pub struct Collector<'a> {
    subject: &'a Subject,
    check: &'static str,
    category: Category,
    seen: HashMap<String, usize>,
    counts: HashMap<(&'static str, Field), Count>,
    findings: Vec<Finding>,
    limit: usize,
}

impl<'a> Collector<'a> {
    /// An empty collector for one subject.
    pub fn new(subject: &'a Subject) -> Self {
        Self {
            subject,
            check: "",
            category: Category::Form,
            seen: HashMap::new(),
            counts: HashMap::new(),
            findings: Vec::new(),
            limit: MAX_PER_CHECK_AND_FIELD,
        }
    }

    /// A collector that lists every place, for what must be complete, such as masking.
    pub fn without_limit(subject: &'a Subject) -> Self {
        Self { limit: usize::MAX, ..Self::new(subject) }
    }

    /// The following reports come from this check.
    pub fn begin(&mut self, check: &dyn Check) {
        self.check = check.id();
        self.category = check.category();
    }

    /// The following reports of the same check are of this kind.
    pub fn categorise(&mut self, category: Category) {
        self.category = category;
    }

    /// Reports a place (byte range) in a text.
    pub fn at(&mut self, text: &TextField<'_>, bytes: Range<usize>, note: Note<'_>) {
        self.at_because_of(text, bytes, "", note);
    }

    /// Reports a place whose words alone are not what is wrong: an earlier decision no longer holds when `evidence`
    /// (the address behind a link, the title in the library) changes.
    pub fn at_because_of(&mut self, text: &TextField<'_>, bytes: Range<usize>, evidence: &str, note: Note<'_>) {
        if !self.has_room(text.field, &note) {
            return;
        }
        let matched = text.text.get(bytes.clone()).unwrap_or_default();
        let fingerprint = match evidence {
            "" => self.fingerprint(note.rule, text.field, matched),
            _ => self.fingerprint(note.rule, text.field, &format!("{matched}\n{evidence}")),
        };
        let excerpt = note.masked.clone().unwrap_or_else(|| excerpt(text, &bytes));
        let mut finding = self.finding(text.field, note, fingerprint);
        finding.range = Some(text.char_range(&bytes));
        finding.excerpt = excerpt;
        if text.is_hidden(&bytes) {
            finding.message.push_str("该处文字被设为不可见，但网页源代码里仍能看到。");
        }
        self.findings.push(finding);
    }

    /// Reports a field as a whole. `evidence` is the value in question (or the date compared with): when it changes,
    /// earlier decisions no longer hold.
    pub fn on(&mut self, field: Field, evidence: &str, note: Note<'_>) {
        if self.has_room(field, &note) {
            self.push(field, evidence, note);
        }
    }

    /// Reports a field as a whole because of something that the caller knows by a key: the key is the evidence, and the
    /// finding refers to it.
    pub fn on_about(&mut self, field: Field, key: &str, note: Note<'_>) {
        if self.has_room(field, &note) {
            self.push(field, key, note);
            if let Some(finding) = self.findings.last_mut() {
                finding.reference = Some(key.to_owned());
            }
        }
    }

    /// Counts a report; false when there were too many of its kind.
    fn has_room(&mut self, field: Field, note: &Note<'_>) -> bool {
        let count = self.counts.entry((self.check, field)).or_insert_with(|| Count::first(note));
        count.places += 1;
        count.severity = note.severity.min(count.severity);
        count.places <= self.limit
    }

    fn push(&mut self, field: Field, evidence: &str, note: Note<'_>) {
        let fingerprint = self.fingerprint(note.rule, field, evidence);
        let excerpt = note.masked.clone().unwrap_or_else(|| clip(evidence, 60));
        let mut finding = self.finding(field, note, fingerprint);
        finding.excerpt = excerpt;
        self.findings.push(finding);
    }

    /// The findings, grave ones first, then by field and place.
    pub fn finish(mut self) -> Vec<Finding> {
        let mut overflowing: Vec<_> =
            std::mem::take(&mut self.counts).into_iter().filter(|(_, count)| count.places > self.limit).collect();
        overflowing.sort_by_key(|((check, field), _)| (*check, *field));
        for ((check, field), count) in overflowing {
            let listed = self.findings.iter().find(|finding| finding.check == check && finding.field == field);
            self.category = listed.map_or(self.category, |finding| finding.category);
            self.check = check;
            let more = count.places - self.limit;
            let message = format!("{}里还有{more}处同类问题没有逐条列出，请一并处理后重新机审。", field.chinese());
            let rule = Rule { id: &count.rule, basis: &count.basis, pack: &count.pack };
            let note = Note { rule, severity: count.severity, message, suggestion: None, masked: Some(String::new()) };
            self.push(field, &format!("+{more}"), note);
        }
        self.drop_guesses();
        self.findings.sort_by_key(|finding| (finding.severity, finding.field, finding.range));
        self.findings
    }

    /// What the statistics of spelling suspect is not said where a rule or a word of a lexicon says something already.
    fn drop_guesses(&mut self) {
        let (guesses, known): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.findings).into_iter().partition(|one| one.rule_id.starts_with("spelling."));
        let mut places: Vec<(Field, CharRange)> =
            known.iter().filter_map(|one| Some((one.field, one.range?))).collect();
        places.sort_unstable();
        let longest = places.iter().map(|(_, range)| range.end - range.start).max().unwrap_or(0);
        self.findings = known;
        self.findings.extend(guesses.into_iter().filter(|guess| {
            let Some(range) = guess.range else { return true };
            let from =
                places.partition_point(|(field, place)| (*field, place.start + longest) < (guess.field, range.start));
            !places[from..]
                .iter()
                .take_while(|(field, place)| (*field, place.start) < (guess.field, range.end))
                .any(|(field, place)| *field == guess.field && place.end > range.start)
        }));
    }

    fn finding(&self, field: Field, note: Note<'_>, fingerprint: String) -> Finding {
        Finding {
            check: self.check.to_owned(),
            category: self.category,
            severity: note.severity,
            field,
            range: None,
            excerpt: String::new(),
            message: note.message,
            suggestion: note.suggestion,
            rule_id: note.rule.id.to_owned(),
            pack_version: note.rule.pack.to_owned(),
            basis: note.rule.basis.to_owned(),
            reference: None,
            fingerprint,
        }
    }

    /// Check, rule, field (attachments by name, since their order may change), words, and number among equals.
    fn fingerprint(&mut self, rule: Rule<'_>, field: Field, words: &str) -> String {
        let place = match field {
            Field::Attachment(index) => {
                let name = self.subject.attachments.get(index).map_or("", |attachment| attachment.name.as_str());
                format!("attachment={name}")
            }
            other => other.to_string(),
        };
        let key = digest(&[self.check, rule.id, &place, words]);
        let ordinal = self.seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *ordinal == 0 { key } else { digest(&[&key, &ordinal.to_string()]) }
    }
}

/// 128 bits over length-prefixed parts, so that no two lists of parts run together.
fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex::encode(&hasher.finalize()[..16])
}

/// The words with a little context, other people's numbers in the context starred.
fn excerpt(text: &TextField<'_>, bytes: &Range<usize>) -> String {
    let matched = text.text.get(bytes.clone()).unwrap_or_default();
    let before = text.before(bytes.start, CONTEXT);
    let after = text.after(bytes.end, CONTEXT);
    let open = if before.len() < bytes.start { "…" } else { "" };
    let close = if bytes.end + after.len() < text.text.len() { "…" } else { "" };
    let shown = format!("{open}{}{}{}{close}", star_digits(before), clip(matched, 60), star_digits(after));
    shown.replace(['\n', '\t'], " ")
}

/// Stars runs of six and more digits: a context may cut an ID number in two.
fn star_digits(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        if character.is_numeric() {
            run.push(character);
            continue;
        }
        if run.chars().count() >= 6 {
            shown.extend(run.chars().map(|_| '*'));
        } else {
            shown.push_str(&run);
        }
        run.clear();
        shown.push(character);
    }
    shown.pop();
    shown
}

fn clip(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_hides_long_numbers() {
        assert_eq!(star_digits("号123456，第12345号"), "号******，第12345号");
        assert_eq!(star_digits(""), "");
    }

    #[test]
    fn digests_keep_parts_apart() {
        assert_ne!(digest(&["a", "bc"]), digest(&["ab", "c"]));
        assert_eq!(digest(&["a"]).len(), 32);
    }
}
