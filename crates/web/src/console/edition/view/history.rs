//! The editions of a resource.

use app::{AppResult, edition::EditionView};
use domain::edition::EditionState;
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One edition.
#[derive(Debug, Clone, Serialize)]
pub struct EditionLine {
    /// Key.
    pub id: String,
    /// Number.
    pub number: i32,
    /// State.
    pub state: EditionState,
    /// Who wrote it last.
    pub writer: String,
    /// Last change.
    pub updated_at: Timestamp,
    /// Admission.
    pub admitted_at: Option<Timestamp>,
    /// What changed, in the writer's words.
    pub note: Option<String>,
    /// The one whose page this is.
    pub current: bool,
}

/// All editions that the reader may see, newest first.
pub async fn history(page: &Page, view: &EditionView) -> AppResult<Vec<EditionLine>> {
    let names = app::names::people(page.app(), view.siblings.iter().map(|edition| edition.written_by)).await?;
    Ok(view
        .siblings
        .iter()
        .map(|edition| EditionLine {
            id: edition.id.to_string(),
            number: edition.number,
            state: edition.state,
            writer: names.get(&edition.written_by).cloned().unwrap_or_default(),
            updated_at: edition.updated_at,
            admitted_at: edition.admitted_at,
            note: edition.change_note.clone(),
            current: edition.id == view.loaded.edition.id,
        })
        .collect())
}
