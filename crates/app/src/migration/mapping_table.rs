//! The columns as a table (栏目对应表) that people fill in with their own program and hand back.

use domain::{
    actor::Actor, column::Column, ids::MigrationId, migration::ColumnDecision, problem::FieldProblem,
    resource::ResourceKind,
};

use super::columns::{ColumnChoice, columns, decide_columns};
use crate::{App, AppError, AppResult};

const HEAD: [&str; 7] = ["旧栏目", "页面数", "最早", "最晚", "去向", "新栏目", "信息类型"];
const REASON: &str = "说明";
/// What makes a spreadsheet take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The table as CSV, with a mark that tells spreadsheets its encoding.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn mapping_table(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Vec<u8>> {
    let (rows, targets) = columns(app, actor, id).await?;
    let mut table = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    let mut head: Vec<&str> = HEAD.to_vec();
    head.push(REASON);
    table.write_record(&head).map_err(AppError::internal)?;
    for row in rows {
        let column = &row.column;
        let target = targets.iter().find(|one| Some(one.id) == column.target);
        let (first, last) = row.days.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
        let cells = [
            harmless(&column.key),
            row.texts.to_string(),
            first,
            last,
            column.decision.chinese().to_owned(),
            target.map(|one| one.path.clone()).unwrap_or_default(),
            column.kind.chinese().to_owned(),
            harmless(&column.reason),
        ];
        table.write_record(&cells).map_err(AppError::internal)?;
    }
    table.into_inner().map_err(|error| AppError::internal(error.into_error()))
}

/// Decides about columns as a table says; columns that it does not name stay as they are. Returns how many pages changed.
///
/// # Errors
/// [`AppError::Invalid`] with one entry per line that is wrong (then nothing changes), and as [`decide_columns`].
pub async fn map_from_table(app: &App, actor: &Actor, id: MigrationId, table: &[u8]) -> AppResult<u64> {
    let (rows, targets) = columns(app, actor, id).await?;
    let keys: Vec<&str> = rows.iter().map(|row| row.column.key.as_str()).collect();
    let choices = choices(table, &keys, &targets)?;
    decide_columns(app, actor, id, &choices).await
}

/// Takes every proposal of the platform as it stands. Returns how many pages changed.
///
/// # Errors
/// As [`decide_columns`].
pub async fn accept_proposals(app: &App, actor: &Actor, id: MigrationId) -> AppResult<u64> {
    let (rows, _) = columns(app, actor, id).await?;
    let proposed = rows.into_iter().map(|row| row.column).filter(|one| one.decision != ColumnDecision::Undecided);
    let choices: Vec<ColumnChoice> = proposed
        .map(|one| ColumnChoice {
            decision: one.decision.as_str().to_owned(),
            target: one.target.map(|target| target.to_string()).unwrap_or_default(),
            kind: one.kind.as_str().to_owned(),
            reason: one.reason,
            key: one.key,
        })
        .collect();
    decide_columns(app, actor, id, &choices).await
}

fn choices(table: &[u8], keys: &[&str], targets: &[Column]) -> AppResult<Vec<ColumnChoice>> {
    // Spreadsheets of old office computers write GBK.
    let text = match std::str::from_utf8(table) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(table).0.into_owned(),
    };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let head = reader.headers().map_err(unreadable)?.clone();
    let place = |name: &str| head.iter().position(|cell| cell.trim() == name);
    let missing: Vec<&str> = ["旧栏目", "去向"].into_iter().filter(|name| place(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(AppError::invalid(
            "table",
            format!("表的第一行缺少“{}”列，请以下载的栏目对应表为准。", missing.join("”“")),
        ));
    }
    let (mut choices, mut problems) = (Vec::new(), Vec::new());
    for (line, record) in (2..).zip(reader.records()) {
        let record = record.map_err(unreadable)?;
        let cell =
            |name: &str| place(name).and_then(|at| record.get(at)).map(|text| plain(text.trim())).unwrap_or_default();
        let mut refuse = |message: String| problems.push(FieldProblem::new(format!("line:{line}"), message));
        let key = cell("旧栏目");
        if !keys.contains(&key.as_str()) {
            refuse(format!("第{line}行：没有名为“{key}”的旧栏目。"));
            continue;
        }
        let word = cell("去向");
        let decision = ColumnDecision::ALL.into_iter().find(|one| one.chinese() == word || one.as_str() == word);
        let Some(decision) = decision else {
            refuse(format!(
                "第{line}行：去向“{word}”不对，可以写：{}。",
                words(ColumnDecision::ALL.map(ColumnDecision::chinese))
            ));
            continue;
        };
        let word = cell("信息类型");
        let kind = match word.as_str() {
            "" => Some(ResourceKind::Article),
            word => ResourceKind::ALL.into_iter().find(|one| one.chinese() == word || one.as_str() == word),
        };
        let Some(kind) = kind else {
            refuse(format!(
                "第{line}行：信息类型“{word}”不对，可以写：{}。",
                words(ResourceKind::ALL.map(ResourceKind::chinese))
            ));
            continue;
        };
        let word = cell("新栏目");
        let target = targets.iter().find(|one| one.path == word || one.name == word);
        if decision == ColumnDecision::Move && target.is_none() {
            refuse(format!("第{line}行：新网站没有“{word}”这个栏目，请写栏目路径或名称。"));
            continue;
        }
        choices.push(ColumnChoice {
            key,
            decision: decision.as_str().to_owned(),
            target: target.map(|one| one.id.to_string()).unwrap_or_default(),
            kind: kind.as_str().to_owned(),
            reason: cell(REASON),
        });
    }
    if problems.is_empty() { Ok(choices) } else { Err(AppError::Invalid(problems)) }
}

fn unreadable(error: csv::Error) -> AppError {
    AppError::invalid("table", format!("这张表不是 CSV 格式，无法读取（{error}）。请另存为 CSV 后再试。"))
}

fn words<const N: usize>(words: [&str; N]) -> String {
    words.join("、")
}

fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn plain(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
        _ => text.to_owned(),
    }
}
