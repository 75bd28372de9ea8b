//! `GET /console/rules/{id}`: one rule, on any day.

use axum::extract::Path;

use crate::{ListQuery, Page, WebResult, view};

/// The page; `?date=` asks about a day, `?division=` about a place.
pub async fn show(page: Page, Path(id): Path<String>, query: ListQuery) -> WebResult {
    let typed = query.filter("date");
    let date = typed.and_then(|text| text.parse::<jiff::civil::Date>().ok());
    let date_wrong = typed.is_some() && date.is_none();
    let rule = app::rule::show(page.app(), &page.actor, &id, query.filter("division"), date).await?;
    page.render("console/rule/show.html", view! { rule, date_wrong })
}
