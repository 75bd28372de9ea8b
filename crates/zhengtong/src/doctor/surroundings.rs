//! Configuration, theme, file store, disk: everything around the database.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use app::files::Files;

use super::Findings;
use crate::{
    config::{Config, ENVIRONMENT_KEYS},
    instance, rule_book,
};

/// Less than this much free space is too little for a day's work (MiB).
const LEAST_FREE_MIB: u64 = 1024;

/// Environment variables of ours that are no configuration values.
const OTHER_VARIABLES: &[&str] = &["ZHENGTONG_CONFIG", "ZHENGTONG_BIN"];

/// Checks what the configuration says about itself and the way to the outside.
pub fn configuration(config: &Config, findings: &mut Findings) {
    let source =
        config.source.as_ref().map_or("没有配置文件，用默认值、环境变量和选项".to_owned(), |path| {
            path.display().to_string()
        });
    findings.right("配置", source);
    for (name, _) in std::env::vars() {
        let Some(key) = name.strip_prefix("ZHENGTONG_") else { continue };
        if !ENVIRONMENT_KEYS.contains(&key.to_lowercase().as_str()) && !OTHER_VARIABLES.contains(&name.as_str()) {
            findings.wrong("环境变量", format!("没有 {name} 这一项，它不起作用。请改正拼写或删除。"));
        }
    }
    let tls = config.public_url.starts_with("https://");
    let local =
        ["http://127.", "http://localhost", "http://[::1]"].iter().any(|host| config.public_url.starts_with(host));
    match (tls, config.secure_cookies) {
        (true, true) => findings.right("对外地址", &config.public_url),
        (true, false) => {
            findings.wrong("Cookie", "对外地址是 https，会话 Cookie 却可经明文发送。请去掉 secure_cookies = false。")
        }
        (false, true) => findings.wrong(
            "Cookie",
            "会话 Cookie 只经 TLS 发送，对外地址却是 http，将无法登录。请改对外地址，或设 secure_cookies = false。",
        ),
        (false, false) if local => findings.note(
            "对外地址",
            format!("{} 只供本机使用；对外开放前请置于 TLS 之后并设 --public-url https://…", config.public_url),
        ),
        (false, false) => findings.wrong(
            "对外地址",
            format!("{} 未加密，口令会明文传输。请置于 TLS 之后，并设 --public-url https://…", config.public_url),
        ),
    }
    if tls && !config.trusted_proxy {
        findings.note("代理", "TLS 由代理承担时请设 trusted_proxy = true，否则审计记录的来访地址是代理的地址");
    }
}

/// Renders every template with every sample.
pub fn theme(config: &Config, findings: &mut Findings) {
    match instance::renderer(config) {
        Err(refusal) => findings.wrong("主题", refusal.message()),
        Ok(renderer) => match renderer.check_templates() {
            problems if problems.is_empty() => findings.right("主题", "每个模板都能渲染"),
            problems => {
                findings.wrong("主题", format!("{} 处问题，请运行 zhengtong check-templates 查看", problems.len()))
            }
        },
    }
}

/// Reads the rule packs; says how many rules still have to be compared with their originals.
pub fn rules(config: &Config, findings: &mut Findings) {
    match rule_book::load(config) {
        Err(refusal) => findings.wrong("规则包", refusal.message()),
        Ok(book) => {
            let (packs, rules) = (book.packs().len(), book.all_versions().count());
            let open = book.all_versions().filter(|rule| rule.needs_confirmation()).count();
            findings.right("规则包", format!("{packs} 个规则包、{rules} 条规则，其中 {open} 条待确认"));
        }
    }
}

/// Writes a small file and reads it back.
pub async fn files(config: &Config, findings: &mut Findings) {
    let probe = "zhengtong doctor\n";
    let outcome = async {
        let files = Files::open(&config.files)?;
        let hash = files.put(probe.into()).await?;
        files.get(&hash).await
    };
    match outcome.await {
        Ok(Some(bytes)) if bytes == probe.as_bytes() => {
            findings.right("文件存放处", format!("{} 可写可读", config.files))
        }
        Ok(_) => findings.wrong("文件存放处", format!("{} 写入后读不回来，请检查存储。", config.files)),
        Err(error) => {
            let advice = if config.files.starts_with("s3://") {
                "请检查 AWS_ENDPOINT、AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY、AWS_REGION 和桶名"
            } else {
                "请检查目录及其权限"
            };
            findings.wrong("文件存放处", format!("{} 无法使用：{error}。{advice}。", config.files));
        }
    }
}

/// Checks the space left where database and files lie.
pub fn space(config: &Config, findings: &mut Findings) {
    let mut places: Vec<PathBuf> = Vec::new();
    places.extend(config.sqlite_file().and_then(|file| file.parent().map(Path::to_owned)));
    if !config.files.starts_with("s3://") {
        places.push(PathBuf::from(&config.files));
    }
    for place in places {
        let shown = if place.as_os_str().is_empty() { Path::new(".") } else { place.as_path() };
        match free_mib(shown) {
            Some(free) if free >= LEAST_FREE_MIB => {
                findings.right("磁盘", format!("{} 尚余 {} GB", shown.display(), free / 1024))
            }
            Some(free) => findings.wrong("磁盘", format!("{} 只余 {free} MB，请清理或扩容。", shown.display())),
            None => findings.note("磁盘", format!("无法得知 {} 的剩余空间", shown.display())),
        }
    }
}

/// Asks the system's `df`, whose output POSIX fixes.
fn free_mib(place: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(place).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kib: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kib / 1024)
}
