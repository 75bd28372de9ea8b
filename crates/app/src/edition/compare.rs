//! What differs between two editions, or between what was saved and what a person typed meanwhile.

use domain::{
    actor::Actor,
    attachment::Attachment,
    edition::Edition,
    element::{ELEMENT_RULES, Elements},
    ids::EditionId,
};
use render::difference::{self, ElementChange};

use crate::{
    App, AppError, AppResult,
    edition::{
        element_text::{FURTHER_ELEMENTS, element_text},
        load::load,
    },
};

/// A readable difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextDifference {
    /// A table of the elements that differ; empty when none does. Safe HTML.
    pub elements: String,
    /// The body with what came in and went out. Safe HTML.
    pub body: String,
    /// Characters that came in.
    pub inserted: usize,
    /// Characters that went out.
    pub deleted: usize,
}

impl TextDifference {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.inserted == 0 && self.deleted == 0
    }
}

/// Two editions of one resource.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The one with the lower number.
    pub older: Edition,
    /// The one with the higher number.
    pub newer: Edition,
    /// Title, elements and body.
    pub text: TextDifference,
    /// Names of files that came in or were replaced.
    pub files_in: Vec<String>,
    /// Names of files that went out or were replaced.
    pub files_out: Vec<String>,
}

/// Compares two editions of one resource that the actor may see; the order of the arguments does not matter.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see one of them, or they are not of one resource.
pub async fn compare(app: &App, actor: &Actor, one: EditionId, other: EditionId) -> AppResult<Comparison> {
    let (one, other) = (load(app, actor, one).await?, load(app, actor, other).await?);
    if one.resource.id != other.resource.id {
        return Err(AppError::NotFound("可以对照的版本".into()));
    }
    let (older, newer) = match one.edition.number <= other.edition.number {
        true => (one.edition, other.edition),
        false => (other.edition, one.edition),
    };
    let read = app.store.read();
    let before = store::attachment::of_edition(&read, older.id).await?;
    let after = store::attachment::of_edition(&read, newer.id).await?;
    let text =
        compare_texts((&older.title, &older.elements, &older.body), (&newer.title, &newer.elements, &newer.body));
    Ok(Comparison {
        text,
        files_in: missing_from(&before, &after),
        files_out: missing_from(&after, &before),
        older,
        newer,
    })
}

/// Compares title, elements and cleaned body.
pub fn compare_texts(old: (&str, &Elements, &str), new: (&str, &Elements, &str)) -> TextDifference {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut changes = vec![ElementChange { label: "标题".into(), old: some(old.0), new: some(new.0) }];
    let labels = ELEMENT_RULES.iter().map(|rule| (rule.field, rule.label)).chain(FURTHER_ELEMENTS.iter().copied());
    for (field, label) in labels {
        changes.push(ElementChange {
            label: label.to_owned(),
            old: element_text(field, old.1),
            new: element_text(field, new.1),
        });
    }
    let body = difference::bodies(old.2, new.2);
    TextDifference {
        elements: difference::elements(&changes),
        body: body.html,
        inserted: body.inserted,
        deleted: body.deleted,
    }
}

/// Names of the files in `there` whose bytes or name `here` does not have.
fn missing_from(here: &[Attachment], there: &[Attachment]) -> Vec<String> {
    there
        .iter()
        .filter(|file| !here.iter().any(|one| one.hash == file.hash && one.file_name == file.file_name))
        .map(|file| file.file_name.clone())
        .collect()
}
