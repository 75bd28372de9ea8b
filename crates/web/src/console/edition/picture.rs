//! `POST /console/editions/{id}/pictures`: a picture for the body, from the editor's button, the clipboard or a drop.

use app::{AppError, attachment::Upload};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    attachment::{Attachment, AttachmentUse},
    ids::EditionId,
};
use serde_json::json;

use crate::{
    console::{attachment::address::console_address, edition::autosave::refuse, page::Page},
    form::Submitted,
};

/// Stores the picture and answers with its address in the console.
pub async fn upload(page: Page, Path(id): Path<EditionId>, submitted: Submitted) -> Response {
    match store(&page, id, &submitted).await {
        Ok(file) => Json(json!({ "url": console_address(file.id), "name": file.file_name })).into_response(),
        Err(error) => refuse(error),
    }
}

async fn store(page: &Page, id: EditionId, submitted: &Submitted) -> Result<Attachment, AppError> {
    let file = submitted.file("file").ok_or_else(|| AppError::invalid("file", "没有收到图片，请重新选择。"))?;
    let upload = Upload {
        // Pictures from the clipboard are all called alike.
        file_name: if file.name.is_empty() { "图片.png".into() } else { file.name.clone() },
        bytes: file.bytes.clone(),
        usage: AttachmentUse::Inline,
        alt_text: None,
        replace: false,
    };
    app::attachment::upload(page.app(), &page.actor, id, &upload).await
}
