//! A browser without a screen: keeps the session cookie, sends the token of the session, reads answers.
//!
//! ```ignore
//! #[db_test]
//! async fn an_editor_sees_the_new_unit(db: TestDb) {
//!     let test = TestApp::on(db).await;
//!     let unit = test.unit("A", None).await;
//!     test.person("editor", Duty::Editor, &unit).await;
//!     let browser = Browser::of(&test, "editor").await;
//!     let page = browser.get("/console/units").await.expect(200);
//!     assert!(page.text.contains("示例"));
//! }
//! ```

#![allow(dead_code, clippy::allow_attributes, reason = "each file of tests uses its own part")]

use std::sync::Arc;

use app::session::Credential;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, header},
};
use domain::actor::Origin;
use testkit::{TEST_PASSWORD, TestApp};
use tower::ServiceExt;
use web::{WebConfig, WebState, error_page::percent_encode};

/// Address that the tests' platform believes to have.
pub const BASE_URL: &str = "http://gov.example";

/// A person at a browser, or a visitor.
#[derive(Clone)]
pub struct Browser {
    /// The web face.
    pub router: Router,
    /// The session cookie.
    pub session: Option<String>,
}

/// What came back.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
}

impl Browser {
    /// A visitor who is not logged in.
    pub fn anonymous(test: &TestApp) -> Self {
        Self { router: web::router(state(test)), session: None }
    }

    /// A person made by `TestApp`, logged in.
    pub async fn of(test: &TestApp, login: &str) -> Self {
        let typed = Credential { login: login.into(), password: TEST_PASSWORD.into() };
        let origin = Origin { channel: "console".into(), address: "192.0.2.1".into(), request_id: None };
        let logged_in = app::session::log_in(&test.app, &typed, &origin, "test browser", None).await.expect("a login");
        Self { session: Some(logged_in.token), ..Self::anonymous(test) }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// Asks as htmx does.
    pub async fn get_fragment(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("hx-request", "true")], Body::empty()).await
    }

    /// Sends a form from our own pages, with the token of the session.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.csrf_token();
        let mut all = vec![("csrf_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post_exactly(path, &all, "same-origin").await
    }

    /// Sends exactly these fields, from the site that the browser says.
    pub async fn post_exactly(&self, path: &str, fields: &[(&str, &str)], site: &str) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value))).collect();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", site)];
        self.send(Method::POST, path, &headers, Body::from(body.join("&"))).await
    }

    /// Uploads one file with fields before it.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        field: &str,
        file_name: &str,
        content: &[u8],
    ) -> Answer {
        let mut body = Vec::new();
        let token = self.csrf_token();
        for (name, value) in [("csrf_token", token.as_str())].iter().chain(fields) {
            let head = format!("--sample\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        let head = format!(
            "--sample\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--sample--\r\n");
        let headers = [("content-type", "multipart/form-data; boundary=sample"), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    /// Sends anything.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "gov.example");
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("{}={session}", web::visit::SESSION_COOKIE));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// The token that forms of this session carry.
    pub fn csrf_token(&self) -> String {
        self.session.as_deref().map(|session| web::mac::digest(session, "csrf", "")).unwrap_or_default()
    }
}

impl Answer {
    /// Fails the test, showing the page, unless the status is this.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The page with its slashes: templates write them as entities.
    pub fn plain(mut self) -> Self {
        self.text = self.text.replace("&#x2f;", "/");
        self
    }

    /// A header as text; empty when missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// The shared state of a test's web face.
pub fn state(test: &TestApp) -> WebState {
    let config = WebConfig { base_url: BASE_URL.into(), styleguide: true, ..WebConfig::default() };
    WebState::new(Arc::new(test.app.clone()), config)
}
