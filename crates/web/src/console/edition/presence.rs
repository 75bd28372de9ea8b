//! `POST /console/editions/{id}/presence`: a sign of life; the answer names who else has the draft open.

use axum::{Json, extract::Path, response::IntoResponse};
use domain::ids::EditionId;
use serde_json::json;

use crate::{console::page::Page, error::WebResult};

/// Notes the person and names the others.
pub async fn presence(page: Page, Path(id): Path<EditionId>) -> WebResult {
    let others = app::edition::companions(page.app(), &page.actor, id).await?;
    let names: Vec<String> = others.into_iter().map(|one| one.name).collect();
    Ok(Json(json!({ "others": names })).into_response())
}
