//! Joining the four sources with figment, and saying in Chinese what is wrong with them.

use std::path::{Path, PathBuf};

use figment::{
    Figment, Source,
    error::Kind,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

use super::{Config, Options, check};
use crate::refusal::Refusal;

/// Variables that are read, after `ZHENGTONG_`. Others with this prefix belong to scripts and tests.
pub const ENVIRONMENT_KEYS: &[&str] = &[
    "database",
    "files",
    "listen",
    "public_url",
    "console_host",
    "secure_cookies",
    "trusted_proxy",
    "log_format",
    "theme",
    "rules",
    "workers",
    "outbound_allow",
];

const DEFAULT_FILE: &str = "zhengtong.toml";

/// The configuration as written, before it is checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub database: String,
    pub files: String,
    pub listen: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub console_host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secure_cookies: Option<bool>,
    pub trusted_proxy: bool,
    pub log_format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<PathBuf>,
    pub workers: u64,
    pub outbound_allow: String,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            database: "sqlite://./var/zhengtong.db".into(),
            files: "./var/files".into(),
            listen: "127.0.0.1:8080".into(),
            public_url: None,
            console_host: None,
            secure_cookies: None,
            trusted_proxy: false,
            log_format: "auto".into(),
            theme: None,
            rules: None,
            workers: 4,
            outbound_allow: String::new(),
        }
    }
}

impl Config {
    /// Reads and checks.
    ///
    /// # Errors
    /// A refusal with exit code 2.
    pub fn load(options: &Options) -> Result<Self, Refusal> {
        let file = file(options)?;
        let mut figment = Figment::from(Serialized::defaults(Written::default()));
        if let Some(file) = &file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment =
            figment.merge(Env::prefixed("ZHENGTONG_").only(ENVIRONMENT_KEYS)).merge(Serialized::defaults(options));
        let written: Written = figment.extract().map_err(|error| explain(&error))?;
        check::check(written, file)
    }
}

fn file(options: &Options) -> Result<Option<PathBuf>, Refusal> {
    match &options.config {
        Some(path) if path.is_file() => Ok(Some(path.clone())),
        Some(path) => Err(Refusal::configuration(format!("配置文件 {} 不存在，请检查 --config。", path.display()))),
        None => Ok(Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.is_file())),
    }
}

fn explain(error: &figment::Error) -> Refusal {
    let key = error.path.join(".");
    let place = error.metadata.as_ref().map(|metadata| match &metadata.source {
        Some(Source::File(path)) => format!("配置文件 {} ", shown(path)),
        _ if metadata.name.contains("environment") => "环境变量".to_owned(),
        _ => "命令行选项".to_owned(),
    });
    let place = place.unwrap_or_else(|| "配置".to_owned());
    let text = match &error.kind {
        Kind::UnknownField(name, known) => {
            format!("{place}中没有“{name}”这一项，可用的有：{}。", known.join("、"))
        }
        Kind::InvalidType(actual, expected) => {
            format!("{place}中“{key}”的值类型不对：应为{}，实为 {actual}。", kind_in_chinese(expected))
        }
        Kind::InvalidValue(actual, expected) => format!("{place}中“{key}”的值不对：应为 {expected}，实为 {actual}。"),
        Kind::Message(text) => format!("{place}无法读取：{text}"),
        other => format!("{place}有误：{other}"),
    };
    Refusal::configuration(text)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn kind_in_chinese(expected: &str) -> &str {
    match expected {
        "a string" => "文字（加引号）",
        "a boolean" => "true 或 false",
        "u64" => "不小于零的整数",
        other => other,
    }
}
