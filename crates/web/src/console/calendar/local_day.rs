//! `/console/calendar/local-days`: a division's own day off or working day.

use app::{AppError, calendar::NewLocalDay};

use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/calendar/local_day.html";

/// The blank form for the place of the address.
pub async fn form(page: Page, query: ListQuery) -> WebResult {
    let calendar = app::calendar::show(page.app(), &page.actor, None, query.filter("division")).await?;
    if !calendar.may_add_local_day {
        return Err(
            AppError::Forbidden("地方假日由该地区政府办公厅（室）的主管巡检员录入，并由另一人复核。".into()).into()
        );
    }
    page.render_form(TEMPLATE, view! { place => calendar.place }, &FormView::blank())
}

/// Submits it for confirmation.
pub async fn propose(page: Page, submitted: Submitted) -> WebResult {
    let done = match submitted.parse::<NewLocalDay>() {
        Ok(new) => app::calendar::propose_local_day(page.app(), &page.actor, &new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            let year = submitted.text("date").get(..4).unwrap_or_default().to_owned();
            let path = format!("/console/calendar?year={year}&division={}", submitted.text("division"));
            page.done(&path, "已提交，请另一位人员复核，复核后生效。")
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let division = submitted.text("division").to_owned();
            let calendar = app::calendar::show(page.app(), &page.actor, None, Some(&division)).await?;
            page.ask_again(TEMPLATE, view! { place => calendar.place }, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}
