//! API tokens in the console: issued and revoked by the security administrator; the secret is shown once.

use app::api_token::{NewToken, SCOPES};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::{ApiTokenId, UnitId};
use serde::{Deserialize, Serialize};

use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/tokens", get(list).post(issue))
        .route("/tokens/new", get(new))
        .route("/tokens/{id}/revoke", post(revoke))
}

#[derive(Deserialize)]
struct TokenForm {
    name: String,
    unit: UnitId,
    scopes: Vec<String>,
    days: i64,
}

#[derive(Serialize)]
struct Row {
    id: ApiTokenId,
    name: String,
    scopes: String,
    issued_at: jiff::Timestamp,
    expires_at: jiff::Timestamp,
    last_used_at: Option<jiff::Timestamp>,
    state: &'static str,
    usable: bool,
}

async fn list(page: Page) -> WebResult {
    let now = page.app().now();
    let words = |scope: &String| {
        SCOPES.iter().find(|(known, _)| known == scope).map_or(scope.clone(), |(_, words)| (*words).to_owned())
    };
    let rows: Vec<Row> = app::api_token::list(page.app(), &page.actor)
        .await?
        .into_iter()
        .map(|token| {
            let (state, usable) = match (token.revoked_at, token.expires_at <= now) {
                (Some(_), _) => ("已吊销", false),
                (None, true) => ("已过期", false),
                (None, false) => ("有效", true),
            };
            Row {
                id: token.id,
                scopes: token.scopes.iter().map(words).collect::<Vec<_>>().join("、"),
                name: token.name,
                issued_at: token.issued_at,
                expires_at: token.expires_at,
                last_used_at: token.last_used_at,
                state,
                usable,
            }
        })
        .collect();
    page.render("console/token/list.html", view! { rows })
}

async fn new(page: Page) -> WebResult {
    let units = units(&page).await?;
    page.render_form("console/token/form.html", view! { units, scopes => SCOPES }, &FormView::blank())
}

async fn issue(page: Page, submitted: Submitted) -> WebResult {
    let issued = match submitted.parse::<TokenForm>() {
        Ok(form) => {
            let new = NewToken { name: form.name, unit: form.unit, scopes: form.scopes, days: form.days };
            app::api_token::issue(page.app(), &page.actor, &new).await
        }
        Err(error) => Err(error),
    };
    match issued {
        Ok(issued) => {
            page.render("console/token/issued.html", view! { secret => issued.secret, expires_at => issued.expires_at })
        }
        Err(error) => {
            let units = units(&page).await?;
            page.ask_again("console/token/form.html", view! { units, scopes => SCOPES }, &submitted, error)
        }
    }
}

async fn revoke(page: Page, Path(id): Path<ApiTokenId>) -> WebResult {
    app::api_token::revoke(page.app(), &page.actor, id).await?;
    page.done("/console/tokens", "令牌已吊销，立即失效。")
}

/// Units to choose from: those within the administrator's reach.
async fn units(page: &Page) -> WebResult<Vec<(String, String)>> {
    let units = app::api_token::units_in_reach(page.app(), &page.actor).await?;
    Ok(units.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect())
}
