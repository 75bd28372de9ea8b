//! The questions of the field as people and scripts ask them: answers, exit codes, one JSON object per line.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod support;

use std::fs;

use serde_json::Value;
use support::{Done, Instance};

fn place() -> Instance {
    let instance = Instance::new();
    fs::create_dir_all(&instance.files).unwrap();
    instance
}

fn lines_of(done: &Done) -> Vec<Value> {
    done.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn working_days_are_added_and_judged() {
    let place = place();
    for (arguments, code, said) in [
        (&["workday", "add", "2021-09-17", "20"][..], 0, "2021-10-21\n"),
        (&["workday", "add", "2021-09-30", "3"], 0, "2021-10-11\n"),
        (&["workday", "add", "2021年9月30日", "3"], 0, "2021-10-11\n"),
        (&["workday", "add", "2021-10-11", "-3"], 0, "2021-09-30\n"),
        (&["workday", "is", "2021-09-18"], 0, "调休上班"),
        (&["workday", "is", "2021-10-01"], 1, "国庆节"),
        (&["workday", "is", "2021-09-19"], 1, "不是工作日"),
        (&["workday", "is", "2006-12-31"], 2, "2006年"),
        (&["workday", "add", "2026-12-20", "30"], 2, "2027年"),
        (&["workday", "is", "2021-02-30"], 2, "2021"),
    ] {
        let done = place.run(arguments);
        assert_eq!(done.code, code, "{arguments:?}: {done:?}");
        let text = if code == 2 { &done.err } else { &done.out };
        assert!(text.contains(said), "{arguments:?}: {done:?}");
    }
    let explained = place.run(&["workday", "add", "2021-09-17", "20", "--explain"]);
    assert!(explained.out.contains("2021-10-01  不计  星期五，国庆节放假"), "{explained:?}");
    assert!(explained.out.contains("2021-09-18  第1日  星期六，中秋节调休上班"), "{explained:?}");
    assert!(explained.out.ends_with("2021-10-21\n"), "{explained:?}");
}

#[test]
fn each_line_of_standard_input_gets_one_line_of_json() {
    let place = place();
    let done = place.run_with(&["workday", "add", "-", "20"], "2021-09-17\r\n昨天\n2027-01-04\n\n");
    assert_eq!(done.code, 2, "{done:?}");
    let answers = lines_of(&done);
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0]["due"], "2021-10-21");
    assert_eq!(answers[0]["input"], "2021-09-17");
    assert!(answers[1]["error"].as_str().unwrap().contains("日期"), "{}", answers[1]);
    assert!(answers[2]["error"].as_str().unwrap().contains("2027年"));

    let done = place.run_with(&["workday", "is", "-"], "2021-09-18\n2021-10-01\n");
    assert_eq!(done.code, 1, "{done:?}");
    let answers = lines_of(&done);
    assert_eq!((&answers[0]["workday"], &answers[1]["workday"]), (&Value::Bool(true), &Value::Bool(false)));

    let done =
        place.run_with(&["code", "check", "document-number", "-"], "内政办字〔2021〕45号\n内政办字[2021]045号\n");
    assert_eq!(done.code, 1, "{done:?}");
    let answers = lines_of(&done);
    assert_eq!(answers[0]["valid"], true);
    assert_eq!(answers[1]["suggestion"], "内政办字〔2021〕45号");
    assert!(!answers[1]["problems"].as_array().unwrap().is_empty());
}

#[test]
fn identifiers_are_checked_with_what_was_meant() {
    let place = place();
    for (kind, value, valid, normalised, suggestion) in [
        ("site-code", "１５０６０００１４０", true, Some("1506000140"), None),
        ("site-code", "310000000044", false, None, None),
        ("icp", "蒙ICP备05000248号-1", true, Some("蒙ICP备05000248号-1"), None),
        ("document-number", "内政办字（2021）45号", false, None, Some("内政办字〔2021〕45号")),
        ("index-number", "000014349/2018-00221", true, Some("000014349/2018-00221"), None),
        ("map-approval", "GS(2019)1822号", true, Some("GS(2019)1822号"), None),
        ("division", "150402", true, Some("150402"), None),
        ("date", "2021年2月30日", false, None, None),
    ] {
        let done = place.run(&["code", "check", kind, value]);
        assert_eq!(done.code, i32::from(!valid), "{kind} {value}: {done:?}");
        let answer = &lines_of(&done)[0];
        assert_eq!(answer["valid"], valid, "{answer}");
        assert_eq!(answer["normalised"].as_str(), normalised, "{answer}");
        assert_eq!(answer["suggestion"].as_str(), suggestion, "{answer}");
        assert_eq!(answer["problems"].as_array().unwrap().is_empty(), valid, "{answer}");
    }
    let done = place.run(&["code", "check", "passport", "1"]);
    assert!(done.code == 2 && done.err.contains("document-number（发文字号）"), "{done:?}");
}

#[test]
fn deadlines_show_their_sum() {
    let place = place();
    let done = place.run(&["deadline", "disclosure.reply", "--from", "2021-09-17"]);
    assert_eq!((done.code, done.out.as_str()), (0, "2021-10-21\n"), "{done:?}");
    let done = place.run(&["deadline", "disclosure.reply", "--from", "2021-09-17", "--extend", "20", "--explain"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("国庆节放假") && done.out.contains("2021年11月18日"), "{done:?}");
    let pause = ["deadline", "disclosure.reply", "--from", "2021-09-17", "--pause", "2021-09-22..2021-09-30"];
    let paused = place.run(&pause);
    assert_eq!((paused.code, paused.out.as_str()), (0, "2021-11-02\n"), "{paused:?}");
    let open = place.run(&["deadline", "disclosure.reply", "--from", "2021-09-17", "--pause", "2021-09-22.."]);
    assert!(open.code == 2 && open.out.contains("暂停尚未结束"), "{open:?}");
    for (arguments, said) in [
        (&["--extend", "21"][..], "最多延长"),
        (&["--pause", "2021-09-30..2021-09-22"], "早于"),
        (&["--pause", "2021-09-30"], "起..止"),
    ] {
        let arguments = [&["deadline", "disclosure.reply", "--from", "2021-09-17"], arguments].concat();
        let done = place.run(&arguments);
        assert!(done.code == 2 && done.err.contains(said), "{arguments:?}: {done:?}");
    }
    let region = place.run(&["deadline", "rectification.report", "--from", "2021-09-30"]);
    assert_eq!((region.code, region.out.as_str()), (0, "2021-10-20\n"), "{region:?}");
    let done = place.run(&["deadline", "nothing.such", "--from", "2021-09-17"]);
    assert!(done.code == 2 && done.err.contains("disclosure.reply"), "{done:?}");
    let done = place.run_with(&["deadline", "disclosure.reply", "--from", "-"], "2021-09-17\n2026-12-20\n");
    let answers = lines_of(&done);
    assert_eq!(answers[0]["due"], "2021-10-21");
    assert!(done.code == 2 && answers[1]["error"].as_str().unwrap().contains("2027年"), "{done:?}");
}

#[test]
fn routes_explain_themselves() {
    let place = place();
    let done = place.run(&["route", "account-open", "--unit", "多伦县教育局", "--explain"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("依据") && done.out.contains("内蒙古自治区人民政府办公厅"), "{done:?}");
    let done = place.run_with(&["route", "site-open", "--unit", "-"], "内蒙古自治区教育厅\n某某公司\n");
    assert_eq!(lines_of(&done).len(), 2, "{done:?}");
    let done = place.run(&["route", "site-paint", "--unit", "内蒙古自治区教育厅"]);
    assert!(done.code == 2 && done.err.contains("site-open"), "{done:?}");
}

#[test]
fn rules_are_listed_with_source_mark_and_values() {
    let place = place();
    let done = place.run(&["rules", "list", "--json"]);
    assert_eq!(done.code, 0, "{done:?}");
    let rules = lines_of(&done);
    assert!(rules.len() > 60, "{}", rules.len());
    for rule in &rules {
        for key in ["id", "name", "document", "mark", "level", "from", "finding", "parameters", "in_force", "pack"] {
            assert!(!rule[key].is_null(), "{key}: {rule}");
        }
    }
    let unconfirmed = place.run(&["rules", "list", "--unconfirmed"]);
    assert!(unconfirmed.out.contains("待确认"), "{unconfirmed:?}");
    let none = place.run(&["rules", "list", "--pack", "no-such-pack"]);
    assert!(none.code == 1 && none.err.contains("platform-settings"), "{none:?}");
}

#[test]
fn a_bad_pack_stops_the_start_with_file_line_and_reason() {
    let place = place();
    let folder = place.files.parent().unwrap().join("packs");
    fs::create_dir(&folder).unwrap();
    let rules = folder.to_str().unwrap();
    let pack = include_str!("../../../rules/platform-settings.toml");
    fs::write(folder.join("own.toml"), pack).unwrap();
    let good = place.run(&["rules", "check", "--rules", rules]);
    assert!(good.code == 0 && good.out.contains("都正确"), "{good:?}");

    fs::write(folder.join("own.toml"), pack.replacen("stricter = \"fixed\"", "stricter = \"fix\"", 1)).unwrap();
    let line = pack.lines().position(|line| line.starts_with("stricter")).unwrap() + 1;
    let place_of_fault = format!("own.toml:{line}：");
    for command in [&["rules", "check"][..], &["all"], &["workday", "is", "2021-10-01"]] {
        let done = place.run(&[command, &["--rules", rules]].concat());
        let text = format!("{}{}", done.out, done.err);
        assert!(done.code != 0 && text.contains(&place_of_fault) && text.contains("“fix”"), "{command:?}: {done:?}");
    }
}
