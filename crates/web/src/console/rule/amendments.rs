//! `/console/rules/amendments`: everything that was ever changed, and deciding what waits.

use app::rule::Ruling;
use axum::extract::Path;
use domain::{ids::AmendmentId, rule::AmendmentState};

use crate::{ListQuery, Page, Submitted, WebResult, export, view};

const PATH: &str = "/console/rules/amendments";

/// The list; `?state=` keeps one state.
pub async fn list(page: Page, query: ListQuery) -> WebResult {
    let state = query.filter("state").and_then(AmendmentState::parse);
    let mut found = app::rule::amendments(page.app(), &page.actor, state).await?;
    if let Some(words) = query.search() {
        found.retain(|one| {
            let text = format!(
                "{} {} {} {} {}",
                one.amendment.rule, one.rule_name, one.parameter_name, one.division_name, one.amendment.reason
            );
            words.split_whitespace().all(|word| text.contains(word))
        });
    }
    if query.wants_csv() {
        let header = [
            "规则编号",
            "规则",
            "参数",
            "地区",
            "值",
            "单位",
            "生效",
            "截止",
            "加严或放宽",
            "状态",
            "原因",
            "文号",
            "提出人",
            "提出时间",
            "审批人",
            "审批时间",
            "意见",
        ];
        let rows = found.iter().map(|one| {
            let amendment = &one.amendment;
            vec![
                amendment.rule.to_string(),
                one.rule_name.clone(),
                one.parameter_name.clone(),
                one.division_name.clone(),
                one.value_words.clone(),
                one.unit.clone(),
                amendment.from.to_string(),
                amendment.until.map(|day| day.to_string()).unwrap_or_default(),
                if amendment.looser { "放宽" } else { "加严" }.to_owned(),
                one.state_words.to_owned(),
                amendment.reason.clone(),
                amendment.document.clone().unwrap_or_default(),
                one.proposed_by_name.clone(),
                domain::time::beijing_minutes(amendment.proposed_at),
                one.decided_by_name.clone().unwrap_or_default(),
                amendment.decided_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                amendment.remark.clone().unwrap_or_default(),
            ]
        });
        return Ok(export::csv("规则参数调整", &header, rows));
    }
    let list = query.view(found.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<_> = found.into_iter().skip(skip).take(take).collect();
    let states: Vec<(&str, &str)> =
        AmendmentState::ALL.into_iter().map(|state| (state.as_str(), state.chinese())).collect();
    page.render("console/rule/amendments.html", view! { rows, list, states })
}

/// Approves or refuses.
pub async fn decide(page: Page, Path(id): Path<AmendmentId>, submitted: Submitted) -> WebResult {
    let (ruling, words) = match submitted.text("ruling") {
        "approve" => (Ruling::Approve, "已批准，按生效日期执行。"),
        _ => (Ruling::Refuse, "已作出不批准的决定，提出调整的单位可以看到原因。"),
    };
    app::rule::decide(page.app(), &page.actor, id, ruling, submitted.text("remark")).await?;
    page.done(PATH, words)
}

/// Takes a proposal back.
pub async fn withdraw(page: Page, Path(id): Path<AmendmentId>) -> WebResult {
    app::rule::withdraw(page.app(), &page.actor, id).await?;
    page.done(PATH, "已撤销，记录保留。")
}

/// Ends what holds, with today.
pub async fn end(page: Page, Path(id): Path<AmendmentId>, submitted: Submitted) -> WebResult {
    let until = submitted.text("until");
    let until = match until.is_empty() {
        true => None,
        false => Some(
            until
                .parse::<jiff::civil::Date>()
                .map_err(|_| app::AppError::invalid("until", "请填写终止日期，例如 2026-12-31。"))?,
        ),
    };
    app::rule::end(page.app(), &page.actor, id, until, submitted.text("remark")).await?;
    page.done(PATH, "已终止，次日起恢复上一级的规定；记录保留。")
}
