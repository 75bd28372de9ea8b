//! Adopting a suggestion of the machine: the words in question are replaced, and the text is screened again.

use domain::{actor::Actor, edition::Edition, element::Elements, ids::EditionId};
use screen::{CharRange, Finding, Highlight, highlight};

use crate::{
    App, AppError, AppResult,
    edition::{
        load::load,
        save::{DraftChange, save},
        screen::{screen, screening_of},
    },
};

/// What may be put in place of the words in question, the best first: the parts of the suggestion between `|`. Advice
/// is none: it is a sentence, or is about the field as a whole.
pub fn suggestions(finding: &Finding) -> Vec<String> {
    if finding.range.is_none() {
        return Vec::new();
    }
    let parts = finding.suggestion.iter().flat_map(|text| text.split('|')).map(str::trim);
    parts.filter(|text| !text.is_empty() && !text.ends_with('。')).map(str::to_owned).collect()
}

/// Replaces the words of a finding by one of its suggestions (counted from 0), saves and screens again.
///
/// # Errors
/// [`AppError::Conflict`] when the words have changed meanwhile, or somebody else saved first.
pub async fn adopt(
    app: &App,
    actor: &Actor,
    id: EditionId,
    lock_version: i64,
    fingerprint: &str,
    choice: usize,
) -> AppResult<Edition> {
    let gone = || AppError::Conflict("这处文字已有变化，建议不再适用。请重新机审后再处理。".into());
    let current = screening_of(app, actor, id).await?.filter(|report| !report.outdated);
    let screening = match current {
        Some(current) => current,
        None => screen(app, actor, id).await?,
    };
    let found = screening.findings.into_iter().find(|one| one.finding.fingerprint() == fingerprint);
    let finding = found.map(|one| one.finding).ok_or_else(gone)?;
    let suggestion = suggestions(&finding).into_iter().nth(choice).ok_or_else(gone)?;
    let edition = load(app, actor, id).await?.edition;
    let mut change = change_of(edition);
    change.lock_version = lock_version;
    if !put(&mut change, &finding, &suggestion) {
        return Err(gone());
    }
    let saved = save(app, actor, id, &change).await?;
    screen(app, actor, id).await?;
    Ok(saved)
}

/// A change that changes nothing yet.
pub(super) fn change_of(edition: Edition) -> DraftChange {
    DraftChange {
        lock_version: edition.lock_version,
        title: edition.title,
        body: edition.body,
        elements: edition.elements,
        change_note: edition.change_note,
    }
}

/// Puts other words in the place of a finding; `false` when its place cannot be written to.
pub(super) fn put(change: &mut DraftChange, finding: &Finding, with: &str) -> bool {
    let Some(range) = finding.range else { return false };
    match finding.field.to_string().as_str() {
        "title" => change.title = replaced(&change.title, range, with),
        "body" => change.body = replaced_in_html(&change.body, finding, with),
        field => {
            let Some(Some(text)) = element(&mut change.elements, field) else { return false };
            *text = replaced(text, range, with);
        }
    }
    true
}

fn element<'a>(elements: &'a mut Elements, field: &str) -> Option<&'a mut Option<String>> {
    match field {
        "subtitle" => Some(&mut elements.subtitle),
        "summary" => Some(&mut elements.summary),
        "source" => Some(&mut elements.source),
        "original_url" => Some(&mut elements.original_url),
        "document_number" => Some(&mut elements.document_number),
        "issuer" => Some(&mut elements.issuer),
        _ => None,
    }
}

fn replaced(text: &str, range: CharRange, with: &str) -> String {
    let head = text.chars().take(range.start);
    head.chain(with.chars()).chain(text.chars().skip(range.end)).collect()
}

/// The highlighter knows where the characters of the plain text stand in the source: its marks are filled anew, the
/// first with the suggestion and the others (where the place spans several elements) with nothing.
fn replaced_in_html(body: &str, finding: &Finding, with: &str) -> String {
    let Some(place) = Highlight::of(finding) else { return body.to_owned() };
    let marked = highlight(body, &[place]);
    let mut out = String::with_capacity(marked.len());
    let mut rest = marked.as_str();
    let mut first = true;
    // A cleaned body has no marks of its own.
    while let Some(start) = rest.find("<mark ") {
        let Some(length) = rest[start..].find("</mark>") else { break };
        out.push_str(&rest[..start]);
        if first {
            out.push_str(&screen::highlight_text(with, &[]));
            first = false;
        }
        rest = &rest[start + length + "</mark>".len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_spans_elements_is_replaced_once() {
        let engine = screen::Engine::standard();
        let body = "<p>文号：内政办发<strong>[2026]8</strong>号。</p>";
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        let subject = screen::Subject::new(domain::resource::ResourceKind::Article, "示例", body, now);
        let report = engine.screen(&subject);
        let finding = report.findings.iter().find(|one| one.check == "document_number").unwrap();
        let with = suggestions(finding).remove(0);
        let new = replaced_in_html(body, finding, &with);
        assert_eq!(screen::plain_text(&new).text.matches(&with).count(), 1);
        assert!(!new.contains("<mark"));
        assert!(new.starts_with("<p>文号：") && new.ends_with("。</p>"));
    }

    #[test]
    fn several_suggestions_are_parted_and_advice_is_none() {
        let engine = screen::Engine::standard();
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        let body = "<p>内政办发[2026]8号</p>";
        let subject = screen::Subject::new(domain::resource::ResourceKind::Article, "示例", body, now);
        let finding = engine.screen(&subject).findings.into_iter().find(|one| one.check == "document_number").unwrap();
        for (suggestion, range, wanted) in [
            (Some("截至"), finding.range, vec!["截至"]),
            (Some("截至|截止到 | "), finding.range, vec!["截至", "截止到"]),
            (Some("请核对后改正。"), finding.range, vec![]),
            (Some("截至"), None, vec![]),
            (None, finding.range, vec![]),
        ] {
            let one = Finding { suggestion: suggestion.map(str::to_owned), range, ..finding.clone() };
            assert_eq!(suggestions(&one), wanted);
        }
    }

    #[test]
    fn the_words_in_a_plain_field_are_replaced_by_characters() {
        assert_eq!(replaced("甲乙丙丁", CharRange { start: 1, end: 3 }, "X"), "甲X丁");
    }
}
