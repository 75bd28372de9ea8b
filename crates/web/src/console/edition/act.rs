//! Single actions upon an edition: take it back from review, give it up, start a new edition of it.

use axum::extract::Path;
use domain::ids::EditionId;

use crate::{console::page::Page, error::WebResult};

/// `POST /console/editions/{id}/withdraw`
pub async fn withdraw(page: Page, Path(id): Path<EditionId>) -> WebResult {
    app::edition::withdraw(page.app(), &page.actor, id).await?;
    page.done(&format!("/console/editions/{id}/edit"), "已撤回送审，可以继续修改。")
}

/// `POST /console/editions/{id}/discard`
pub async fn discard(page: Page, Path(id): Path<EditionId>) -> WebResult {
    app::edition::discard(page.app(), &page.actor, id).await?;
    page.done("/console", "稿件已放弃。需要时可在信息资源库的“已放弃”中查看。")
}

/// `POST /console/editions/{id}/revise`
pub async fn revise(page: Page, Path(id): Path<EditionId>) -> WebResult {
    let edition = app::edition::revise(page.app(), &page.actor, id).await?;
    let path = format!("/console/editions/{}/edit", edition.id);
    page.done(&path, "已建立修订版。新版入库前，线上仍显示现行版本。")
}
