//! `/console/clearances`: requests to let a text with a blocking finding pass, decided by the last reviewer.

use app::{
    AppError,
    clearance::{ClearanceView, Verdict},
};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::ClearanceId;
use minijinja::Value;

use crate::{
    Page, Submitted, WebError, WebResult, WebState,
    console::{attachment::address::to_console, edition::view::findings::finding_view},
    form_view::FormView,
    view,
};

const TEMPLATE: &str = "console/clearance/show.html";

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/clearances/{id}", get(show))
        .route("/clearances/{id}/decide", post(decide))
        .route("/clearances/{id}/withdraw", post(withdraw))
}

async fn show(page: Page, Path(id): Path<ClearanceId>) -> WebResult {
    let context = context(&page, id).await?;
    page.render_form(TEMPLATE, context, &FormView::blank())
}

async fn decide(page: Page, Path(id): Path<ClearanceId>, submitted: Submitted) -> WebResult {
    let (verdict, words) = match submitted.text("verdict") {
        "grant" => (Verdict::Grant, "已放行。采编人员可以送审，理由对每一步审核人可见。"),
        _ => (Verdict::Refuse, "已作出不予放行的决定，采编人员可以看到理由。"),
    };
    match app::clearance::decide(page.app(), &page.actor, id, verdict, submitted.text("remark")).await {
        Ok(()) => page.done("/console", words),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_) | AppError::Forbidden(_))) => {
            let context = context(&page, id).await?;
            page.ask_again(TEMPLATE, context, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(page: Page, Path(id): Path<ClearanceId>) -> WebResult {
    let withdrawn = app::clearance::withdraw(page.app(), &page.actor, id).await?;
    page.done(&format!("/console/editions/{}/edit", withdrawn.edition), "放行申请已撤回。")
}

async fn context(page: &Page, id: ClearanceId) -> Result<Value, WebError> {
    let found: ClearanceView = app::clearance::show(page.app(), &page.actor, id).await?;
    let (one, edition) = (&found.clearance, &found.loaded.edition);
    let people = [Some(one.asked_by), one.decided_by, Some(edition.written_by)];
    let names = app::names::people(page.app(), people.into_iter().flatten().collect::<Vec<_>>()).await?;
    let units = app::names::units(page.app(), [one.unit]).await?;
    let marked = app::edition::marked_one(edition, found.finding.as_ref());
    let finding = match &found.finding {
        Some(finding) => Some(finding_view(page, edition, finding).await?),
        None => None,
    };
    Ok(view! {
        id,
        clearance => one,
        state_words => one.state.chinese(),
        asked_by => names.get(&one.asked_by),
        decided_by => one.decided_by.and_then(|person| names.get(&person)),
        writer => names.get(&edition.written_by),
        unit => units.get(&one.unit),
        edition => edition.id,
        plain_title => edition.title,
        title => marked.title,
        body => to_console(&marked.body),
        finding,
        may_decide => found.may_decide,
        may_withdraw => found.may_withdraw,
        objection => found.objection,
    })
}
