//! `/console/screening-exceptions` (机审例外): what the machine does not tell again, who wanted that, and ending it.

use app::screening_exception::{ExceptionView, Verdict};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{ids::ExceptionId, screening_exception::ExceptionState, time::beijing_minutes};

use crate::{ListQuery, Page, Submitted, WebResult, WebState, export, view};

const PATH: &str = "/console/screening-exceptions";

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/screening-exceptions", get(list))
        .route("/screening-exceptions/{id}/decide", post(decide))
        .route("/screening-exceptions/{id}/end", post(end))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let state = query.filter("state").and_then(ExceptionState::parse);
    let mut found = app::screening_exception::list(page.app(), &page.actor, state).await?;
    if let Some(words) = query.search() {
        found.retain(|one| {
            let of = &one.exception;
            let text = format!("{} {} {} {} {}", of.rule, of.excerpt, of.message, of.reason, one.unit_name);
            words.split_whitespace().all(|word| text.contains(word))
        });
    }
    if query.wants_csv() {
        let header = [
            "单位",
            "范围",
            "稿件",
            "规则",
            "文字",
            "机审意见",
            "理由",
            "截止",
            "状态",
            "申请人",
            "申请时间",
            "复核人",
            "复核时间",
            "复核意见",
            "终止人",
            "终止时间",
            "终止理由",
        ];
        return Ok(export::csv("机审例外", &header, found.iter().map(csv_row)));
    }
    let list = query.view(found.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<_> = found.into_iter().skip(skip).take(take).collect();
    let states: Vec<(&str, &str)> =
        ExceptionState::ALL.into_iter().map(|state| (state.as_str(), state.chinese())).collect();
    page.render("console/exception/list.html", view! { rows, list, states })
}

fn csv_row(one: &ExceptionView) -> Vec<String> {
    let of = &one.exception;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let time = |at: Option<jiff::Timestamp>| at.map(beijing_minutes).unwrap_or_default();
    vec![
        one.unit_name.clone(),
        one.scope_words.to_owned(),
        text(&one.item_title),
        of.rule.clone(),
        of.excerpt.clone(),
        of.message.clone(),
        of.reason.clone(),
        of.until.map(|day| day.to_string()).unwrap_or_default(),
        one.state_words.to_owned(),
        one.proposed_by_name.clone(),
        beijing_minutes(of.proposed_at),
        text(&one.decided_by_name),
        time(of.decided_at),
        text(&of.remark),
        text(&one.ended_by_name),
        time(of.ended_at),
        text(&of.end_reason),
    ]
}

async fn decide(page: Page, Path(id): Path<ExceptionId>, submitted: Submitted) -> WebResult {
    let (verdict, words) = match submitted.text("verdict") {
        "confirm" => (Verdict::Confirm, "已同意，例外从现在起生效，到截止日期为止。"),
        _ => (Verdict::Refuse, "已作出不同意的决定，申请人可以看到理由。"),
    };
    app::screening_exception::decide(page.app(), &page.actor, id, verdict, submitted.text("remark")).await?;
    page.done(PATH, words)
}

async fn end(page: Page, Path(id): Path<ExceptionId>, submitted: Submitted) -> WebResult {
    app::screening_exception::end(page.app(), &page.actor, id, submitted.text("reason")).await?;
    page.done(PATH, "例外已终止，下次机审起重新提示；记录保留。")
}
