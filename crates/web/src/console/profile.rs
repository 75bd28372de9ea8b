//! `/console/account`: one's own duties, password, second factor and sessions.

mod password;
mod second_factor;
mod sessions;

use app::profile::{self, ContactChange};
use axum::{
    Router,
    routing::{get, post},
};

use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes of this file and its parts.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/account", get(show))
        .route("/account/contact", post(change_contact))
        .merge(password::router())
        .merge(second_factor::router())
        .merge(sessions::router())
}

async fn show(page: Page) -> WebResult {
    let profile = profile::get(page.app(), &page.actor).await?;
    let form = FormView::blank().with("phone", profile.person.phone.clone().unwrap_or_default());
    let held = delegated(&page);
    page.render_form("console/profile/show.html", view! { profile, delegated => held }, &form)
}

async fn change_contact(page: Page, submitted: Submitted) -> WebResult {
    let changed = match submitted.parse::<ContactChange>() {
        Ok(change) => profile::change_contact(page.app(), &page.actor, change).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => page.done("/console/account", "联系电话已保存。"),
        Err(error) => {
            let profile = profile::get(page.app(), &page.actor).await?;
            let held = delegated(&page);
            page.ask_again("console/profile/show.html", view! { profile, delegated => held }, &submitted, error)
        }
    }
}

/// Chinese words of the duties exercised for absent people.
fn delegated(page: &Page) -> Vec<&'static str> {
    let duties = page.actor.duties.iter().filter(|held| held.on_behalf_of.is_some());
    duties.map(|held| held.duty.chinese()).collect()
}
