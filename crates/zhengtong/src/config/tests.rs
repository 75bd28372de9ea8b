//! The table of what a configuration may be.

use std::io::Write;

use super::{Config, LogFormat, Options};

fn with(change: impl FnOnce(&mut Options)) -> Result<Config, (String, u8)> {
    let mut options = Options::default();
    change(&mut options);
    Config::load(&options).map_err(|refusal| (refusal.message(), refusal.code()))
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn every_wrong_value_is_one_chinese_line_that_names_the_option_and_exits_with_2() {
    type Change = fn(&mut Options);
    let table: &[(Change, &str)] = &[
        (|o| o.database = Some("mysql://h/d".into()), "--database"),
        (|o| o.database = Some("sqlite://".into()), "--database"),
        (|o| o.files = Some(" ".into()), "--files"),
        (|o| o.files = Some("ftp://x".into()), "--files"),
        (|o| o.files = Some("s3://".into()), "--files"),
        (|o| o.listen = Some("8080".into()), "--listen"),
        (|o| o.listen = Some("127.0.0.1:99999".into()), "--listen"),
        (|o| o.public_url = Some("www.example.gov.cn".into()), "--public-url"),
        (|o| o.public_url = Some("https://www.example.gov.cn/a".into()), "--public-url"),
        (|o| o.console_host = Some("https://c".into()), "--console-host"),
        (|o| o.log_format = Some("xml".into()), "--log-format"),
        (|o| o.theme = Some("/nowhere/at/all".into()), "--theme"),
        (|o| o.rules = Some("/nowhere/at/all".into()), "--rules"),
        (|o| o.workers = Some(0), "--workers"),
        (|o| o.config = Some("/nowhere/zhengtong.toml".into()), "--config"),
    ];
    for (change, names) in table {
        let (message, code) = with(change).unwrap_err();
        assert!(message.contains(names), "{message}");
        assert!(!message.contains('\n'), "{message}");
        assert!(message.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{message}");
        assert_eq!(code, 2, "{message}");
    }
}

#[test]
fn options_beat_the_file_and_the_file_beats_the_defaults() {
    let file = file("listen = \"127.0.0.1:9000\"\nfiles = \"/srv/files\"\n");
    let config = with(|options| {
        options.config = Some(file.path().to_owned());
        options.files = Some("s3://bucket/prefix".into());
    })
    .unwrap();
    assert_eq!(config.listen.port(), 9000);
    assert_eq!(config.files, "s3://bucket/prefix");
    assert_eq!(config.database, "sqlite://./var/zhengtong.db");
    assert_eq!(config.log_format, LogFormat::Auto);
}

#[test]
fn an_unknown_or_mistyped_key_of_the_file_is_refused_with_what_is_known() {
    for (text, says) in [
        ("databse = \"sqlite://x\"", "databse"),
        ("workers = \"many\"", "workers"),
        ("listen = 8080", "listen"),
        ("listen = ", "无法读取"),
    ] {
        let file = file(text);
        let (message, code) = with(|options| options.config = Some(file.path().to_owned())).unwrap_err();
        assert!(message.contains(says), "{message}");
        assert!(message.contains("配置"), "{message}");
        assert_eq!(code, 2);
    }
}

#[test]
fn the_public_address_follows_the_listener_and_decides_about_secure_cookies() {
    let config = with(|options| options.listen = Some("0.0.0.0:80".into())).unwrap();
    assert_eq!((config.public_url.as_str(), config.secure_cookies), ("http://127.0.0.1", false));
    let config = with(|options| options.public_url = Some("https://www.example.gov.cn/".into())).unwrap();
    assert_eq!((config.public_url.as_str(), config.secure_cookies), ("https://www.example.gov.cn", true));
    let config = with(|options| options.listen = Some("[::1]:8081".into())).unwrap();
    assert_eq!(config.public_url, "http://[::1]:8081");
}

#[test]
fn a_password_in_a_wrong_database_address_is_not_shown() {
    let (message, _) = with(|options| options.database = Some("mysql://root:geheim@db/x".into())).unwrap_err();
    assert!(!message.contains("geheim"), "{message}");
}

#[test]
fn the_file_behind_a_sqlite_address_is_found_in_all_its_spellings() {
    for (address, path) in [
        ("sqlite:///var/lib/z.db", "/var/lib/z.db"),
        ("sqlite://./var/z.db", "./var/z.db"),
        ("sqlite:var/z.db?mode=rwc", "var/z.db"),
    ] {
        let config = with(|options| options.database = Some(address.into())).unwrap();
        assert_eq!(config.sqlite_file().unwrap().to_str(), Some(path));
    }
    assert_eq!(with(|options| options.database = Some("postgres://db/z".into())).unwrap().sqlite_file(), None);
}
