//! The verbs on one placement: pin, hour, take off.

use app::AppError;
use axum::extract::Path;
use domain::ids::PlacementId;
use serde::Deserialize;

use super::new::hour;
use crate::{Page, Submitted, WebResult, console::column::placed_row, form_view::FormView, view};

#[derive(Deserialize)]
struct PinForm {
    pinned: bool,
}

#[derive(Deserialize)]
struct HourForm {
    publish_at: Option<String>,
    when: String,
}

pub(super) async fn pin(page: Page, Path(id): Path<PlacementId>, submitted: Submitted) -> WebResult {
    let form: PinForm = submitted.parse()?;
    let line = app::placement::get(page.app(), &page.actor, id).await?;
    app::placement::pin(page.app(), &page.actor, id, form.pinned).await?;
    let message =
        if form.pinned { "已置顶，页面正在更新。" } else { "已取消置顶，页面正在更新。" };
    page.done(&format!("/console/columns/{}", line.placement.column), message)
}

pub(super) async fn ask_remove(page: Page, Path(id): Path<PlacementId>) -> WebResult {
    let line = app::placement::get(page.app(), &page.actor, id).await?;
    if !line.abilities.remove {
        return Err(AppError::Forbidden("下栏目由网站的主办管理员办理。".into()).into());
    }
    page.render_form("console/placement/remove.html", view! { row => placed_row(&page, &line) }, &FormView::blank())
}

pub(super) async fn remove(page: Page, Path(id): Path<PlacementId>, submitted: Submitted) -> WebResult {
    let line = app::placement::get(page.app(), &page.actor, id).await?;
    match app::placement::remove(page.app(), &page.actor, id, submitted.text("reason")).await {
        Ok(()) => page.done(
            &format!("/console/columns/{}", line.placement.column),
            "已下栏目。信息仍在资源库和其他栏目中；如需全部下线，请使用“撤回”。",
        ),
        Err(error) => page.ask_again(
            "console/placement/remove.html",
            view! { row => placed_row(&page, &line) },
            &submitted,
            error,
        ),
    }
}

pub(super) async fn ask_schedule(page: Page, Path(id): Path<PlacementId>) -> WebResult {
    let line = app::placement::get(page.app(), &page.actor, id).await?;
    if !line.abilities.schedule {
        return Err(AppError::Forbidden("定时发布由网站的主办管理员设定。".into()).into());
    }
    let at = line.placement.publish_at.map(|at| domain::time::beijing_minutes(at).replace(' ', "T"));
    let form = FormView::blank().with("publish_at", at.unwrap_or_default()).with("when", "at");
    page.render_form("console/placement/schedule.html", view! { row => placed_row(&page, &line) }, &form)
}

pub(super) async fn schedule(page: Page, Path(id): Path<PlacementId>, submitted: Submitted) -> WebResult {
    let line = app::placement::get(page.app(), &page.actor, id).await?;
    let changed = match wanted_hour(&submitted) {
        Ok(at) => app::placement::schedule(page.app(), &page.actor, id, at).await.map(|()| at),
        Err(error) => Err(error),
    };
    let later = |at: &jiff::Timestamp| *at > page.app().now();
    match changed {
        Ok(at) => {
            let message = match at.filter(later) {
                Some(at) => format!("已改为 {} 上线。", domain::time::beijing_minutes(at)),
                None => "已取消定时；已入库的信息正在发布。".to_owned(),
            };
            page.done("/console/placements", &message)
        }
        Err(error) => page.ask_again(
            "console/placement/schedule.html",
            view! { row => placed_row(&page, &line) },
            &submitted,
            error,
        ),
    }
}

/// “立即” or an hour; an hour left blank is asked for, because publishing at once by mistake cannot be taken back.
fn wanted_hour(submitted: &Submitted) -> Result<Option<jiff::Timestamp>, AppError> {
    let form: HourForm = submitted.parse()?;
    if form.when == "now" {
        return Ok(None);
    }
    match hour(form.publish_at.as_deref(), "publish_at")? {
        Some(at) => Ok(Some(at)),
        None => Err(AppError::invalid("publish_at", "请填写上线时间，或选择“立即上线”。")),
    }
}
