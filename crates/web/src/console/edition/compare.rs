//! `GET /console/editions/{id}/compare?with=ID`: what changed between two editions; without `with`, since the one before.

use app::edition::EditionView;
use axum::extract::{Path, Query};
use domain::ids::EditionId;
use serde::Deserialize;

use crate::{
    console::{edition::view::history::history, page::Page},
    error::{WebError, WebResult},
    view,
};

/// The other edition.
#[derive(Deserialize)]
pub struct Other {
    with: Option<EditionId>,
}

/// Shows the difference.
pub async fn compare(page: Page, Path(id): Path<EditionId>, Query(other): Query<Other>) -> WebResult {
    let view = app::edition::view(page.app(), &page.actor, id).await?;
    let other = other.with.or_else(|| before(&view)).ok_or_else(|| WebError::not_found("可以对照的版本"))?;
    let found = app::edition::compare(page.app(), &page.actor, id, other).await?;
    page.render(
        "console/edition/compare.html",
        view! {
            id,
            title => found.newer.title,
            older => found.older.number,
            newer => found.newer.number,
            older_state => found.older.state,
            newer_state => found.newer.state,
            note => found.newer.change_note,
            elements => found.text.elements,
            body => found.text.body,
            inserted => found.text.inserted,
            deleted => found.text.deleted,
            same => found.text.is_empty() && found.files_in.is_empty() && found.files_out.is_empty(),
            files_in => found.files_in,
            files_out => found.files_out,
            editions => history(&page, &view).await?,
            with => other,
        },
    )
}

/// The edition with the next lower number.
fn before(view: &EditionView) -> Option<EditionId> {
    let number = view.loaded.edition.number;
    view.siblings.iter().filter(|one| one.number < number).max_by_key(|one| one.number).map(|one| one.id)
}
