//! `GET /console/calendar?year=2027`.

use crate::{ListQuery, Page, WebResult, view};

/// Twelve months, and what was entered for them.
pub async fn show(page: Page, query: ListQuery) -> WebResult {
    let (year, division) = (query.parsed_filter::<i16>("year"), query.filter("division"));
    let calendar = app::calendar::show(page.app(), &page.actor, year, division).await?;
    page.render("console/calendar/show.html", view! { calendar })
}
