//! `GET /console/editions/{id}/edit`: the form of a draft.

use axum::extract::Path;
use domain::{edition::Edition, ids::EditionId, placement::PlacementState};

use crate::{
    console::{
        attachment::address::to_console,
        edition::{
            edit_view::edit_view,
            fields::{fill, local_minutes},
        },
        page::Page,
    },
    error::WebResult,
    form_view::FormView,
};

/// The template of the form, also when it is asked again.
pub const TEMPLATE: &str = "console/edition/edit.html";

/// Shows the form; what cannot be edited now is shown to be read.
pub async fn edit(page: Page, Path(id): Path<EditionId>) -> WebResult {
    let view = app::edition::view(page.app(), &page.actor, id).await?;
    if !app::edition::abilities(page.app(), &page.actor, &view).edit {
        return Ok(page.redirect_quietly(&format!("/console/editions/{id}")));
    }
    let page = page.with_editor();
    let edition = &view.loaded.edition;
    let form = with_places(&page, &view.loaded.resource.id, form_of(edition)).await?;
    page.render_form(TEMPLATE, edit_view(&page, &view, edition.lock_version, None).await?, &form)
}

fn form_of(edition: &Edition) -> FormView {
    let form = FormView::blank()
        .with("title", edition.title.clone())
        .with("body", to_console(&edition.body))
        .with("change_note", edition.change_note.clone().unwrap_or_default());
    fill(form, &edition.elements)
}

/// The columns proposed so far, and their time.
async fn with_places(page: &Page, resource: &domain::ids::ResourceId, mut form: FormView) -> WebResult<FormView> {
    let places = app::placement::of_resource(page.app(), &page.actor, *resource).await?;
    let proposed = places.iter().map(|place| &place.placement).filter(|one| one.state == PlacementState::Proposed);
    for placement in proposed {
        form.values.entry("placements".into()).or_default().push(placement.column.to_string());
        if let Some(at) = placement.publish_at {
            form.values.insert("publish_at".into(), vec![local_minutes(at)]);
        }
    }
    Ok(form)
}
