//! `GET /api/v1/changes?since=N&limit=M`: what happened in the library after a cursor.

use axum::{
    Json,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::bearer::Bearer;
use crate::{error::WebResult, state::WebState};

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// Cursor: `next` of the answer before; 0 or absent = from the beginning.
    #[serde(default)]
    since: i64,
    /// Changes wanted, 1–1000; 100 when absent.
    limit: Option<u64>,
}

/// A page of changes, oldest first.
#[derive(Serialize, ToSchema)]
pub struct ChangesBody {
    /// The changes.
    changes: Vec<ChangeBody>,
    /// Cursor for the next request.
    next: i64,
    /// More are waiting.
    more: bool,
}

/// One change.
#[derive(Serialize, ToSchema)]
pub struct ChangeBody {
    /// Position in the feed.
    number: i64,
    /// `admitted`, `superseded` or `recalled`.
    kind: &'static str,
    /// Key of the resource.
    resource: String,
    /// Key of the edition.
    edition: String,
    /// When, RFC 3339.
    at: String,
}

/// Lists changes of the library since a cursor.
#[utoipa::path(
    get, path = "/api/v1/changes", tag = "library",
    params(ChangesQuery),
    responses(
        (status = 200, description = "Changes after the cursor", body = ChangesBody),
        (status = 401, description = "No valid token"),
        (status = 403, description = "The token lacks `library:changes`"),
    ),
    security(("token" = ["library:changes"]))
)]
pub(super) async fn list(
    State(web): State<WebState>,
    Bearer(caller): Bearer,
    Query(query): Query<ChangesQuery>,
) -> WebResult<Json<ChangesBody>> {
    let page = app::interface::changes(&web.app, &caller, query.since, query.limit.unwrap_or(100)).await?;
    let changes = page
        .changes
        .into_iter()
        .map(|change| ChangeBody {
            number: change.number,
            kind: change.kind.as_str(),
            resource: change.resource.to_string(),
            edition: change.edition.to_string(),
            at: change.at.to_string(),
        })
        .collect();
    Ok(Json(ChangesBody { changes, next: page.next, more: page.more }))
}
