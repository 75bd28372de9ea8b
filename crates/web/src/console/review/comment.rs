//! Remarks at places in the text.

use app::review::NewComment;
use axum::extract::Path;
use domain::ids::{CommentId, EditionId, ReviewId};

use crate::{
    console::{page::Page, review::show::again},
    error::WebResult,
    form::Submitted,
};

/// `POST /console/reviews/{id}/comments`
pub async fn on_review(page: Page, Path(id): Path<ReviewId>, submitted: Submitted) -> WebResult {
    let review = app::review::show(page.app(), &page.actor, id).await?;
    match add(&page, review.review.edition, Some(id), &submitted).await {
        Ok(()) => page.done(&format!("/console/reviews/{id}#comments"), "批注已添加。"),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

/// `POST /console/editions/{id}/comments`
pub async fn on_edition(page: Page, Path(id): Path<EditionId>, submitted: Submitted) -> WebResult {
    add(&page, id, None, &submitted).await?;
    page.done(&format!("/console/editions/{id}#comments"), "批注已添加。")
}

/// `POST /console/comments/{id}/resolve`; `back` says to which page of the edition.
pub async fn resolve(page: Page, Path(id): Path<CommentId>, submitted: Submitted) -> WebResult {
    let edition = app::review::resolve_comment(page.app(), &page.actor, id).await?;
    let tail = if submitted.text("back") == "edit" { "/edit" } else { "" };
    page.done(&format!("/console/editions/{edition}{tail}"), "批注已标记为处理完毕。")
}

async fn add(
    page: &Page,
    edition: EditionId,
    review: Option<ReviewId>,
    submitted: &Submitted,
) -> Result<(), app::AppError> {
    let loaded = app::edition::load(page.app(), &page.actor, edition).await?;
    let field = if submitted.text("field") == "title" { "title" } else { "body" };
    let quote = submitted.text("quote");
    let comment = NewComment {
        edition,
        review,
        field: field.to_owned(),
        range: app::edition::find_quote(&loaded.edition, field, quote, submitted.text("before")),
        quote: Some(quote.to_owned()).filter(|quote| !quote.is_empty()),
        text: submitted.text("text").to_owned(),
    };
    app::review::comment(page.app(), &page.actor, &comment).await.map(|_| ())
}
