//! What is known about a request before its handler runs: who, from where, by which session.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use app::{
    AppResult,
    session::{self, Pending, Resolved},
    top_bar::TopBar,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{Extensions, HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::actor::{Actor, Origin};
use tower_http::request_id::RequestId;

use crate::{error::WebError, mac, state::WebState};

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "zt_session";

/// Facts about one request, put into its extensions by [`visit`].
#[derive(Debug, Clone)]
pub struct Visit {
    /// Path and query as asked for.
    pub uri: String,
    /// Path alone.
    pub path: String,
    /// Address of the caller.
    pub address: IpAddr,
    /// Request id, shown on error pages and written to the log and the audit event.
    pub request_id: String,
    /// Asked by htmx, so a fragment is wanted.
    pub htmx: bool,
    /// The session cookie, whether or not it is still valid.
    pub session_token: Option<String>,
    /// Who is logged in (console only). While [`Self::pending`] is set they may do that step and nothing else.
    pub actor: Option<Actor>,
    /// A step that comes before anything else: second factor, change of password.
    pub pending: Option<Pending>,
    /// Minutes without a request after which the session ends.
    pub idle_minutes: i64,
    /// The person's corner of the frame.
    pub top_bar: Option<Arc<TopBar>>,
    /// Flash message carried over from the previous answer.
    pub flash: Option<crate::flash::Flash>,
}

impl Visit {
    /// The facts that the visit layer left in the extensions of a request.
    pub fn of(extensions: &Extensions) -> Result<Self, WebError> {
        extensions
            .get::<Arc<Self>>()
            .map(|visit| visit.as_ref().clone())
            .ok_or_else(|| WebError::internal("the visit layer is missing on this route"))
    }

    /// The token that forms of this session must carry; empty without a session.
    pub fn csrf_token(&self) -> String {
        self.session_token.as_deref().map(|token| mac::digest(token, "csrf", "")).unwrap_or_default()
    }

    /// Origin for audit events of calls that happen before anybody is logged in.
    pub fn origin(&self, channel: &str) -> Origin {
        Origin { channel: channel.into(), address: self.address.to_string(), request_id: Some(self.request_id.clone()) }
    }
}

/// The shared facts as an extractor; works on every route.
impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, WebError> {
        Self::of(&parts.extensions)
    }
}

/// The person who is logged in; without one the answer is a redirect to the login page, and while a step is pending a
/// redirect to that step.
#[derive(Debug, Clone)]
pub struct CurrentPerson(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for CurrentPerson {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        match (visit.actor, visit.pending) {
            (None, _) => Err(WebError::unauthenticated().into_response()),
            (Some(_), Some(step)) => Err(to_step(step, visit.htmx)),
            (Some(actor), None) => Ok(Self(actor)),
        }
    }
}

/// The person of a session that must still do a step (pages of the second factor and of the forced change of password);
/// also accepts a person who has no step left.
#[derive(Debug, Clone)]
pub struct PendingPerson {
    /// The person; good for the pending step only.
    pub actor: Actor,
    /// The step.
    pub pending: Option<Pending>,
}

impl<S: Send + Sync> FromRequestParts<S> for PendingPerson {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let actor = visit.actor.ok_or_else(WebError::unauthenticated)?;
        Ok(Self { actor, pending: visit.pending })
    }
}

/// Where each step is done.
pub fn path_of_step(step: Pending) -> &'static str {
    match step {
        Pending::SecondFactor => "/console/login/second-factor",
        Pending::ChangePassword => "/console/account/password",
        Pending::EnrolSecondFactor => "/console/account/second-factor",
    }
}

fn to_step(step: Pending, htmx: bool) -> Response {
    let path = path_of_step(step);
    if htmx {
        return (StatusCode::FORBIDDEN, [("hx-redirect", path)]).into_response();
    }
    Redirect::to(path).into_response()
}

/// Middleware that works the facts out once per request.
pub async fn visit(State(web): State<WebState>, mut request: Request, next: Next) -> Response {
    let facts = gather(&web, &request);
    let reading = request.method().is_safe();
    // Scripts of an open page that merely look must not keep an idle session alive.
    let passive = request.headers().contains_key("x-passive");
    let facts = match log_in(&web, facts, reading, passive).await {
        Ok(facts) => Arc::new(facts),
        Err(error) => return WebError::from(error).into_response(),
    };
    request.extensions_mut().insert(Arc::clone(&facts));
    let mut response = next.run(request).await;
    response.extensions_mut().insert(facts);
    response
}

/// Reads one cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn gather(web: &WebState, request: &Request) -> Visit {
    let headers = request.headers();
    let session_token = cookie(headers, SESSION_COOKIE).filter(|token| !token.is_empty());
    let path = request.uri().path().to_owned();
    Visit {
        uri: request.uri().path_and_query().map_or_else(|| path.clone(), ToString::to_string),
        address: address(web, request),
        request_id: request_id(request),
        htmx: headers.contains_key("hx-request"),
        flash: crate::flash::read(headers, session_token.as_deref()),
        session_token,
        actor: None,
        pending: None,
        idle_minutes: 0,
        top_bar: None,
        path,
    }
}

/// Portal pages are read by everybody and ask for no session.
async fn log_in(web: &WebState, mut visit: Visit, reading: bool, passive: bool) -> AppResult<Visit> {
    let console = visit.path == "/console" || visit.path.starts_with("/console/");
    let Some(token) = visit.session_token.as_deref().filter(|_| console) else { return Ok(visit) };
    let Some(resolved) = resolve(web, token, passive).await? else { return Ok(visit) };
    let actor = Actor { origin: visit.origin("console"), ..resolved.actor };
    if resolved.pending.is_none() && !visit.htmx && !passive {
        visit.top_bar = Some(web.top_bars.get(&web.app, &actor, reading).await?);
    }
    visit.actor = Some(actor);
    visit.pending = resolved.pending;
    visit.idle_minutes = resolved.idle_minutes;
    Ok(visit)
}

/// The only place where a session cookie becomes a person.
async fn resolve(web: &WebState, token: &str, passive: bool) -> AppResult<Option<Resolved>> {
    if passive { session::peek(&web.app, token).await } else { session::resolve(&web.app, token).await }
}

fn request_id(request: &Request) -> String {
    request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-").to_owned()
}

fn address(web: &WebState, request: &Request) -> IpAddr {
    let forwarded = web.config.trusted_proxy.then(|| {
        let value = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    });
    forwarded
        .flatten()
        .or_else(|| request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
        .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
