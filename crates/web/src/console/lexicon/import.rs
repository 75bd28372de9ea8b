//! `/console/lexicons/{id}/import`: a file becomes a draft, whose page is the preview.

use app::AppError;
use axum::extract::Path;
use domain::ids::LexiconPackId;

use super::{change_path, propose::pack};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/lexicon/import.html";

/// The form.
pub async fn form(page: Page, Path(id): Path<LexiconPackId>) -> WebResult {
    let pack = pack(&page, &id.to_string()).await?;
    page.render_form(TEMPLATE, view! { pack }, &FormView::blank())
}

/// Reads the file.
pub async fn import(page: Page, Path(id): Path<LexiconPackId>, submitted: Submitted) -> WebResult {
    let reason = submitted.text("reason");
    let done = match submitted.file("file") {
        Some(file) => app::lexicon::import_file(page.app(), &page.actor, id, &file.name, &file.bytes, reason).await,
        // Permission is asked before typing.
        None => match pack(&page, &id.to_string()).await {
            Ok(_) => Err(AppError::invalid("file", "请选择要导入的CSV或TXT文件。")),
            Err(error) => Err(error.0),
        },
    };
    match done {
        Ok(change) => page.done(&change_path(change), "文件已读取。请核对下面的内容，再提交确认。"),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let pack = pack(&page, &id.to_string()).await?;
            page.ask_again(TEMPLATE, view! { pack }, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}
