//! `extract` as people and scripts use it.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod support;

use std::fs;

use serde_json::Value;
use support::Instance;

const PAGE: &str = "<html><head><meta charset=\"utf-8\"><meta name=\"ArticleTitle\" content=\"示例通知\">\
    <meta name=\"PubDate\" content=\"2021-07-12 09:30\"><meta name=\"ContentSource\" content=\"示例单位\"></head><body>\
    <h1>示例通知</h1><div class=\"content\"><p>示办字〔2021〕5号</p><p>现将示例事项通知如下，请各单位遵照执行，按时报送。</p></div></body></html>";

fn place() -> Instance {
    let instance = Instance::new();
    fs::create_dir_all(instance.files.join("a/b")).unwrap();
    fs::write(instance.files.join("a/b/1.html"), PAGE).unwrap();
    fs::write(instance.files.join("a/b/style.css"), "body{}").unwrap();
    fs::write(instance.files.join("a/2.txt"), "示例附件的文字").unwrap();
    fs::write(instance.files.join("a/3.rar"), b"Rar!\x1a\x07\x01\x00\xff").unwrap();
    instance
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_folder_is_read_with_its_sub_folders_one_object_for_each_page_or_document() {
    let place = place();
    let folder = place.files.join("a");
    let done = place.run(&["extract", folder.to_str().unwrap(), "--json", "--address", "http://old.example.gov.cn/"]);
    assert_eq!(done.code, 1, "one file cannot be read: {done:?}");
    let found = lines(&done.out);
    let files: Vec<&str> = found.iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["2.txt", "3.rar", "b/1.html"]);
    assert!(found[1]["fault"].as_str().is_some_and(|fault| !fault.is_empty()), "{}", found[1]);
    let page = &found[2];
    assert_eq!(page["title"], "示例通知");
    assert_eq!(page["published"], "2021-07-12T09:30:00+08:00");
    assert_eq!((page["source"].as_str(), page["kind"].as_str()), (Some("示例单位"), Some("article")));
    assert_eq!(page["address"], "http://old.example.gov.cn/b/1.html");
    assert!(page["text"].as_str().unwrap().contains("请各单位遵照执行"), "{page}");
    assert!(page["found"]["title"]["place"].as_str().unwrap().contains("articletitle"), "{page}");
}

#[test]
fn a_page_is_shown_to_people_with_where_each_field_was_found() {
    let place = place();
    let done = place.run(&["extract", place.files.join("a/b/1.html").to_str().unwrap()]);
    assert_eq!(done.code, 0, "{done:?}");
    for part in ["标题：示例通知", "发布时间：2021-07-12T09:30:00+08:00", "来源：示例单位", "articletitle", "遵照执行"]
    {
        assert!(done.out.contains(part), "{part}: {}", done.out);
    }
}

#[test]
fn a_table_of_articles_gives_its_records_and_any_other_table_its_text() {
    let place = place();
    let articles = place.files.join("文章.csv");
    fs::write(
        &articles,
        "标题,发布时间,来源,正文\n示例一,2020-01-02,示例单位,第一篇正文\n示例二,2020-01-03,示例单位,第二篇正文\n",
    )
    .unwrap();
    let found = lines(&place.run(&["extract", articles.to_str().unwrap(), "--json"]).out);
    assert_eq!(found.len(), 2);
    assert_eq!((found[1]["kind"].as_str(), found[1]["title"].as_str()), (Some("record"), Some("示例二")));
    let other = place.files.join("名单.csv");
    fs::write(&other, "甲,乙\n1,2\n").unwrap();
    let found = lines(&place.run(&["extract", other.to_str().unwrap(), "--json"]).out);
    assert_eq!((found.len(), found[0]["kind"].as_str()), (1, Some("file")), "{found:?}");
    assert!(found[0]["text"].as_str().unwrap().contains('甲'));
}

#[test]
fn the_inner_network_and_missing_files_are_refused_in_one_line() {
    let place = place();
    let inner = place.run(&["extract", "http://10.0.0.1/a.html"]);
    assert_eq!((inner.code, inner.err.trim().lines().count()), (1, 1), "{inner:?}");
    let missing = place.run(&["extract", "没有的文件.html"]);
    assert_eq!((missing.code, missing.err.trim().lines().count()), (2, 1), "{missing:?}");
    assert!(missing.err.contains("没有的文件.html"), "{missing:?}");
}
