//! `/console/lexicon-changes`: what is proposed, trying it out, and the second person.

use app::{
    AppError,
    lexicon::{ChangeShow, Tried, Verdict},
};
use axum::extract::Path;
use domain::{
    ids::LexiconChangeId,
    lexicon::{ItemAction, LexiconChangeState},
};

use super::change_path;
use crate::{ListQuery, Page, Submitted, WebResult, export, form_view::FormView, view};

const TEMPLATE: &str = "console/lexicon/change.html";

/// Words on a page that shows them all.
const REVEALED: u64 = 200;

/// The list; `?state=` keeps one state.
pub async fn list(page: Page, query: ListQuery) -> WebResult {
    let state = query.filter("state").and_then(LexiconChangeState::parse);
    let (rows, total) =
        app::lexicon::changes(page.app(), &page.actor, None, state, query.offset(), query.limit()).await?;
    if query.wants_csv() {
        let header = [
            "词库",
            "维护单位",
            "内容",
            "原因",
            "文件",
            "状态",
            "提出人",
            "提出时间",
            "办理人",
            "办理时间",
            "意见",
            "版本",
        ];
        let table = rows.iter().map(|row| {
            vec![
                row.pack_name.clone(),
                row.keeper.clone(),
                row.summary.clone(),
                row.reason.clone(),
                row.file_name.clone().unwrap_or_default(),
                row.state_words.to_owned(),
                row.proposed_by_name.clone(),
                domain::time::beijing_minutes(row.proposed_at),
                row.decided_by_name.clone().unwrap_or_default(),
                row.decided_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                row.remark.clone().unwrap_or_default(),
                row.version.clone().unwrap_or_default(),
            ]
        });
        return Ok(export::csv("词库变更单", &header, table));
    }
    let list = query.view(total);
    let states: Vec<(&str, &str)> =
        LexiconChangeState::ALL.into_iter().map(|state| (state.as_str(), state.chinese())).collect();
    page.render("console/lexicon/changes.html", view! { rows, list, states })
}

/// One change set with exactly what changes.
pub async fn show(page: Page, Path(id): Path<LexiconChangeId>, query: ListQuery) -> WebResult {
    let action = query.filter("action").and_then(ItemAction::parse);
    let (offset, limit) = (query.offset(), query.per_page);
    let change = app::lexicon::show_change(page.app(), &page.actor, id, action, query.search(), offset, limit).await?;
    let context = context(change, &query, None);
    page.render_form(TEMPLATE, context, &FormView::blank())
}

fn context(change: ChangeShow, query: &ListQuery, tried: Option<Tried>) -> minijinja::Value {
    let list = query.view(change.total);
    let actions: Vec<(&str, &str)> =
        ItemAction::ALL.into_iter().map(|action| (action.as_str(), action.chinese())).collect();
    view! { change, list, actions, tried, revealed => false }
}

/// Confirms or refuses.
pub async fn decide(page: Page, Path(id): Path<LexiconChangeId>, submitted: Submitted) -> WebResult {
    let (verdict, words) = match submitted.text("verdict") {
        "confirm" => (Verdict::Confirm, "已确认，新版本立即用于机审；存量内容在后台复查。"),
        _ => (Verdict::Refuse, "已作出不同意的决定，提出人可以看到原因。"),
    };
    match app::lexicon::decide(page.app(), &page.actor, id, verdict, submitted.text("remark")).await {
        Ok(()) => page.done(&change_path(id), words),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let query = ListQuery::from_pairs(&change_path(id), Vec::new());
            let change = app::lexicon::show_change(page.app(), &page.actor, id, None, None, 0, query.per_page).await?;
            page.ask_again(TEMPLATE, context(change, &query, None), &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// Hands a draft over to the second person.
pub async fn submit(page: Page, Path(id): Path<LexiconChangeId>) -> WebResult {
    app::lexicon::submit(page.app(), &page.actor, id).await?;
    page.done(&change_path(id), "变更已提出，等另一位有权人员确认。")
}

/// Takes a change set back.
pub async fn withdraw(page: Page, Path(id): Path<LexiconChangeId>) -> WebResult {
    app::lexicon::withdraw(page.app(), &page.actor, id).await?;
    page.done("/console/lexicon-changes", "已撤销，记录保留。")
}

/// Screens a pasted text as if it were confirmed.
pub async fn try_out(page: Page, Path(id): Path<LexiconChangeId>, submitted: Submitted) -> WebResult {
    let tried = app::lexicon::try_out(page.app(), &page.actor, id, submitted.text("text")).await;
    let query = ListQuery::from_pairs(&change_path(id), Vec::new());
    let change = app::lexicon::show_change(page.app(), &page.actor, id, None, None, 0, query.per_page).await?;
    match tried {
        Ok(tried) => page.render_form(TEMPLATE, context(change, &query, Some(tried)), &FormView::typed(&submitted)),
        Err(error) => page.ask_again(TEMPLATE, context(change, &query, None), &submitted, error),
    }
}

/// The words of a change set, unmasked; recorded.
pub async fn reveal(page: Page, Path(id): Path<LexiconChangeId>, submitted: Submitted) -> WebResult {
    let number: u64 = submitted.text("page").parse().unwrap_or(1);
    let offset = number.clamp(1, 1_000_000).saturating_sub(1) * REVEALED;
    let change = app::lexicon::reveal_changes(page.app(), &page.actor, id, offset, REVEALED).await?;
    let mut query = ListQuery::from_pairs(&change_path(id), Vec::new());
    query.per_page = REVEALED;
    query.page = number;
    let more = offset + REVEALED < change.total;
    let context = minijinja::context! {
        revealed => true, reveal_next => if more { number + 1 } else { 0 }, ..context(change, &query, None)
    };
    page.render_form(TEMPLATE, context, &FormView::blank())
}

/// Lines that could not be used, with the reasons.
pub async fn rejected(page: Page, Path(id): Path<LexiconChangeId>) -> WebResult {
    let lines = app::lexicon::rejected(page.app(), &page.actor, id).await?;
    let rows = lines.into_iter().map(|line| vec![line.line.to_string(), line.text, line.reason]);
    Ok(export::csv("未能导入的行", &["行号", "内容", "原因"], rows))
}
