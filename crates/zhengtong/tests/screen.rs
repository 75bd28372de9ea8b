//! `screen` and `screen eval` as people and scripts use them.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod support;

use std::fs;

use serde_json::Value;
use support::{Instance, json_of};

fn place() -> Instance {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    instance
}

#[test]
fn a_text_is_screened_from_standard_input_and_from_a_file() {
    let place = place();
    let clean = place.run_with(&["screen"], "会议研究部署了春季防火工作。\n");
    assert_eq!((clean.code, clean.out.as_str()), (0, "没有发现问题。\n"), "{clean:?}");
    let wrong = place.run_with(&["screen", "-"], "第一行。\n会议研究布署了工作。\n");
    assert_eq!(wrong.code, 1, "{wrong:?}");
    assert!(wrong.out.contains("第2行第5字") && wrong.out.contains("建议：部署"), "{wrong:?}");
    let file = place.files.join("稿件.txt");
    fs::write(&file, "会议研究布署了工作。").unwrap();
    let json = json_of(&place.run(&["screen", file.to_str().unwrap(), "--json"]));
    let finding = &json["findings"][0];
    assert_eq!((finding["range"]["start"].as_u64(), finding["range"]["end"].as_u64()), (Some(4), Some(6)));
    assert!(finding["rule_id"].as_str().unwrap().starts_with("lexicon.common-errors."), "{finding}");
}

#[test]
fn packs_of_ones_own_are_added_and_unusable_lines_are_told() {
    let place = place();
    let list = place.files.join("词表.csv");
    fs::write(&list, "词,级别,建议\n示例旧称,须改正,示例新称\n*,须改正,\n").unwrap();
    let done = place.run_with(&["screen", "--pack", list.to_str().unwrap()], "沿用示例旧称。");
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.out.contains("须改正1处") && done.out.contains("示例新称"), "{done:?}");
    assert!(done.err.contains("第3行"), "{done:?}");
    let missing = place.run(&["screen", "--pack", "没有的文件.csv"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.err.contains("没有的文件.csv"), "{missing:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_one_line() {
    let done = place().run(&["screen", "没有的文件.docx"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("没有的文件.docx") && done.err.trim().lines().count() == 1, "{done:?}");
}

#[test]
fn the_screening_is_measured_on_labelled_lines_and_bad_lines_are_told() {
    let place = place();
    let lines = concat!(
        r#"{"src":"会议研究布署了工作。","tgt":"会议研究部署了工作。","edits":[[4,"布","部"]]}"#,
        "\n",
        r#"{"src":"会议研究部署了工作。","tgt":"会议研究部署了工作。","edits":[]}"#,
        "\n",
        r#"{"body":"会议研究部署了春季防火工作。"}"#,
        "\n不是JSON\n",
    );
    let done = place.run_with(&["screen", "eval", "-", "--json"], lines);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("第4行没有计入"), "{done:?}");
    let figures: Value = serde_json::from_str(done.out.trim()).unwrap();
    assert_eq!(figures["sentences"], 2);
    assert_eq!(figures["all"]["character_correction"]["right"], 1, "{figures}");
    let table = place.run_with(&["screen", "eval", "-"], lines);
    assert!(table.out.contains("2句"), "{table:?}");
}
