//! What people send: an ordinary or a multipart form, kept as typed, and parsed into a struct on demand.
//!
//! ```ignore
//! let input: NewUnit = submitted.parse()?;               // problems name their field
//! page.ask_again("console/unit/form.html", context! {}, &submitted, error)  // 422, everything typed is kept
//! ```

use app::AppError;
use axum::{
    Form,
    extract::{FromRequest, Multipart, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::{
    csrf,
    error::{Problem, WebError},
    form_deserializer,
    rate_limit::Purpose,
    state::WebState,
    visit::Visit,
};

/// A file from an upload field.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Name of the form field.
    pub field: String,
    /// File name on the person's computer, without any folder.
    pub name: String,
    /// Media type the browser claims; sniff the bytes before believing it.
    pub claimed_type: String,
    /// Content.
    pub bytes: Bytes,
}

/// A submitted form, in the order of its fields, without the CSRF token.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    pairs: Vec<(String, String)>,
    files: Vec<UploadedFile>,
}

impl Submitted {
    /// A form from known pairs (tests, query strings).
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut submitted = Self { pairs, files: Vec::new() };
        submitted.tidy();
        submitted
    }

    /// Without the CSRF token, and without NUL characters: nobody types them, and PostgreSQL stores no text with them.
    fn tidy(&mut self) {
        self.pairs.retain(|(name, _)| name != csrf::FIELD);
        for (_, value) in &mut self.pairs {
            value.retain(|character| character != '\0');
        }
        for file in &mut self.files {
            file.name.retain(|character| character != '\0');
        }
    }

    /// Reads the fields into a struct. Blank text for an `Option` is `None`; a missing checkbox is `false`; repeated
    /// fields fill a `Vec`; anything unreadable becomes a problem of its field.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        form_deserializer::parse(&self.pairs).map_err(|problem| AppError::Invalid(vec![problem]))
    }

    /// First value of a field, trimmed; empty when missing.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// All values of a repeated field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Fields named `prefix.key`, as `(key, value)`.
    pub fn group(&self, prefix: &str) -> Vec<(&str, &str)> {
        let strip = |key: &'_ str| key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')).map(str::len);
        self.pairs
            .iter()
            .filter_map(|(key, value)| strip(key).map(|length| (&key[key.len() - length..], value.as_str())))
            .collect()
    }

    /// True when the button or box of this name was sent.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    /// Everything typed.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// First file chosen in a field.
    pub fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|file| file.field == field)
    }

    /// All files chosen.
    pub fn files(&self) -> &[UploadedFile] {
        &self.files
    }

    async fn read_multipart(mut multipart: Multipart) -> Result<Self, Response> {
        let mut submitted = Self::default();
        let refuse = |error: axum::extract::multipart::MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE).into_bare_response(),
            _ => Problem::of_status(StatusCode::BAD_REQUEST).into_bare_response(),
        };
        while let Some(field) = multipart.next_field().await.map_err(refuse)? {
            let name = field.name().unwrap_or("").to_owned();
            let Some(file_name) = field.file_name().map(str::to_owned) else {
                submitted.pairs.push((name, field.text().await.map_err(refuse)?));
                continue;
            };
            let claimed_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(refuse)?;
            // Browsers send an empty nameless file for a field in which nothing was chosen.
            if !file_name.is_empty() {
                let name_only = file_name.rsplit(['/', '\\']).next().unwrap_or(&file_name).to_owned();
                submitted.files.push(UploadedFile { field: name, name: name_only, claimed_type, bytes });
            }
        }
        submitted.tidy();
        Ok(submitted)
    }
}

impl FromRequest<WebState> for Submitted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.starts_with("multipart/form-data") {
            take_turn(&request, state).map_err(IntoResponse::into_response)?;
            let multipart = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            return Self::read_multipart(multipart).await;
        }
        if kind.is_empty() {
            // A button without any field sends no body.
            return Ok(Self::default());
        }
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(pairs)) => Ok(Self::from_pairs(pairs)),
            Err(rejection) => Err(rejection.into_response()),
        }
    }
}

/// Before a file is read into memory.
fn take_turn(request: &Request, web: &WebState) -> Result<(), WebError> {
    let visit = Visit::of(request.extensions())?;
    web.limits
        .take(Purpose::Upload, visit.address, web.app.now())
        .map_err(|seconds| AppError::TooMany(format!("上传太频繁，请 {seconds} 秒后再试。")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_repeated_fields_are_found() {
        let pairs = [("csrf_token", "x"), ("element.title", "示例"), ("duty", "editor"), ("duty", "reviewer1")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let submitted = Submitted::from_pairs(pairs);
        assert!(!submitted.has("csrf_token"));
        assert_eq!(submitted.group("element"), [("title", "示例")]);
        assert_eq!(submitted.all("duty"), ["editor", "reviewer1"]);
        assert_eq!(submitted.text("missing"), "");
    }
}
