//! What can go wrong in a verb, in words that a person can act on.

use domain::problem::FieldProblem;

/// Result of a verb.
pub type AppResult<T> = Result<T, AppError>;

/// Failure of a verb. Every message is plain Chinese and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The thing does not exist, or the caller may not know that it does (another office's thing is 404, not 403).
    #[error("未找到：{0}")]
    NotFound(String),
    /// The caller sees the thing but may not do this to it.
    #[error("{0}")]
    Forbidden(String),
    /// What was typed is wrong; one entry per field.
    #[error("{}", .0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("；"))]
    Invalid(Vec<FieldProblem>),
    /// Somebody else changed it first, or its state does not allow this now.
    #[error("{0}")]
    Conflict(String),
    /// Nobody is logged in, or the session ended.
    #[error("请先登录。")]
    Unauthenticated,
    /// Too many attempts.
    #[error("{0}")]
    TooMany(String),
    /// A fault of the platform; the text is for the log, people see a general sentence and the request id.
    #[error("internal error: {0}")]
    Internal(String),
}

impl AppError {
    /// One problem of one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem::new(field, message)])
    }
    /// Wraps a fault of the platform.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<store::StoreError> for AppError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::Conflict { .. } => Self::Conflict(
                "内容已被其他人修改。您填写的内容没有丢失：请刷新查看最新内容，再合并您的修改后保存。".into(),
            ),
            store::StoreError::Busy(_) => Self::Conflict("系统正忙，请稍候再试。您填写的内容没有丢失。".into()),
            other => Self::Internal(other.to_string()),
        }
    }
}
