//! What a configuration must be like before anything is opened.

use std::{net::SocketAddr, path::PathBuf};

use super::{Config, LogFormat, load::Written};
use crate::refusal::Refusal;

/// Checks every value; the first wrong one is named, with what it should look like.
pub(super) fn check(written: Written, source: Option<PathBuf>) -> Result<Config, Refusal> {
    let refuse = |text: String| Err(Refusal::configuration(text));
    let database = written.database.trim().to_owned();
    let scheme_known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database.starts_with(scheme));
    if !scheme_known {
        return refuse(format!(
            "数据库地址“{}”无法识别，应为 sqlite://文件路径 或 postgres://用户@主机/库名（--database）。",
            without_password(&database)
        ));
    }
    if matches!(database.as_str(), "sqlite:" | "sqlite://") {
        return refuse("数据库地址缺少文件路径，应为 sqlite://文件路径（--database）。".into());
    }
    let files = written.files.trim().to_owned();
    if files.is_empty() {
        return refuse("文件存放处不能为空，应为目录或 s3://桶/前缀（--files）。".into());
    }
    if let Some((scheme, rest)) = files.split_once("://")
        && (scheme != "s3" || rest.is_empty() || rest.starts_with('/'))
    {
        return refuse(format!("文件存放处“{files}”无法识别，应为目录或 s3://桶/前缀（--files）。"));
    }
    let Ok(listen) = written.listen.trim().parse::<SocketAddr>() else {
        return refuse(format!("监听地址“{}”有误，应为 地址:端口，如 127.0.0.1:8080（--listen）。", written.listen));
    };
    let public_url = match &written.public_url {
        None => default_public_url(listen),
        Some(url) => match public_url(url) {
            Some(url) => url,
            None => {
                return refuse(format!(
                    "对外地址“{url}”有误，应以 http:// 或 https:// 开头且不带路径（--public-url）。"
                ));
            }
        },
    };
    let console_host = written.console_host.map(|host| host.trim().to_lowercase()).filter(|host| !host.is_empty());
    if let Some(host) = console_host.as_deref().filter(|host| host.contains(['/', ' ', ':'])) {
        return refuse(format!("后台主机名“{host}”有误，只写主机名，不带协议、端口和路径（--console-host）。"));
    }
    let log_format = match written.log_format.trim() {
        "auto" => LogFormat::Auto,
        "text" => LogFormat::Text,
        "json" => LogFormat::Json,
        other => return refuse(format!("日志格式“{other}”无法识别，应为 auto、text 或 json（--log-format）。")),
    };
    if let Some(theme) = written.theme.as_deref().filter(|theme| !theme.is_dir()) {
        return refuse(format!("主题目录 {} 不存在（--theme）。", theme.display()));
    }
    if let Some(rules) = written.rules.as_deref().filter(|rules| !rules.is_dir()) {
        return refuse(format!("规则包目录 {} 不存在（--rules）。", rules.display()));
    }
    let workers = usize::try_from(written.workers).unwrap_or(0);
    if !(1..=64).contains(&workers) {
        return refuse(format!("同时办理的任务数应在 1 到 64 之间，实为 {}（--workers）。", written.workers));
    }
    let mut outbound_allow = Vec::new();
    for entry in written.outbound_allow.split([',', '，', ' ']).filter(|entry| !entry.trim().is_empty()) {
        match entry.parse::<fetch::Allowed>() {
            Ok(entry) => outbound_allow.push(entry),
            Err(error) => return refuse(format!("{error}（--outbound-allow）。")),
        }
    }
    Ok(Config {
        outbound_allow,
        secure_cookies: written.secure_cookies.unwrap_or_else(|| public_url.starts_with("https://")),
        trusted_proxy: written.trusted_proxy,
        theme: written.theme,
        rules: written.rules,
        database,
        files,
        listen,
        public_url,
        console_host,
        log_format,
        workers,
        source,
    })
}

fn default_public_url(listen: SocketAddr) -> String {
    // "All addresses" is where to listen, not where to go.
    let host = if listen.ip().is_unspecified() { "127.0.0.1".to_owned() } else { url_host(listen) };
    match listen.port() {
        80 => format!("http://{host}"),
        port => format!("http://{host}:{port}"),
    }
}

fn url_host(listen: SocketAddr) -> String {
    match listen {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

fn public_url(url: &str) -> Option<String> {
    let url = url.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    plain.then(|| url.to_owned())
}

/// What may be shown of an address that may hold a password.
pub(super) fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}://***{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}
