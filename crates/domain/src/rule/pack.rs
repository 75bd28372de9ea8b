//! A rule pack: one TOML file, read and checked as a whole. A bad pack stops the start with file, line and reason.

mod check;
mod file;

use jiff::civil::Date;
use serde::Serialize;

use super::{Rule, RuleLevel};

pub(crate) use check::overlap;
pub(crate) use file::Day;

/// A pack that was read and found good.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pack {
    /// Stable name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Version, e.g. `2026.11`.
    pub version: String,
    /// When this version was made.
    pub dated: Date,
    /// Level of its rules.
    pub level: RuleLevel,
    /// Division of a region's or league's pack.
    pub division: Option<String>,
    /// File it came from.
    pub file: String,
    /// Its rules.
    #[serde(skip)]
    pub rules: Vec<Rule>,
}

/// What is wrong with a pack, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{file}:{line}：{reason}")]
pub struct PackProblem {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Plain Chinese: what is wrong and what to do.
    pub reason: String,
}

impl Pack {
    /// Reads a pack. All problems are told at once, except that a file which is no TOML has only that one.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<PackProblem>> {
        let parsed: file::PackFile = read_toml(file, text)?;
        let (pack, problems) = check::check(file, parsed, |offset| line_at(text, offset));
        if problems.is_empty() { Ok(pack) } else { Err(located(file, text, problems)) }
    }
}

/// Reads a TOML file of the product; what its shape forbids is told with file, line and reason.
pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Vec<PackProblem>> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        vec![PackProblem { file: file.to_owned(), line, reason: file::in_chinese(error.message()) }]
    })
}

/// Byte offsets become lines.
pub(crate) fn located(file: &str, text: &str, problems: Vec<(usize, String)>) -> Vec<PackProblem> {
    let place = |(offset, reason)| PackProblem { file: file.to_owned(), line: line_at(text, offset), reason };
    problems.into_iter().map(place).collect()
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[pack]
id = "sample"
title = "示例规则包"
version = "1"
dated = "2026-11-01"
level = "national"

[[rule]]
id = "sample.stale"
name = "首页不更新"
document = "国办秘函〔2019〕19号"
clause = "第一部分"
mark = "V"
from = "2019-04-01"
finding = "首页已有{idle}天没有更新，超过{days}天。"
observed = ["idle"]

[[rule.parameter]]
key = "days"
name = "监测天数"
unit = "天"
value = 14
stricter = "lower"
min = 1
"#;

    #[test]
    fn a_good_pack_is_read() {
        let pack = Pack::parse("sample.toml", GOOD).unwrap();
        let rule = &pack.rules[0];
        assert_eq!((pack.level, rule.level), (RuleLevel::National, RuleLevel::National));
        assert_eq!(rule.parameter("days").unwrap().value.to_string(), "14");
        assert_eq!(rule.citation(), "国办秘函〔2019〕19号 第一部分");
        assert!(!rule.needs_confirmation());
    }

    #[test]
    fn every_problem_has_its_line_and_reason() {
        for (from, to, line, said) in [
            ("mark = \"V\"", "mark = \"X\"", 14, "V~"),
            ("level = \"national\"", "level = \"nation\"", 7, "national"),
            ("clause = \"第一部分\"", "clauses = \"第一部分\"", 13, "clauses"),
            ("value = 14", "value = 14.123456", 23, "四位"),
            ("from = \"2019-04-01\"", "from = \"2019-04-31\"", 15, "日期"),
            ("{days}天。", "{weeks}天。", 16, "{weeks}"),
            ("{days}天。", "{days天。", 16, "配对"),
            ("国办秘函〔2019〕19号", "国办秘函[2019]19号", 12, "国办秘函〔2019〕19号"),
            ("min = 1", "min = 15", 19, "不能小于"),
            ("id = \"sample.stale\"", "id = \"Sample Stale\"", 10, "小写"),
            ("stricter = \"lower\"\n", "", 19, "stricter"),
            ("observed = [\"idle\"]", "observed = [\"days\"]", 16, "{idle}"),
            ("[pack]", "[pack", 2, ""),
            ("from = \"2019-04-01\"", "from = \"2019-04-01\"\nuntil = \"2018-01-01\"", 16, "早于"),
        ] {
            let problems = Pack::parse("sample.toml", &GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(
                problems.iter().any(|problem| problem.line == line && problem.reason.contains(said)),
                "{to}: {problems:?}"
            );
            assert!(problems[0].to_string().starts_with("sample.toml:"), "{problems:?}");
        }
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let text = GOOD.replacen("{days}", "{weeks}", 1).replacen("min = 1", "min = 15", 1);
        assert_eq!(Pack::parse("sample.toml", &text).unwrap_err().len(), 2);
    }
}
