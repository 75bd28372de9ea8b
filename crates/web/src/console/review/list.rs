//! `GET /console/reviews` and `/console/reviews/owed`: the desk's two lists on pages of their own.

use crate::{
    console::{page::Page, waiting::waiting},
    error::WebResult,
    view,
};

/// Steps that wait for the person, oldest first.
pub async fn waiting_for_me(page: Page) -> WebResult {
    let desk = app::review::desk(page.app(), &page.actor).await?;
    let items = waiting(&page, &desk.to_review).await?;
    let (owed, overdue) = (desk.owed.len(), items.iter().filter(|item| item.overdue && !item.blocked).count());
    page.render("console/review/list.html", view! { items, owed, overdue, owed_list => false })
}

/// Reviews that the urgent path left on the books.
pub async fn owed(page: Page) -> WebResult {
    let desk = app::review::desk(page.app(), &page.actor).await?;
    let items = waiting(&page, &desk.owed).await?;
    page.render("console/review/list.html", view! { items, owed => desk.owed.len(), overdue => 0, owed_list => true })
}
