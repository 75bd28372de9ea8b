//! The configuration: defaults ← TOML file ← `ZHENGTONG_*` ← options of the command.

mod check;
mod load;
mod options;

use std::{net::SocketAddr, path::PathBuf};

pub use load::ENVIRONMENT_KEYS;
pub use options::Options;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Text at a terminal, JSON elsewhere.
    Auto,
    /// Text.
    Text,
    /// One JSON object per line.
    Json,
}

/// A checked configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `sqlite://PATH` or `postgres://…`.
    pub database: String,
    /// A folder, or `s3://bucket/prefix`.
    pub files: String,
    /// Where HTTP is answered.
    pub listen: SocketAddr,
    /// Address under which people reach the platform, without a trailing slash.
    pub public_url: String,
    /// The only host name under which the console answers.
    pub console_host: Option<String>,
    /// Cookies only over TLS.
    pub secure_cookies: bool,
    /// A proxy of our own stands in front and names the caller.
    pub trusted_proxy: bool,
    /// Log lines.
    pub log_format: LogFormat,
    /// A theme on disk in place of the embedded one.
    pub theme: Option<PathBuf>,
    /// A folder of rule packs beside the embedded ones.
    pub rules: Option<PathBuf>,
    /// Jobs that run at the same time per queue.
    pub workers: usize,
    /// Servers of inner networks that may be asked all the same (old sites inside the government's own network).
    pub outbound_allow: Vec<fetch::Allowed>,
    /// The file that was read, for `doctor`.
    pub source: Option<PathBuf>,
}

impl Config {
    /// The database as it may appear in messages: without a password.
    pub fn shown_database(&self) -> String {
        check::without_password(&self.database)
    }

    /// The file behind `sqlite://PATH`; `None` for other databases.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let rest = self.database.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(PathBuf::from(rest.split('?').next().unwrap_or(rest)))
    }
}

#[cfg(test)]
mod tests;
