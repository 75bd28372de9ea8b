//! `POST /console/editions/{id}/autosave`: the browser's own saving. The answer is JSON for the script: the new
//! version, or a sentence about why it was not saved; the text stays in the page either way.

use app::AppError;
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{edition::Edition, ids::EditionId};
use serde_json::json;

use crate::{
    console::{edition::draft_form::DraftForm, page::Page},
    error::Problem,
    form::Submitted,
};

/// Saves what was typed so far.
pub async fn autosave(page: Page, Path(id): Path<EditionId>, submitted: Submitted) -> Response {
    match save(&page, id, &submitted).await {
        Ok(edition) => Json(json!({ "lock_version": edition.lock_version })).into_response(),
        Err(AppError::Conflict(message)) => {
            refuse(AppError::Conflict(format!("未自动保存：{message}点“保存草稿”可对照处理。")))
        }
        Err(error) => refuse(error),
    }
}

async fn save(page: &Page, id: EditionId, submitted: &Submitted) -> Result<Edition, AppError> {
    let loaded = app::edition::load(page.app(), &page.actor, id).await?;
    let form = DraftForm::read(submitted, loaded.resource.kind, &loaded.edition.elements)?;
    app::edition::autosave(page.app(), &page.actor, id, &form.change).await
}

/// A refusal in the words that the script shows beside the buttons.
pub(super) fn refuse(error: AppError) -> Response {
    let problem = Problem::from(error);
    let status = axum::http::StatusCode::from_u16(problem.status).unwrap_or(axum::http::StatusCode::CONFLICT);
    (status, Json(json!({ "message": problem.message }))).into_response()
}
