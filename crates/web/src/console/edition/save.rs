//! `POST /console/editions/{id}`: saves what was typed, then does what the pressed button says.

use app::{AppError, edition::EditionView};
use axum::extract::Path;
use domain::{edition::Edition, ids::EditionId, placement::PlacementState};

use crate::{
    console::{
        edition::{
            draft_form::DraftForm,
            edit::TEMPLATE,
            edit_view::{Conflict, edit_view},
            intent::{Intent, Outcome},
        },
        page::Page,
    },
    error::{WebError, WebResult},
    form::Submitted,
};

/// Saves and goes on.
pub async fn save(page: Page, Path(id): Path<EditionId>, submitted: Submitted) -> WebResult {
    let page = page.with_editor();
    let view = app::edition::view(page.app(), &page.actor, id).await?;
    let typed_version = submitted.text("lock_version").parse().unwrap_or(0);
    let form = match DraftForm::read(&submitted, view.loaded.resource.kind, &view.loaded.edition.elements) {
        Ok(form) => form,
        Err(error) => return again(&page, id, &submitted, typed_version, error).await,
    };
    let saved = match app::edition::save(page.app(), &page.actor, id, &form.change).await {
        Ok(edition) => edition,
        Err(AppError::Conflict(message)) => return conflict(&page, id, &submitted, &form, message).await,
        Err(error) => return again(&page, id, &submitted, typed_version, error).await,
    };
    match go_on(&page, &view, &saved, &form, &submitted).await {
        Ok(outcome) => page.done(&outcome.path, &outcome.message),
        // The text is saved; what failed is shown at its place, above the version that is now the latest.
        Err(error) => again(&page, id, &submitted, saved.lock_version, error).await,
    }
}

async fn go_on(
    page: &Page,
    view: &EditionView,
    saved: &Edition,
    form: &DraftForm,
    submitted: &Submitted,
) -> Result<Outcome, AppError> {
    propose(page, view, form).await?;
    for file in &view.attachments {
        let field = format!("alt.{}", file.id);
        let typed = submitted.text(&field);
        if submitted.has(&field) && typed != file.alt_text.as_deref().unwrap_or_default() {
            app::attachment::describe(page.app(), &page.actor, file.id, typed).await?;
        }
    }
    Intent::of(submitted).carry_out(page, saved, submitted).await
}

/// Changes the proposals when they differ from what was proposed before.
async fn propose(page: &Page, view: &EditionView, form: &DraftForm) -> Result<(), AppError> {
    let resource = view.loaded.resource.id;
    let standing = app::placement::of_resource(page.app(), &page.actor, resource).await?;
    let proposed: Vec<_> =
        standing.iter().map(|place| &place.placement).filter(|one| one.state == PlacementState::Proposed).collect();
    let mut before: Vec<_> = proposed.iter().map(|one| one.column).collect();
    let mut wanted = form.columns.clone();
    before.sort_unstable();
    wanted.sort_unstable();
    wanted.dedup();
    if before == wanted && proposed.iter().all(|one| one.publish_at == form.publish_at) {
        return Ok(());
    }
    app::placement::propose(page.app(), &page.actor, resource, &wanted, form.publish_at).await.map(|_| ())
}

async fn again(
    page: &Page,
    id: EditionId,
    submitted: &Submitted,
    lock_version: i64,
    error: impl Into<WebError>,
) -> WebResult {
    let latest = app::edition::view(page.app(), &page.actor, id).await?;
    let view = edit_view(page, &latest, lock_version, None).await?;
    page.ask_again(TEMPLATE, view, submitted, error)
}

/// Somebody else saved first: the form keeps what was typed and shows what differs; saving again keeps mine.
async fn conflict(page: &Page, id: EditionId, submitted: &Submitted, form: &DraftForm, message: String) -> WebResult {
    let latest = app::edition::view(page.app(), &page.actor, id).await?;
    let conflict = Conflict::between(&latest.loaded.edition, &form.change);
    let view = edit_view(page, &latest, latest.loaded.edition.lock_version, Some(conflict)).await?;
    page.ask_again(TEMPLATE, view, submitted, AppError::Conflict(message))
}
