//! How a command ends when it cannot do what was asked: one clear line and an exit code.

use std::process::ExitCode;

use app::AppError;

/// Result of a command: its exit code, or why it stopped.
pub type Outcome = Result<ExitCode, Refusal>;

/// Why a command stopped, in one line of plain Chinese.
#[derive(Debug)]
pub struct Refusal {
    message: String,
    code: u8,
}

impl Refusal {
    /// Something about the configuration or the options is wrong: exit code 2.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// The command could not do its work: exit code 1.
    pub fn failure(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The line, without line ends: scripts and log collectors read lines.
    pub fn message(&self) -> String {
        self.message.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Exit code.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Internal(fault) => Self::failure(format!("平台内部错误：{fault}")),
            other => Self::failure(other.to_string()),
        }
    }
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Self {
        match &error {
            // Where the database is, and whether it answers, is configuration.
            store::StoreError::BadUrl(_) | store::StoreError::Unreachable { .. } => {
                Self::configuration(describe(&error))
            }
            _ => Self::failure(describe(&error)),
        }
    }
}

fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}（{inner_text}）");
        }
        cause = inner.source();
    }
    text
}
