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

/// True when the suggestion is text to put in place of the words in question. Advice is a sentence, or is about the
/// field as a whole.
pub fn can_be_adopted(finding: &Finding) -> bool {
    finding.range.is_some() && finding.suggestion.as_ref().is_some_and(|text| !text.ends_with('。'))
}

/// Replaces the words of a finding by its suggestion, saves and screens again.
///
/// # Errors
/// [`AppError::Conflict`] when the words have changed meanwhile, or somebody else saved first.
pub async fn adopt(
    app: &App,
    actor: &Actor,
    id: EditionId,
    lock_version: i64,
    fingerprint: &str,
) -> AppResult<Edition> {
    let gone = || AppError::Conflict("这处文字已有变化，建议不再适用。请重新机审后再处理。".into());
    let current = screening_of(app, actor, id).await?.filter(|report| !report.outdated);
    let screening = match current {
        Some(current) => current,
        None => screen(app, actor, id).await?,
    };
    let found = screening.findings.into_iter().find(|one| one.finding.fingerprint() == fingerprint);
    let finding = found.map(|one| one.finding).filter(can_be_adopted).ok_or_else(gone)?;
    let edition = load(app, actor, id).await?.edition;
    let mut change = DraftChange {
        lock_version,
        title: edition.title,
        body: edition.body,
        elements: edition.elements,
        change_note: edition.change_note,
    };
    let (Some(range), Some(suggestion)) = (finding.range, &finding.suggestion) else { return Err(gone()) };
    match finding.field.to_string().as_str() {
        "title" => change.title = replaced(&change.title, range, suggestion),
        "body" => change.body = replaced_in_html(&change.body, &finding, suggestion),
        field => {
            let text = element(&mut change.elements, field).ok_or_else(gone)?;
            *text = Some(replaced(text.as_deref().unwrap_or_default(), range, suggestion));
        }
    }
    let saved = save(app, actor, id, &change).await?;
    screen(app, actor, id).await?;
    Ok(saved)
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
        assert!(can_be_adopted(finding), "{finding:?}");
        let with = finding.suggestion.clone().unwrap();
        let new = replaced_in_html(body, finding, &with);
        assert_eq!(screen::plain_text(&new).text.matches(&with).count(), 1);
        assert!(!new.contains("<mark"));
        assert!(new.starts_with("<p>文号：") && new.ends_with("。</p>"));
    }

    #[test]
    fn the_words_in_a_plain_field_are_replaced_by_characters() {
        assert_eq!(replaced("甲乙丙丁", CharRange { start: 1, end: 3 }, "X"), "甲X丁");
    }
}
