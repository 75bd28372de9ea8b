use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{
    form::{FieldType, FormProblem, FormValue, FormValues, Key, Severity, check},
    rule::{Mark, Quantity},
};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn number(value: i64) -> FormValue {
    FormValue::Number(Quantity::whole(value))
}

/// A form filled with `count` everywhere, text where text is asked for.
fn filled(form: &Form, count: i64) -> FormValues {
    let text = |key: &str| match key {
        "site_code" => "1504000001",
        "icp_record" => "蒙ICP备05000001号-1",
        "police_record" => "蒙公网安备15040202000001号",
        "filled_on" => "2026-01-20",
        _ => "样例",
    };
    form.fields
        .iter()
        .map(|field| {
            let value = match field.kind {
                FieldType::Integer | FieldType::Decimal => number(count),
                FieldType::Bool => FormValue::Flag(true),
                FieldType::Text => FormValue::Text(text(field.key.as_str()).to_owned()),
                FieldType::Choice => FormValue::Text(field.choices[0].clone()),
                FieldType::Choices => FormValue::Choices(field.choices.clone()),
            };
            (field.key.clone(), value)
        })
        .collect()
}

fn balanced() -> FormValues {
    let mut values = filled(website_annual_report(), 10);
    for (name, value) in [
        ("publish_total", 30),
        ("interpret_total", 30),
        ("cases_total", 20),
        ("letters_open", 0),
        ("report_year", 2025),
    ] {
        values.insert(key(name), number(value));
    }
    values
}

fn problems(changes: &[(&str, FormValue)], last_year: Option<&FormValues>) -> Vec<FormProblem> {
    let mut values = balanced();
    values.extend(changes.iter().map(|(name, value)| (key(name), value.clone())));
    check(website_annual_report(), &values, last_year)
}

#[test]
fn every_form_of_the_folder_ships_and_is_good() {
    for (file, text) in FORMS {
        if let Err(problems) = Form::parse(file, text) {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
        assert!(std::fs::exists(format!("{}/../../rules/forms/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap());
    }
}

#[test]
fn the_report_on_a_year_is_due_on_31_january_of_the_next() {
    for form in [website_annual_report(), website_oversight_report()] {
        for deadline in &form.header.deadlines {
            assert_eq!(deadline.for_report_on(2025), Some(date(2026, 1, 31)));
            assert_eq!(deadline.mark, Mark::V);
            assert_eq!(deadline.for_report_on(i16::MAX), None);
        }
    }
    assert_eq!(website_annual_report().header.deadlines[0].place, "本网站首页显著位置");
}

#[test]
fn a_balanced_report_has_no_problem() {
    assert_eq!(problems(&[], None), []);
    let year = balanced();
    assert_eq!(problems(&[], Some(&year)), []);
}

#[test]
fn each_cross_check_is_told_with_its_numbers() {
    for (name, value, said) in [
        ("publish_total", 29, "信息发布总数29条小于概况类10条、政务动态10条、信息公开目录10条之和"),
        ("cases_total", 21, "21件不等于自然人10件加法人10件"),
        ("letters_closed", 11, "办结留言11条多于收到留言10条加上年结转0条"),
        ("letters_published", 11, "公开答复11条多于办结留言10条"),
        ("faults_mended", 11, "问题整改11个多于发现问题10个"),
        ("service_online", 11, "11项多于政务服务事项10项"),
    ] {
        let last_year = balanced();
        let found = problems(&[(name, number(value))], Some(&last_year));
        assert!(
            found.iter().any(|problem| {
                problem.message.contains(said)
                    && problem.severity == Severity::Wrong
                    && problem.fields.contains(&key(name))
            }),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn letters_carried_over_from_last_year_may_be_closed_this_year() {
    let changes = [("letters_closed", number(12)), ("letters_open", number(1))];
    let mut last_year = balanced();
    last_year.insert(key("letters_open"), number(3));
    assert_eq!(problems(&changes, Some(&last_year)), []);
    let unknown = problems(&changes[..1], None);
    assert!(!unknown.is_empty() && unknown.iter().all(|problem| problem.severity == Severity::Doubtful), "{unknown:?}");
    assert!(unknown[0].message.contains("没有上年数据"), "{unknown:?}");
}

#[test]
fn each_field_is_held_to_its_type() {
    for (name, value, said) in [
        ("visits", FormValue::Text("很多".into()), "非负整数"),
        ("visits", number(-1), "非负整数"),
        ("visits", FormValue::Number(Quantity::parse("10.5").unwrap()), "非负整数"),
        ("drill", FormValue::Text("是".into()), "是或否"),
        ("site_kind", FormValue::Text("商业网站".into()), "政府门户网站"),
        ("innovations", FormValue::Choices(vec!["元宇宙".into()]), "无障碍浏览"),
        ("site_code", FormValue::Text("310000000044".into()), "政府网站标识码"),
        ("filled_on", FormValue::Text("去年".into()), "日期"),
        ("sponsor", FormValue::Text("  ".into()), "没有填写"),
        ("no_such_field", number(1), "没有“no_such_field”"),
    ] {
        let found = problems(&[(name, value)], None);
        assert!(found.iter().any(|problem| problem.message.contains(said)), "{name}: {found:?}");
    }
    let mut values = balanced();
    values.remove("visits");
    let found = check(website_annual_report(), &values, None);
    assert!(found[0].message.contains("“网站总访问量”没有填写"), "{found:?}");
    assert_eq!(found.len(), 1, "a missing number must not set off its cross-checks: {found:?}");
}

#[test]
fn the_oversight_report_adds_up_by_quarter() {
    let form = website_oversight_report();
    let mut values = filled(form, 2);
    for (name, value) in [("checked_total", 8), ("failed_total", 8), ("accountable_total", 6), ("report_year", 2025)] {
        values.insert(key(name), number(value));
    }
    values.insert(key("sites_at_end"), number(98));
    let last_year: FormValues = [(key("sites_at_end"), number(100))].into();
    assert_eq!(check(form, &values, Some(&last_year)), []);
    values.insert(key("failed_q3"), number(3));
    let found = check(form, &values, Some(&last_year));
    assert!(found.iter().any(|problem| problem.message.contains("第三季度不合格3个多于抽查2个")), "{found:?}");
}

#[test]
fn a_bad_form_is_refused_with_line_and_reason() {
    let (file, text) = FORMS[0];
    for (from, to, said) in [
        ("rule = \"faults_mended <= faults_found\"", "rule = \"faults_mended < faults_found\"", "没有 ="),
        ("rule = \"faults_mended <= faults_found\"", "rule = \"faults_mended <= faults\"", "“faults”不是数字字段"),
        ("rule = \"faults_mended <= faults_found\"", "rule = \"faults_mended <= drill\"", "“drill”不是数字字段"),
        ("{faults_mended}", "{mended}", "{mended}"),
        ("group = \"visits\"", "group = \"visit\"", "“visit”不存在"),
        ("day = \"01-31\"", "day = \"02-30\"", "月日"),
        ("document = \"国办函〔2018〕12号\"", "document = \"国办函[2018]12号\"", "国办函〔2018〕12号"),
        ("key = \"visits\"\ngroup", "key = \"Visits\"\ngroup", "小写"),
        ("key = \"visits\"\ngroup", "key = \"visitors\"\ngroup", "写了两次"),
        ("type = \"bool\"", "type = \"yesno\"", "不在允许的值之内"),
        ("form = \"date\"", "form = \"date\"\nwhen = \"nothing\"", "没有“when”"),
    ] {
        assert!(text.contains(from), "{from}");
        let problems = Form::parse(file, &text.replacen(from, to, 1)).unwrap_err();
        assert!(problems.iter().any(|problem| problem.reason.contains(said) && problem.line > 1), "{to}: {problems:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_filled_in_nothing_panics(
        values in prop::collection::btree_map(
            prop::sample::select(website_annual_report().fields.iter().map(|field| field.key.clone()).collect::<Vec<_>>()),
            prop_oneof![
                any::<i64>().prop_map(|parts| FormValue::Number(Quantity::ten_thousandths(parts))),
                any::<bool>().prop_map(FormValue::Flag),
                "\\PC{0,12}".prop_map(FormValue::Text),
                prop::collection::vec("\\PC{0,4}", 0..3).prop_map(FormValue::Choices),
            ],
            0..60,
        ),
    ) {
        let found = check(website_annual_report(), &values, Some(&values));
        prop_assert!(found.iter().all(|problem| !problem.message.is_empty() && !problem.fields.is_empty()));
    }

    #[test]
    fn a_broken_file_never_panics(at in 0usize..6_000, with in "\\PC{0,6}") {
        let (file, text) = FORMS[0];
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let _ = Form::parse(file, &format!("{}{with}{}", &text[..at], &text[at..]));
    }
}
