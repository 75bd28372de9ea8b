//! Rendering a whole site anew.

use axum::extract::Path;
use domain::ids::SiteId;

use crate::{Page, WebResult, view};

/// The page that asks before it is done (without JavaScript).
pub(super) async fn ask(page: Page, Path(id): Path<SiteId>) -> WebResult {
    let site = app::site::get(page.app(), &page.actor, id).await?;
    if !app::site::abilities(page.app(), &page.actor, &site).rebuild {
        return Err(app::AppError::Forbidden("重新生成由网站的主办管理员办理。".into()).into());
    }
    page.render("console/site/rebuild.html", view! { site })
}

pub(super) async fn rebuild(page: Page, Path(id): Path<SiteId>) -> WebResult {
    app::release::rebuild(page.app(), &page.actor, id).await?;
    page.done(
        &format!("/console/sites/{id}/releases"),
        "已安排全站重新生成。内容没有变化的页面不会重写，完成后出现在发布版列表中。",
    )
}
