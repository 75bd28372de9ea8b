//! The answer of a console handler: a page, a fragment of it, a form asked again, a redirect with a message.
//!
//! ```ignore
//! pub async fn show(page: Page, Path(id): Path<UnitId>) -> WebResult {
//!     let unit = app::unit::show(&page.web.app, &page.actor, id).await?;
//!     page.render("console/unit/show.html", view! { unit })
//! }
//! ```

use app::{AppError, top_bar::TopBar};
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{actor::Actor, duty::Duty};
use minijinja::{Value, context};
use serde::Serialize;

use crate::{
    console::layout,
    error::{WebError, WebResult},
    flash::{self, Flash},
    form::Submitted,
    form_view::FormView,
    security_headers::EditorPage,
    state::WebState,
    template_functions::to_value,
    visit::{CurrentPerson, Visit},
};

/// A request by a person who is logged in, and the means to answer it.
pub struct Page {
    /// Shared state.
    pub web: WebState,
    /// The person.
    pub actor: Actor,
    /// Facts about the request.
    pub visit: Visit,
    editor: bool,
}

impl Page {
    /// The verbs.
    pub fn app(&self) -> &app::App {
        &self.web.app
    }

    /// Says that the page holds the rich-text editor (a wider style policy, and its script and style are loaded).
    pub fn with_editor(mut self) -> Self {
        self.editor = true;
        self
    }

    /// A page; htmx gets its `content` block only.
    pub fn render(&self, template: &str, view: Value) -> WebResult {
        self.render_with(StatusCode::OK, template, view)
    }

    /// A form: `form` in the template is `form_view`.
    pub fn render_form(&self, template: &str, view: Value, form_view: &FormView) -> WebResult {
        self.render(template, context! { form => to_value(form_view), ..view })
    }

    /// The same form again with what was typed and what is wrong (422), or with the reason of a refusal (409).
    /// Any other error is returned and gets its own page.
    pub fn ask_again(
        &self,
        template: &str,
        view: Value,
        submitted: &Submitted,
        error: impl Into<WebError>,
    ) -> WebResult {
        let form_view = FormView::typed(submitted);
        let (status, form_view) = match error.into().0 {
            AppError::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, form_view.with_problems(&problems)),
            AppError::Conflict(message) => (StatusCode::CONFLICT, form_view.with_refusal(message)),
            AppError::Forbidden(message) => (StatusCode::FORBIDDEN, form_view.with_refusal(message)),
            other => return Err(WebError(other)),
        };
        self.render_with(status, template, context! { form => to_value(&form_view), ..view })
    }

    /// Goes to another page (303); `message` is shown there. htmx follows as the whole page.
    pub fn redirect(&self, path: &str, message: Flash) -> WebResult {
        let mut response = self.redirect_quietly(path);
        if let Some(value) = flash::write(&message, self.visit.session_token.as_deref(), &self.web.config) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(response)
    }

    /// Goes to another page with “done” shown there.
    pub fn done(&self, path: &str, message: &str) -> WebResult {
        self.redirect(path, Flash::success(message))
    }

    /// Goes to another page without a message.
    pub fn redirect_quietly(&self, path: &str) -> Response {
        if self.visit.htmx {
            let target = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/console"));
            return (StatusCode::NO_CONTENT, [(HeaderName::from_static("hx-redirect"), target)]).into_response();
        }
        Redirect::to(path).into_response()
    }

    fn render_with(&self, status: StatusCode, template: &str, view: Value) -> WebResult {
        let base = context! { editor => self.editor, ..base_context(&self.web, &self.visit) };
        let html = self.web.templates.render(template, context! { ..view, ..base }).map_err(template_failed)?;
        let mut response = (status, Html(html)).into_response();
        if self.editor {
            response.extensions_mut().insert(EditorPage);
        }
        if self.visit.flash.is_some() {
            response.headers_mut().append(header::SET_COOKIE, flash::clear());
        }
        Ok(response)
    }
}

impl FromRequestParts<WebState> for Page {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &WebState) -> Result<Self, Response> {
        let CurrentPerson(actor) = CurrentPerson::from_request_parts(parts, web).await?;
        let visit = Visit::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        Ok(Self { web: web.clone(), actor, visit, editor: false })
    }
}

/// The person as the top bar shows them.
#[derive(Serialize)]
struct PersonView<'a> {
    name: &'a str,
    login: &'a str,
    unit_name: Option<&'a str>,
    pending: usize,
    duty_names: Vec<&'static str>,
}

impl<'a> PersonView<'a> {
    fn of(actor: &'a Actor, top_bar: Option<&'a TopBar>) -> Self {
        let mut duties: Vec<Duty> = actor.duties.iter().map(|held| held.duty).collect();
        duties.sort_unstable();
        duties.dedup();
        let duty_names = duties.into_iter().map(Duty::chinese).collect();
        Self {
            name: &actor.name,
            login: &actor.login,
            unit_name: top_bar.map(|bar| bar.unit_name.as_str()),
            pending: top_bar.map_or(0, |bar| bar.pending),
            duty_names,
        }
    }
}

/// A page for people who are not logged in (login, forced change of password), in the bare layout.
pub fn render_bare(web: &WebState, visit: &Visit, status: StatusCode, template: &str, view: Value) -> WebResult {
    let base = base_context(web, visit);
    let html = web.templates.render(template, context! { ..view, ..base }).map_err(template_failed)?;
    Ok((status, Html(html)).into_response())
}

/// Variables of every template.
pub fn base_context(web: &WebState, visit: &Visit) -> Value {
    // Nobody gets the menu before the pending step is done.
    let person = visit.actor.as_ref().filter(|_| visit.pending.is_none());
    let top_bar = visit.top_bar.as_deref();
    context! {
        layout => if visit.htmx { "console/fragment.html" } else { "console/layout.html" },
        csrf_token => visit.csrf_token(),
        editor => false,
        navigation => to_value(person.map(|actor| layout::navigation(actor, &visit.path, top_bar))),
        person => to_value(person.map(|actor| PersonView::of(actor, top_bar))),
        flash => to_value(&visit.flash),
        request_id => visit.request_id.clone(),
        current_path => visit.path.clone(),
        idle_minutes => visit.idle_minutes,
        styleguide => web.config.styleguide,
    }
}

fn template_failed(error: minijinja::Error) -> WebError {
    // The alternate form prints the lines around the fault.
    WebError::internal(format!("template: {error:#}"))
}
