//! Reads the register's file.

use std::collections::HashMap;

use super::{DivisionChange, DivisionRecord, DivisionRegister};
use crate::identifier::DivisionCode;

const FILE: &str = include_str!("../../../../../rules/divisions/register.csv");

/// The embedded file. A test reads it too, so that no mistake in it leaves the workshop.
pub(super) fn embedded() -> DivisionRegister {
    read(FILE).expect("the register that ships with the product is well formed: a test reads it")
}

/// Reads the register; an error names the line.
pub(super) fn read(file: &str) -> Result<DivisionRegister, String> {
    let mut records = Vec::new();
    let lines = file.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    for (at, line) in lines.skip(1) {
        records.push(record(line).ok_or_else(|| format!("line {}: {line}", at + 1))?);
    }
    let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        by_code.entry(record.code.to_string()).or_default().push(at);
        by_name.entry(record.name.clone()).or_default().push(at);
    }
    Ok(DivisionRegister { records, by_code, by_name })
}

fn record(line: &str) -> Option<DivisionRecord> {
    let fields: Vec<&str> = line.split(',').collect();
    let [code, name, since, until, change, successors, document] = fields.as_slice() else { return None };
    let year = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<i16>().ok().map(Some) };
    let zone = *change == "zone";
    let ended = match (year(until)?, *change) {
        (None, "" | "zone") => None,
        (Some(year), change) => Some((year, DivisionChange::parse(change)?)),
        (None, _) => return None,
    };
    let successors = successors.split('+').filter(|code| !code.is_empty()).map(DivisionCode::parse);
    Some(DivisionRecord {
        code: DivisionCode::parse(code).ok()?,
        name: (*name).to_owned(),
        since: year(since)?,
        ended,
        successors: successors.collect::<Result<_, _>>().ok()?,
        document: Some((*document).to_owned()).filter(|text| !text.is_empty()),
        zone,
    })
}
