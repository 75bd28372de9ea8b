//! How a refused verb becomes an answer. Handlers use `?`; [`crate::error_page`] turns the result into a page,
//! a fragment or JSON, because only it knows who asked and how.

use app::AppError;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::problem::FieldProblem;
use serde::Serialize;

/// Result of handlers.
pub type WebResult<T = Response> = Result<T, WebError>;

/// A refused verb, or a fault of ours.
#[derive(Debug)]
pub struct WebError(pub AppError);

impl<E: Into<AppError>> From<E> for WebError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl WebError {
    /// Nobody is logged in.
    pub fn unauthenticated() -> Self {
        Self(AppError::Unauthenticated)
    }

    /// There is no such thing, or it is not this person's to see.
    pub fn not_found(what: &str) -> Self {
        Self(AppError::NotFound(what.to_owned()))
    }

    /// One field is wrong.
    pub fn invalid(field: &str, message: &str) -> Self {
        Self(AppError::Invalid(vec![FieldProblem::new(field, message)]))
    }

    /// A fault of ours; the text goes to the log only.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        Self(AppError::internal(reason.to_string()))
    }
}

/// What an error page says; travels in the extensions of the answer.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable word for programs: `not_found`, `forbidden`, ….
    pub code: &'static str,
    /// Headline.
    pub title: &'static str,
    /// What happened and what to do, in plain Chinese.
    pub message: String,
    /// Fields that are wrong.
    pub fields: Vec<FieldProblem>,
}

impl Problem {
    /// A problem without fields.
    pub fn new(status: StatusCode, code: &'static str, title: &'static str, message: impl Into<String>) -> Self {
        Self { status: status.as_u16(), code, title, message: message.into(), fields: Vec::new() }
    }

    /// The words for a bare status, as axum itself answers for unknown paths, wrong methods and oversized bodies.
    pub fn of_status(status: StatusCode) -> Self {
        let (code, title, message) = match status {
            StatusCode::UNAUTHORIZED => ("unauthenticated", "请先登录", "登录已过期或尚未登录，请重新登录。"),
            StatusCode::FORBIDDEN => {
                ("forbidden", "没有权限", "您的职责不包含这项操作。如确需办理，请联系本单位管理员。")
            }
            StatusCode::NOT_FOUND => {
                ("not_found", "没有找到这个页面", "地址可能有误，内容可能已删除，或者不在您的查看范围内。")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "不支持这种访问方式", "请返回上一页，通过页面上的按钮操作。")
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("too_large", "提交的内容太大", "文件或文字超过了上限。请压缩文件或分几次提交。")
            }
            StatusCode::TOO_MANY_REQUESTS => ("too_many", "操作太频繁", "请稍候再试。"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                ("bad_request", "提交的内容无法识别", "请返回上一页，检查填写的内容后重新提交。")
            }
            _ => (
                "internal",
                "系统出了问题",
                "您的操作没有完成，已经填写的内容可返回上一页找回。请稍后重试；如仍不行，请把下面的请求编号告诉系统管理员。",
            ),
        };
        Self::new(status, code, title, message)
    }

    /// The answer that carries this problem; [`crate::error_page`] gives it its body.
    pub fn into_bare_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotFound(_) => Self::of_status(StatusCode::NOT_FOUND),
            AppError::TooMany(message) => Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "操作太频繁", message),
            AppError::Unauthenticated => Self::of_status(StatusCode::UNAUTHORIZED),
            AppError::Forbidden(message) => Self::new(StatusCode::FORBIDDEN, "forbidden", "没有权限", message),
            AppError::Conflict(message) => Self::new(StatusCode::CONFLICT, "conflict", "现在不能这样做", message),
            AppError::Invalid(fields) => {
                let message = fields.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("；");
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Self { fields, ..Self::new(status, "invalid", "填写的内容需要修改", message) }
            }
            AppError::Internal(error) => {
                tracing::error!(error, "request.failed");
                Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        Problem::from(self.0).into_bare_response()
    }
}
