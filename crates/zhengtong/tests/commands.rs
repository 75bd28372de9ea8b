//! The commands as an operator types them, with the built binary on a demo instance.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod support;

use std::fs;

use support::{Instance, article, json_of};

const IMPORT: [&str; 9] =
    ["import", "documents", "-", "--site", "1500009001", "--column", "tzgg", "--as", "nmg.editor"];

fn import(instance: &Instance, more: &[&str], lines: &str) -> support::Done {
    let arguments: Vec<&str> = IMPORT.iter().chain(more).copied().collect();
    instance.run_with(&arguments, lines)
}

#[test]
fn a_wrong_configuration_is_one_chinese_line_and_exit_code_2() {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    for arguments in [
        &["doctor", "--listen", "nowhere"][..],
        &["serve", "--log-format", "xml"],
        &["migrate", "--config", "/nowhere.toml"],
        &["verify", "audit"],
        &["migrate", "--nonsense"],
        &["import", "documents"],
    ] {
        let done = instance.run(arguments);
        assert_eq!(done.code, 2, "{arguments:?}: {done:?}");
        assert_eq!(done.err.trim_end().lines().count(), 1, "{arguments:?}: {done:?}");
        assert!(done.err.starts_with("zhengtong："), "{done:?}");
        assert!(!done.err.contains("panicked"), "{done:?}");
    }
}

#[test]
fn help_is_chinese_and_names_every_command() {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    let done = instance.run(&["--help"]);
    assert_eq!(done.code, 0, "{done:?}");
    for command in ["serve", "work", "all", "demo", "migrate", "user", "import", "verify", "check-templates", "doctor"]
    {
        assert!(done.out.contains(command), "{command}: {}", done.out);
    }
    assert!(
        done.out.contains("用法") && done.out.contains("--database") && !done.out.contains("Usage"),
        "{}",
        done.out
    );
}

#[test]
fn the_demo_prints_its_sites_and_logins_and_is_not_filled_twice() {
    let instance = Instance::demo();
    let done = instance.run(&["demo", "--no-serve", "--json"]);
    assert_eq!(done.code, 0, "{done:?}");
    let demo = json_of(&done);
    assert_eq!(demo["sites"].as_array().unwrap().len(), 3);
    assert_eq!(demo["sites"][0]["code"], "1500009001");
    assert_eq!(demo["sites"][0]["address"], "http://127.0.0.1:8080/sites/nmg/");
    let duties: Vec<&str> = demo["logins"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|login| login["duties"].as_array().unwrap())
        .filter_map(|duty| duty["duty"].as_str())
        .collect();
    for duty in ["editor", "reviewer1", "reviewer2", "reviewer3", "site_manager", "supervisor", "system_admin"] {
        assert!(duties.contains(&duty), "{duty}");
    }
    assert_eq!(instance.run(&["verify", "library"]).code, 0);
    assert_eq!(instance.run(&["verify", "audit"]).code, 0);
}

#[test]
fn the_demo_refuses_an_instance_that_holds_anything_else() {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    assert_eq!(instance.run(&["migrate"]).code, 0);
    let added = instance.run(&[
        "user",
        "add",
        "zhang.san",
        "--name",
        "张三（示例）",
        "--unit",
        "nmg-bgt",
        "--duty",
        "system_admin",
    ]);
    assert_eq!(added.code, 0, "{added:?}");
    assert!(added.out.contains("一次性口令"), "{added:?}");
    let done = instance.run(&["demo", "--no-serve"]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("不是空的"), "{done:?}");
    assert_eq!(done.err.trim_end().lines().count(), 1, "{done:?}");
    let second = instance.run(&[
        "user",
        "add",
        "li.si",
        "--name",
        "李四（示例）",
        "--unit",
        "nmg-bgt",
        "--duty",
        "system_admin",
    ]);
    assert_eq!(second.code, 1, "{second:?}");
}

#[test]
fn a_file_is_imported_once_its_faults_are_listed_and_its_pages_are_proved() {
    let instance = Instance::demo();
    let rejects = instance.sqlite_file().with_file_name("rejects.jsonl");
    let mut lines: String = (1..=30)
        .map(|number| article(&format!("cli-{number}"), &format!("示例通知之{number}"), "正文第一段。\n第二段。"))
        .collect();
    lines.push_str("{\"id\": \"cli-broken\"\n");
    lines.push_str(&article("cli-empty", "", "正文"));
    let rejects_option = rejects.to_str().unwrap();
    let done = import(&instance, &["--reviewed-by", "nmg.zhong", "--rejects", rejects_option], &lines);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("入库 30，已有 0，退回 2"), "{done:?}");
    let rejected: Vec<serde_json::Value> =
        fs::read_to_string(&rejects).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rejected.len(), 2);
    assert_eq!(rejected[0]["line"], 31);
    assert!(rejected[0]["record"].is_string());
    assert_eq!(rejected[1]["record"]["id"], "cli-empty");
    assert!(rejected[1]["reasons"][0].as_str().unwrap().contains("title"));

    let again = import(&instance, &["--reviewed-by", "nmg.zhong"], &lines);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.out.contains("入库 0，已有 30，退回 2"), "{again:?}");
    let library = instance.run(&["verify", "library"]);
    assert_eq!(library.code, 0, "{library:?}");
    assert_eq!(instance.run(&["verify", "audit"]).code, 0);
}

#[test]
fn nobody_reviews_an_import_of_their_own() {
    let instance = Instance::demo();
    let line = article("cli-own", "示例通知", "正文。");
    for (login, word) in [("nmg.editor", "不同的人"), ("jyt.zhong", "没有审核职责"), ("nobody", "没有")] {
        let done = import(&instance, &["--reviewed-by", login], &line);
        assert_eq!(done.code, 1, "{login}: {done:?}");
        assert!(done.err.contains(word), "{login}: {done:?}");
        assert_eq!(done.err.trim_end().lines().count(), 1, "{done:?}");
    }
    let missing = instance.run_with(
        &["import", "documents", "-", "--site", "0000000000", "--column", "tzgg", "--as", "nmg.editor"],
        &line,
    );
    assert_eq!(missing.code, 1, "{missing:?}");
    assert!(missing.err.contains("0000000000"), "{missing:?}");
}

#[test]
fn a_changed_byte_of_the_audit_trail_is_found_and_named() {
    let instance = Instance::demo();
    let file = instance.sqlite_file();
    let mut bytes = fs::read(&file).unwrap();
    // Exactly as long, so that the database itself notices nothing.
    let (before, after) = ("示例数据填写完毕".as_bytes(), "示例数据未曾填写".as_bytes());
    let place = bytes.windows(before.len()).position(|window| window == before).expect("the event is in the file");
    bytes[place..place + before.len()].copy_from_slice(after);
    fs::write(&file, bytes).unwrap();
    let done = instance.run(&["verify", "audit"]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.out.contains("demo.fill") && done.out.contains("内容与哈希不符"), "{done:?}");
}

#[test]
fn doctor_names_what_is_wrong_and_what_to_do() {
    let instance = Instance::demo();
    let done = instance.run(&["doctor"]);
    assert_eq!(done.code, 0, "{done:?}");
    for what in ["数据库结构", "文件存放处", "主题", "规则包", "网站", "任务", "系统管理员"] {
        assert!(done.out.contains(what), "{what}: {}", done.out);
    }
    let exposed = instance.run(&["doctor", "--public-url", "http://www.example.gov.cn"]);
    assert_eq!(exposed.code, 1, "{exposed:?}");
    assert!(exposed.out.contains("✗ 对外地址"), "{exposed:?}");

    let fresh = Instance::new();
    fs::create_dir_all(&fresh.files).unwrap();
    assert_eq!(fresh.run(&["migrate"]).code, 0);
    let done = fresh.run(&["doctor"]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.out.contains("zhengtong user add"), "{done:?}");
}

#[test]
fn the_theme_renders_with_every_sample() {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    let done = instance.run(&["check-templates"]);
    assert_eq!(done.code, 0, "{done:?}");
}
