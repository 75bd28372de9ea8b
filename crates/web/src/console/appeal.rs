//! `/console/appeals` (规则异议): contesting a rule of the screening, and the office's answers.

use app::{
    AppError,
    appeal::{Answer, NewFollowUp, Verdict},
};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{
    appeal::{AppealState, FollowUpKind},
    ids::{AppealId, EditionId},
    time::beijing_minutes,
};
use minijinja::Value;

use crate::{
    ListQuery, Page, Submitted, WebError, WebResult, WebState,
    console::edition::{intent::appeal_words, view::findings::finding_view},
    export,
    form_view::FormView,
    view,
};

const SHOW: &str = "console/appeal/show.html";
const NEW: &str = "console/appeal/new.html";

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/appeals", get(list).post(file))
        .route("/appeals/new", get(new))
        .route("/appeals/{id}", get(show))
        .route("/appeals/{id}/decide", post(decide))
        .route("/appeals/{id}/follow-ups", post(follow_up))
        .route("/appeals/{id}/acknowledge", post(acknowledge))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let state = query.filter("state").and_then(AppealState::parse);
    let mut found = app::appeal::list(page.app(), &page.actor, state).await?;
    if let Some(words) = query.search() {
        found.retain(|one| {
            let text = format!("{} {} {}", one.appeal.rule, one.appeal.excerpt, one.appeal.message);
            words.split_whitespace().all(|word| text.contains(word))
        });
    }
    if query.wants_csv() {
        let header = [
            "规则",
            "版本",
            "文字",
            "机审意见",
            "提出人",
            "人数",
            "提出时间",
            "答复期限",
            "状态",
            "答复人",
            "答复时间",
            "理由",
        ];
        let rows = found.iter().map(|one| {
            let of = &one.appeal;
            vec![
                of.rule.clone(),
                of.pack_version.clone(),
                of.excerpt.clone(),
                of.message.clone(),
                one.filed_by_name.clone(),
                one.parties.to_string(),
                beijing_minutes(of.filed_at),
                one.due_at.map(beijing_minutes).unwrap_or_default(),
                one.state_words.to_owned(),
                one.decided_by_name.clone().unwrap_or_default(),
                of.decided_at.map(beijing_minutes).unwrap_or_default(),
                of.opinion.clone().unwrap_or_default(),
            ]
        });
        return Ok(export::csv("机审规则异议", &header, rows));
    }
    let list = query.view(found.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<_> = found.into_iter().skip(skip).take(take).collect();
    let states: Vec<(&str, &str)> =
        AppealState::ALL.into_iter().map(|state| (state.as_str(), state.chinese())).collect();
    page.render("console/appeal/list.html", view! { rows, list, states })
}

/// The form for a finding of an edition, for pages where the text is only read.
async fn new(page: Page, query: ListQuery) -> WebResult {
    let edition = query.parsed_filter("edition").ok_or_else(|| AppError::NotFound("稿件".into()))?;
    let context = new_context(&page, edition, query.filter("finding").unwrap_or_default()).await?;
    page.render_form(NEW, context, &FormView::blank())
}

async fn file(page: Page, submitted: Submitted) -> WebResult {
    let edition: EditionId = submitted.text("edition").parse().map_err(|_| AppError::NotFound("稿件".into()))?;
    let finding = submitted.text("finding");
    match app::appeal::file(page.app(), &page.actor, edition, finding, submitted.text("text")).await {
        Ok(filed) => page.done(&format!("/console/appeals/{}", filed.id), appeal_words(filed.joined)),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let context = new_context(&page, edition, finding).await?;
            page.ask_again(NEW, context, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn new_context(page: &Page, id: EditionId, finding: &str) -> Result<Value, WebError> {
    let missing = || AppError::NotFound("机审意见".into());
    let edition = app::edition::load(page.app(), &page.actor, id).await?.edition;
    let screening = app::edition::screening_of(page.app(), &page.actor, id).await?.ok_or_else(missing)?;
    let found = screening.findings.iter().find(|one| one.finding.fingerprint() == finding).ok_or_else(missing)?;
    let finding = finding_view(page, &edition, found).await?;
    Ok(view! { edition => id, plain_title => edition.title, finding })
}

async fn show(page: Page, Path(id): Path<AppealId>) -> WebResult {
    let context = context(&page, id).await?;
    page.render_form(SHOW, context, &FormView::blank())
}

async fn decide(page: Page, Path(id): Path<AppealId>, submitted: Submitted) -> WebResult {
    let (verdict, words) = match submitted.text("verdict") {
        "adopt" => (Verdict::Adopt, "已采纳，提出异议的人会在工作台看到答复和处理情况。"),
        _ => (Verdict::Refuse, "已答复不采纳，提出异议的人会在工作台看到理由。"),
    };
    let answer =
        Answer { verdict, opinion: submitted.text("opinion").to_owned(), follow_up: typed_follow_up(&submitted) };
    match app::appeal::decide(page.app(), &page.actor, id, &answer).await {
        Ok(()) => page.done(&format!("/console/appeals/{id}"), words),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

async fn follow_up(page: Page, Path(id): Path<AppealId>, submitted: Submitted) -> WebResult {
    match app::appeal::follow_up(page.app(), &page.actor, id, &typed_follow_up(&submitted)).await {
        Ok(()) => page.done(&format!("/console/appeals/{id}"), "处理情况已登记。"),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

async fn acknowledge(page: Page, Path(id): Path<AppealId>) -> WebResult {
    app::appeal::acknowledge(page.app(), &page.actor, id).await?;
    page.done("/console", "已标记为看过，答复仍可在“规则异议”页查看。")
}

fn typed_follow_up(submitted: &Submitted) -> NewFollowUp {
    NewFollowUp {
        kind: submitted.text("follow_kind").to_owned(),
        text: submitted.text("follow_text").to_owned(),
        link: Some(submitted.text("follow_link").to_owned()),
    }
}

async fn again(page: &Page, id: AppealId, submitted: &Submitted, error: AppError) -> WebResult {
    match error {
        error @ (AppError::Invalid(_) | AppError::Conflict(_) | AppError::Forbidden(_)) => {
            let context = context(page, id).await?;
            page.ask_again(SHOW, context, submitted, error)
        }
        error => Err(error.into()),
    }
}

async fn context(page: &Page, id: AppealId) -> Result<Value, WebError> {
    let appeal = app::appeal::show(page.app(), &page.actor, id).await?;
    let kinds: Vec<(&str, &str)> = FollowUpKind::ALL.into_iter().map(|kind| (kind.as_str(), kind.chinese())).collect();
    Ok(view! { id, appeal, kinds })
}
