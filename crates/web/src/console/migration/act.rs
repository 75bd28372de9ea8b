//! The buttons of a migration. Each calls one verb and goes back to where it was pressed.

use app::migration as verbs;
use axum::extract::Path;
use domain::ids::MigrationId;

use super::frame::{answer, head, path_of};
use crate::{Page, Submitted, WebResult, flash::Flash, form_view::FormView, view};

/// 暂停
pub async fn stop(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::stop(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |()| Flash::success("正在暂停：处理完手头的页面就停下，已采集的都保留。"))
}

/// 继续
pub async fn resume(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::resume(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |()| Flash::success("已继续，从停下的地方接着做。"))
}

/// 再次采集
pub async fn collect_again(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::collect_again(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |()| Flash::success("已开始再次采集：只取新增和改动的页面，已作的决定都保留。"))
}

/// 试迁移
pub async fn start_trial(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::start_trial(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |()| Flash::success("已开始试迁移：平台正在生成稿件，公众看不到。"))
}

/// 送审
pub async fn submit(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::submit(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |sums| match sums.held_back {
        0 => Flash::success(format!("已送审 {} 条。", sums.submitted)),
        held => Flash::warning(format!(
            "已送审 {} 条；{held} 条没有送审，原因逐条写在“核对与抽查”的“没有迁入或未能送审的页面”中。",
            sums.submitted
        )),
    })
}

/// 上线
pub async fn go_live(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::go_live(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |count| {
        Flash::success(format!("已上线：{count} 个旧地址由平台应答。请把旧域名指向本平台。"))
    })
}

/// 完成
pub async fn finish(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let done = verbs::finish(page.app(), &page.actor, id).await;
    answer(&page, &path_of(id), done, |()| Flash::success("迁移已完成，请下载完成报告存档。"))
}

/// 放弃: the form that asks why.
pub async fn ask_abandon(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let (_, head) = head(&page, id).await?;
    page.render_form("console/migration/abandon.html", view! { head }, &FormView::blank())
}

/// 放弃
pub async fn abandon(page: Page, Path(id): Path<MigrationId>, submitted: Submitted) -> WebResult {
    let (_, head) = head(&page, id).await?;
    match verbs::abandon(page.app(), &page.actor, id, submitted.text("reason")).await {
        Ok(()) => page.done(&path_of(id), "已放弃这次迁移。"),
        Err(error) => page.ask_again("console/migration/abandon.html", view! { head }, &submitted, error),
    }
}
