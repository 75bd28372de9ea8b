//! The masked edition (脱敏版): every grave or probable piece of personal data replaced by its masked form, in place,
//! with the markup around it untouched. What reads as a public contact (a hint) stays, or citizens could not call.

use std::{collections::HashSet, ops::Range};

use domain::element::Elements;

use crate::{
    checks,
    collector::Collector,
    field::Field,
    finding::{Category, CharRange, Finding, Severity},
    html::{Concealed, Piece, Sink, scan},
    report::Report,
    subject::{AttachmentText, Subject},
    view::View,
};

/// A subject's texts without personal data.
#[derive(Debug, Clone, PartialEq)]
pub struct MaskedTexts {
    /// 标题
    pub title: String,
    /// 正文, with the same elements in the same order.
    pub body_html: String,
    /// 要素
    pub elements: Elements,
    /// For each attachment with something to mask.
    pub attachments: Vec<MaskedAttachment>,
}

/// What to replace in the file of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedAttachment {
    /// Its place among the subject's attachments.
    pub index: usize,
    /// Words as they stand in the text and their masked form, longer words first, each pair once.
    pub replacements: Vec<(String, String)>,
    /// The whole text after replacing.
    pub text: String,
}

/// Rounds of looking again. Masking one number may uncover that its neighbour reads as one; there are never many.
const ROUNDS: usize = 4;

/// Masks the personal data that `report` blocks or warns of. The caller takes out of the report what a person decided to
/// leave: those words stay. Places beyond the report's limit are masked too, and so is what the masking itself uncovers,
/// so that screening the result finds nothing more.
pub fn mask_subject(subject: &Subject, report: &Report) -> MaskedTexts {
    let listed: HashSet<&str> = report.findings.iter().map(Finding::fingerprint).collect();
    // A finding without a place says that there are more than could be listed.
    let overflowing: HashSet<(&str, Field)> = report
        .findings
        .iter()
        .filter(|finding| finding.category == Category::Privacy && finding.range.is_none())
        .map(|finding| (finding.check.as_str(), finding.field))
        .collect();
    let is_wanted = |finding: &Finding| {
        listed.contains(finding.fingerprint()) || overflowing.contains(&(finding.check.as_str(), finding.field))
    };
    let found = personal_data(subject);
    let (wanted, left): (Vec<Finding>, Vec<Finding>) = found.into_iter().partition(is_wanted);
    let left: HashSet<(String, Option<String>)> = left.into_iter().map(|one| (one.check, one.suggestion)).collect();

    let mut masked = subject.clone();
    let mut replaced: Vec<Vec<(String, String)>> = vec![Vec::new(); subject.attachments.len()];
    let mut places = wanted;
    for _ in 0..ROUNDS {
        if places.is_empty() {
            break;
        }
        mask_once(&mut masked, &places, &mut replaced);
        places = personal_data(&masked);
        places.retain(|one| !left.contains(&(one.check.clone(), one.suggestion.clone())));
    }
    let attachments = replaced.into_iter().enumerate().filter(|(_, pairs)| !pairs.is_empty());
    let attachments = attachments.map(|(index, mut pairs)| {
        pairs.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        pairs.dedup();
        let text = masked.attachments.get(index).map(|file| file.text.clone()).unwrap_or_default();
        MaskedAttachment { index, replacements: pairs, text }
    });
    MaskedTexts {
        attachments: attachments.collect(),
        title: masked.title,
        body_html: masked.body_html,
        elements: masked.elements,
    }
}

/// Replaces one place of a body's plain text in its source: the first character gives way to the new words, the others
/// go, tags between them stay.
pub fn replace_in_html(body_html: &str, range: CharRange, with: &str) -> String {
    in_html(body_html, &[(range, Some(with.to_owned()))], &[])
}

/// Everything that must not be published, without the limit that keeps reports short.
fn personal_data(subject: &Subject) -> Vec<Finding> {
    let view = View::of(subject);
    let mut collector = Collector::without_limit(subject);
    for check in checks::privacy() {
        collector.begin(check.as_ref());
        check.run(&view, &mut collector);
    }
    let grave = |finding: &Finding| finding.severity != Severity::Hint && finding.range.is_some();
    collector.finish().into_iter().filter(grave).collect()
}

fn mask_once(subject: &mut Subject, findings: &[Finding], replaced: &mut [Vec<(String, String)>]) {
    let places = |field: Field| {
        let of_field = findings.iter().filter(move |finding| finding.field == field);
        merged(of_field.filter_map(|finding| Some((finding.range?, finding.suggestion.clone().unwrap_or_default()))))
    };
    subject.title = in_text(&subject.title, &places(Field::Title)).0;
    for (field, text) in
        [(Field::Subtitle, &mut subject.elements.subtitle), (Field::Summary, &mut subject.elements.summary)]
    {
        if let Some(text) = text {
            *text = in_text(text, &places(field)).0;
        }
    }
    subject.body_html = in_html(&subject.body_html, &places(Field::Body), &places(Field::Concealed));
    for (index, AttachmentText { text, .. }) in subject.attachments.iter_mut().enumerate() {
        let (masked, pairs) = in_text(text, &places(Field::Attachment(index)));
        *text = masked;
        replaced[index].extend(pairs);
    }
}

/// Places in order; overlapping ones become one that is starred throughout.
fn merged(places: impl Iterator<Item = (CharRange, String)>) -> Vec<(CharRange, Option<String>)> {
    let mut places: Vec<_> = places.collect();
    places.sort();
    let mut merged: Vec<(CharRange, Option<String>)> = Vec::with_capacity(places.len());
    for (range, with) in places {
        match merged.last_mut() {
            Some((last, masked)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                *masked = None;
            }
            _ => merged.push((range, Some(with))),
        }
    }
    merged
}

fn stars(range: CharRange) -> String {
    "*".repeat(range.end.saturating_sub(range.start))
}

/// The text with its places masked, and what was replaced by what.
fn in_text(text: &str, places: &[(CharRange, Option<String>)]) -> (String, Vec<(String, String)>) {
    let mut masked = String::with_capacity(text.len());
    let mut pairs = Vec::new();
    let mut characters = text.chars();
    let mut at = 0;
    for (range, with) in places {
        masked.extend(characters.by_ref().take(range.start - at));
        let words: String = characters.by_ref().take(range.end - range.start).collect();
        let with = with.clone().unwrap_or_else(|| stars(*range));
        masked.push_str(&with);
        pairs.push((words, with));
        at = range.end;
    }
    masked.extend(characters);
    (masked, pairs)
}

/// Where the characters of the plain text and of the concealed text stand in the source, built exactly as
/// [`crate::plain_text()`] builds those texts.
#[derive(Default)]
struct Places {
    body: Vec<Option<Range<usize>>>,
    concealed: Vec<Option<Range<usize>>>,
}

impl Sink for Places {
    fn piece(&mut self, piece: Piece) {
        self.body.push(piece.source);
    }

    fn concealed(&mut self, text: Concealed<'_>) {
        let places = text.places();
        if !places.is_empty() {
            self.concealed.extend(places.into_iter().map(|(_, source)| Some(source)));
            self.concealed.push(None);
        }
    }
}

/// The first character of a place gives way to the masked form, the others go; tags between them stay.
fn in_html(html: &str, body: &[(CharRange, Option<String>)], concealed: &[(CharRange, Option<String>)]) -> String {
    if body.is_empty() && concealed.is_empty() {
        return html.to_owned();
    }
    let mut places = Places::default();
    scan(html, &mut places);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (wanted, known) in [(body, &places.body), (concealed, &places.concealed)] {
        for (range, with) in wanted {
            let mut with = Some(with.clone().unwrap_or_else(|| stars(*range)));
            let sources = known.get(range.start..range.end.min(known.len())).unwrap_or_default();
            for source in sources.iter().flatten() {
                edits.push((source.clone(), escaped(&with.take().unwrap_or_default())));
            }
        }
    }
    edits.sort_by_key(|(source, _)| source.start);
    let mut masked = String::with_capacity(html.len());
    let mut copied = 0;
    for (source, with) in edits {
        if source.start >= copied {
            masked.push_str(&html[copied..source.start]);
            masked.push_str(&with);
            copied = source.end;
        }
    }
    masked.push_str(&html[copied..]);
    masked
}

fn escaped(text: &str) -> String {
    crate::highlight::highlight_text(text, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_masked_in_text_and_overlapping_ones_are_starred() {
        let place = |start, end| CharRange { start, end };
        let some = |text: &str| text.to_owned();
        let places =
            merged([(place(1, 3), some("x*")), (place(5, 7), some("y")), (place(6, 9), some("z"))].into_iter());
        assert_eq!(in_text("甲乙丙丁戊己庚辛壬癸", &places).0, "甲x*丁戊****癸");
    }

    #[test]
    fn markup_stays_and_concealed_places_are_masked() {
        let place = |start, end, with: &str| vec![(CharRange { start, end }, Some(with.to_owned()))];
        let html = "<p>甲<b>12</b>3<i>乙</i></p><!-- 456 --><img alt='&#55;8'>";
        let replaced = replace_in_html("<p>甲<b>乙</b>丙</p>", CharRange { start: 0, end: 2 }, "<");
        assert_eq!(replaced, "<p>&lt;<b></b>丙</p>");
        assert_eq!(
            in_html(html, &place(1, 4, "***"), &[]),
            "<p>甲<b>***</b><i>乙</i></p><!-- 456 --><img alt='&#55;8'>"
        );
        assert_eq!(in_html(html, &[], &place(0, 3, "4*")), "<p>甲<b>12</b>3<i>乙</i></p><!-- 4* --><img alt='&#55;8'>");
        assert_eq!(in_html(html, &[], &place(4, 6, "*8")), "<p>甲<b>12</b>3<i>乙</i></p><!-- 456 --><img alt='*8'>");
    }
}
