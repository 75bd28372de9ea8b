use crate::rule::{RuleBook, builtin::PACKS};

/// Reads the packs that ship with `from` replaced by `to` in one of them; the problems of the result.
fn changed(file: &str, from: &str, to: &str) -> Vec<String> {
    let packs: Vec<(&str, String)> = PACKS
        .iter()
        .map(|(name, text)| {
            let text = if *name == file { text.replacen(from, to, 1) } else { (*text).to_owned() };
            (*name, text)
        })
        .collect();
    assert!(packs.iter().zip(PACKS).any(|(new, old)| new.1 != old.1), "nothing was changed");
    match RuleBook::from_files(packs.iter().map(|(name, text)| (*name, text.as_str()))) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn packs_whose_points_do_not_add_up_are_refused_with_file_line_and_reason() {
    let points = |old: &str, new: &str| {
        let from = format!("name = \"本项总分值\"\nunit = \"分\"\nvalue = {old}");
        let to = format!("name = \"本项总分值\"\nunit = \"分\"\nvalue = {new}");
        changed("inspection-website.toml", &from, &to)
    };
    let problems = points("5", "6");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("inspection-website.toml:18：") && problems[0].contains("合计101分"),
        "{problems:?}"
    );
    // The first indicator of eight points is a service: both the whole and the share are wrong.
    let problems = points("8", "7");
    assert!(problems.len() == 2 && problems[1].contains("services.share"), "{problems:?}");
    let problems = changed("oversight-appraisal.toml", "key = \"bonus.total\"", "key = \"bonus.totals\"");
    assert!(problems.iter().any(|problem| problem.contains("合计20分") && problem.contains("0分不符")), "{problems:?}");
}

#[test]
fn a_rule_that_changes_its_points_later_is_added_up_for_that_day_too() {
    let from = "id = \"site.deduct.overview\"";
    let text = PACKS.iter().find(|(name, _)| *name == "inspection-website.toml").unwrap().1;
    let begin = text[..text.find(from).unwrap()].rfind("[[rule]]").unwrap();
    let end = begin + text[begin + 8..].find("[[rule]]").unwrap() + 8;
    let rule = &text[begin..end];
    let ended = rule.replacen("from = \"2019-04-01\"", "from = \"2019-04-01\"\nuntil = \"2026-12-31\"", 1);
    let next = rule.replacen("from = \"2019-04-01\"", "from = \"2027-01-01\"", 1);
    let heavier = next.replacen("unit = \"分\"\nvalue = 5", "unit = \"分\"\nvalue = 7", 1);
    assert!(changed("inspection-website.toml", rule, &format!("{ended}{next}")).is_empty());
    let problems = changed("inspection-website.toml", rule, &format!("{ended}{heavier}"));
    assert!(problems.iter().any(|p| p.contains("自2027-01-01起") && p.contains("合计102分")), "{problems:?}");
    let problems = changed("inspection-website.toml", rule, &ended);
    assert!(problems.iter().any(|p| p.contains("自2027-01-01起") && p.contains("合计95分")), "{problems:?}");
}

#[test]
fn an_indicator_without_what_its_method_asks_for_is_refused() {
    for (from, to, said) in [
        ("key = \"probe.days\"", "key = \"probe.day\"", "probe.days"),
        ("unit = \"秒\"", "unit = \"\"", "probe.timeout_s"),
        ("method = \"unreachable\"", "method = \"unreachabel\"", "unreachabel"),
        ("window = \"col.dynamic_days\"", "window = \"missing.points\"", "期限"),
        (
            "key = \"case.points\"\nname = \"每处扣分\"\nunit = \"分\"\nvalue = 1\n",
            "key = \"case.points\"\nname = \"每处扣分\"\nunit = \"分\"\nvalue = 6\n",
            "不能大于",
        ),
        ("id = \"site.score\"", "id = \"site.scores\"", "没有评分总则"),
    ] {
        let problems = changed("inspection-website.toml", from, to);
        assert!(problems.iter().any(|problem| problem.contains(said)), "{to}: {problems:?}");
    }
}

#[test]
fn a_regions_own_indicator_must_fit_the_sheet_of_its_region() {
    let region = |kind: &str| {
        format!(
            r#"
[pack]
id = "region-bonus"
title = "示例"
version = "1"
dated = "2026-11-01"
level = "region"
division = "150000"

[[rule]]
id = "region.bonus.sample"
name = "示例"
document = "示例办法"
clause = "示例"
mark = "V"
from = "2026-01-01"
finding = "示例。"
[[rule.parameter]]
key = "points"
name = "本项总分值"
unit = "分"
value = 2
stricter = "fixed"
[rule.indicator]
code = "R-1"
kind = "{kind}"
method = "granted"
subjects = ["portal"]
points = "points"
"#
        )
    };
    for (kind, total) in [("bonus", "合计32分"), ("deduction", "合计102分")] {
        let text = region(kind);
        let packs = PACKS.iter().map(|(name, text)| (*name, *text)).chain([("region-bonus.toml", text.as_str())]);
        let problems = RuleBook::from_files(packs).unwrap_err();
        assert!(problems.len() == 1 && problems[0].reason.contains(total), "{problems:?}");
        assert!(problems[0].reason.contains("自2026-01-01起"), "{problems:?}");
    }
}
