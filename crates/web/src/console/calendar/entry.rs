//! `POST /console/calendar/entries/{id}/decide`: the second person.

use app::calendar::Verdict;
use axum::extract::Path;
use domain::ids::ArrangementId;

use crate::{Page, Submitted, WebResult};

/// Confirms or sends back.
pub async fn decide(page: Page, Path(id): Path<ArrangementId>, submitted: Submitted) -> WebResult {
    let (verdict, words) = match submitted.text("verdict") {
        "confirm" => (Verdict::Confirm, "复核通过，已生效；正在按新的日历重新推算办理时限，到期日有变的会通知承办人。"),
        _ => (Verdict::Refuse, "已退回，录入人员可以看到原因。"),
    };
    app::calendar::decide(page.app(), &page.actor, id, verdict, submitted.text("remark")).await?;
    let year = submitted.text("year");
    let path =
        if year.parse::<i16>().is_ok() { format!("/console/calendar?year={year}") } else { "/console/calendar".into() };
    page.done(&path, words)
}
