//! Word lists with a heading.

use crate::{
    finding::Severity,
    lexicon::{Entry, import::Reading},
};

/// Heading of each field, as people write it.
const HEADINGS: &[(&str, &[&str])] = &[
    ("word", &["词", "词语", "敏感词", "错词", "误", "word", "wrong"]),
    ("severity", &["级别", "等级", "严重程度", "severity", "level"]),
    ("suggestion", &["建议", "改为", "正确", "正", "正词", "suggestion", "right"]),
    ("message", &["说明", "原因", "备注", "message", "note"]),
    ("allow", &["允许", "例外", "放行", "allow"]),
    ("source", &["来源", "依据", "出处", "source", "basis"]),
    ("valid_from", &["起", "生效日期", "起始日期", "valid_from"]),
    ("valid_until", &["止", "失效日期", "截止日期", "valid_until"]),
    ("pinyin", &["拼音", "谐音", "pinyin"]),
];

fn field_of(heading: &str) -> Option<&'static str> {
    let bare = heading.trim().trim_start_matches('\u{feff}').to_lowercase();
    HEADINGS.iter().find(|(_, names)| names.contains(&bare.as_str())).map(|(field, _)| *field)
}

/// Whether the first line is a heading that names the column of words.
pub(super) fn has_heading(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let cells: Vec<&str> = first.split([',', '\t']).map(|cell| cell.trim().trim_matches('"')).collect();
    cells.iter().any(|cell| field_of(cell) == Some("word")) && cells.iter().all(|cell| cell.chars().count() <= 12)
}

/// Reads all rows.
pub(super) fn read(text: &str, reading: &mut Reading) -> Result<(), String> {
    let tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings: Vec<Option<&str>> =
        rows.headers().map_err(|_| "第一行（表头）无法读取。".to_owned())?.iter().map(field_of).collect();
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |position| position.line());
                reading.reject(usize::try_from(line).unwrap_or(0), "", "这一行的引号不成对，无法分列。");
                continue;
            }
        };
        let line = row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let whole = row.iter().collect::<Vec<_>>().join(",");
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |field: &str| {
            let found = headings.iter().zip(row.iter()).find(|(heading, _)| **heading == Some(field));
            found.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
        };
        match entry(cell) {
            Ok(entry) => reading.take(line, &whole, entry),
            Err(reason) => reading.reject(line, &whole, reason),
        }
    }
    Ok(())
}

fn entry<'c>(cell: impl Fn(&str) -> Option<&'c str>) -> Result<Entry, String> {
    let word = cell("word").ok_or("没有填写词。")?;
    let day = |field: &str| match cell(field) {
        None => Ok(None),
        Some(text) => text
            .replace(['/', '.'], "-")
            .parse()
            .map(Some)
            .map_err(|_| format!("日期“{text}”应写成2026-01-31这样的格式。")),
    };
    let severity = match cell("severity") {
        None => None,
        Some(text) => Some(severity(text).ok_or_else(|| format!("级别“{text}”应为“须改正”“请核对”或“提示”。"))?),
    };
    let pinyin = match cell("pinyin").unwrap_or("否") {
        "是" | "1" | "true" | "yes" | "y" | "√" => true,
        "否" | "0" | "false" | "no" | "n" => false,
        other => return Err(format!("“拼音”一栏应填“是”或“否”，不能填“{other}”。")),
    };
    let own = |field: &str| cell(field).map(str::to_owned);
    let (valid_from, valid_until) = (day("valid_from")?, day("valid_until")?);
    if valid_from.zip(valid_until).is_some_and(|(from, until)| until < from) {
        return Err("失效日期早于生效日期。".to_owned());
    }
    Ok(Entry {
        word: word.to_owned(),
        severity,
        suggestion: own("suggestion"),
        message: own("message"),
        allow: cell("allow")
            .into_iter()
            .flat_map(|all| all.split(['|', '、', ';', '；']))
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        source: own("source"),
        valid_from,
        valid_until,
        pinyin,
    })
}

/// The gravity that a word of people or of this program stands for.
fn severity(text: &str) -> Option<Severity> {
    Severity::ALL.into_iter().find(|one| one.as_str() == text || one.chinese() == text).or(match text {
        "禁用" | "阻断" | "严重" | "高" | "1" => Some(Severity::Block),
        "慎用" | "警告" | "一般" | "中" | "2" => Some(Severity::Warn),
        "轻微" | "低" | "3" => Some(Severity::Hint),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{finding::Severity, lexicon::import};

    #[test]
    fn a_table_brings_all_fields() {
        let text = "词,级别,建议,说明,允许,来源,起,止,拼音\n\
                    示例词,须改正,示范词,\"说明，带逗号\",示例词典|示例词语,自拟,2026-01-01,2026/12/31,是\n";
        let imported = import(text.as_bytes(), None, false).unwrap();
        let entry = &imported.entries[0];
        assert_eq!(entry.severity, Some(Severity::Block));
        assert_eq!(entry.suggestion.as_deref(), Some("示范词"));
        assert_eq!(entry.message.as_deref(), Some("说明，带逗号"));
        assert_eq!(entry.allow, ["示例词典", "示例词语"]);
        assert_eq!(entry.valid_until.unwrap().to_string(), "2026-12-31");
        assert!(entry.pinyin);
    }

    #[test]
    fn wrong_rows_are_listed_with_line_and_reason() {
        let text = "word,level,valid_from,valid_until\n甲词,高高,,\n,block,,\n乙词,block,昨天,\n丙词,block,2026-02-01,2026-01-01\n丁词,block,,\n";
        let imported = import(text.as_bytes(), None, false).unwrap();
        assert_eq!(imported.entries.len(), 1);
        let lines: Vec<usize> = imported.rejected.iter().map(|one| one.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
    }
}
