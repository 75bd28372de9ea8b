//! The text with its findings and remarks marked at their places.

use domain::{edition::Edition, review::Comment};
use screen::{CharRange, Highlight, Severity, highlight, highlight_text, plain_text};

use crate::edition::{finding::ScreenedFinding, screen::Screening};

/// Title and body as safe HTML with `<mark id="finding-…">` at every place that somebody or the machine pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
}

/// Key of a remark's mark in the page: `finding-` and this.
pub fn comment_mark(comment: &Comment) -> String {
    format!("comment-{}", comment.id)
}

/// Marks the findings of a report on exactly this text, and the remarks that are still open.
pub fn marked(edition: &Edition, screening: Option<&Screening>, comments: &[Comment]) -> Marked {
    let findings = screening.filter(|report| !report.outdated).map(|report| report.findings.as_slice());
    let comments: Vec<(String, &Comment)> = comments
        .iter()
        .filter(|comment| comment.resolved_at.is_none())
        .map(|comment| (comment_mark(comment), comment))
        .collect();
    let places = |field: &str| {
        let found = findings
            .unwrap_or_default()
            .iter()
            .filter(|one| !one.ignored())
            .filter(move |one| one.finding.field.to_string() == field);
        let remarked =
            comments.iter().filter(move |(_, comment)| comment.field == field).filter_map(|(mark, comment)| {
                let (start, end) = comment.range?;
                let range = CharRange { start: usize::try_from(start).ok()?, end: usize::try_from(end).ok()? };
                Some(Highlight { range, finding: mark.as_str(), severity: Severity::Hint })
            });
        found.filter_map(|one| Highlight::of(&one.finding)).chain(remarked).collect::<Vec<_>>()
    };
    Marked { title: highlight_text(&edition.title, &places("title")), body: highlight(&edition.body, &places("body")) }
}

/// Title and body with one finding marked, for pages that are about it alone.
pub fn marked_one(edition: &Edition, finding: Option<&ScreenedFinding>) -> Marked {
    let place = |field: &str| {
        let found = finding.filter(|one| one.finding.field.to_string() == field);
        found.and_then(|one| Highlight::of(&one.finding)).into_iter().collect::<Vec<_>>()
    };
    Marked { title: highlight_text(&edition.title, &place("title")), body: highlight(&edition.body, &place("body")) }
}

/// Where a finding lies in the body, counted in characters that are not blank: (before it, its length). Browsers
/// keep blanks differently from the plain text, but never ink, so a script can find the place in an editor.
pub fn ink_place(edition: &Edition, finding: &screen::Finding) -> Option<(usize, usize)> {
    let range = finding.range.filter(|_| finding.field == screen::Field::Body)?;
    let ink = |from: usize, to: usize, text: &str| {
        text.chars().skip(from).take(to - from).filter(|character| !character.is_whitespace()).count()
    };
    let text = plain_text(&edition.body).text;
    Some((ink(0, range.start, &text), ink(range.start, range.end, &text)))
}

/// Where a quoted stretch stands in a field's plain text; `before` is what stood before it, to tell equal stretches
/// apart. Blanks do not count, because browsers and people copy them differently. `None` when it is not there.
pub fn find_quote(edition: &Edition, field: &str, quote: &str, before: &str) -> Option<(i32, i32)> {
    let text = match field {
        "title" => edition.title.clone(),
        "body" => plain_text(&edition.body).text,
        _ => return None,
    };
    let ink: Vec<(usize, char)> =
        text.chars().enumerate().filter(|(_, character)| !character.is_whitespace()).collect();
    let wanted: Vec<char> = quote.chars().filter(|character| !character.is_whitespace()).collect();
    let before: Vec<char> = before.chars().filter(|character| !character.is_whitespace()).collect();
    if wanted.is_empty() || wanted.len() > ink.len() {
        return None;
    }
    let starts = (0..=ink.len() - wanted.len())
        .filter(|start| wanted.iter().zip(&ink[*start..]).all(|(want, (_, have))| want == have));
    // The place that shares most with what stood before; the first one among equals.
    let agreement = |start: usize| {
        before.iter().rev().zip(ink[..start].iter().rev()).take_while(|(want, (_, have))| *want == have).count()
    };
    let start = starts.max_by_key(|start| (agreement(*start), std::cmp::Reverse(*start)))?;
    let (first, last) = (ink[start].0, ink[start + wanted.len() - 1].0);
    Some((i32::try_from(first).ok()?, i32::try_from(last + 1).ok()?))
}
