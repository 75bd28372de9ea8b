//! `/console/delegations`: one's own delegations, given and received.

use app::delegation::{self, NewDelegation};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::DelegationId;
use minijinja::Value;

use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/delegations", get(show).post(create)).route("/delegations/{id}/revoke", post(revoke))
}

async fn show(page: Page) -> WebResult {
    let view = load(&page).await?;
    page.render_form("console/delegation/list.html", view, &FormView::blank())
}

async fn create(page: Page, submitted: Submitted) -> WebResult {
    let choices = &[("to", "请选择代办人。")];
    let created = match super::person::chosen(&submitted, choices).and_then(|()| submitted.parse::<NewDelegation>()) {
        Ok(new) => delegation::create(page.app(), &page.actor, new).await,
        Err(error) => Err(error),
    };
    match created {
        Ok(_) => page.done("/console/delegations", "委托已设置，到时自动生效。"),
        Err(error) => {
            let view = load(&page).await?;
            page.ask_again("console/delegation/list.html", view, &submitted, error)
        }
    }
}

async fn revoke(page: Page, Path(id): Path<DelegationId>) -> WebResult {
    delegation::revoke(page.app(), &page.actor, id).await?;
    page.done("/console/delegations", "委托已撤销，立即生效。")
}

async fn load(page: &Page) -> WebResult<Value> {
    let delegations = delegation::list(page.app(), &page.actor).await?;
    let candidates: Vec<(String, String)> = delegation::candidates(page.app(), &page.actor)
        .await?
        .into_iter()
        .map(|person| (person.id.to_string(), format!("{}（{}）", person.name, person.login)))
        .collect();
    let may_delegate = page
        .actor
        .duties
        .iter()
        .any(|held| held.on_behalf_of.is_none() && domain::delegation::DELEGATED_DUTIES.contains(&held.duty));
    Ok(view! { delegations, candidates, may_delegate })
}
