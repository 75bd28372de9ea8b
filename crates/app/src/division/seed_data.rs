//! The divisions that ship with the binary (`data/divisions.csv`).

use domain::{
    division::{Division, DivisionLevel},
    identifier::DivisionCode,
};
use serde::Deserialize;

use crate::{AppError, AppResult};

const FILE: &str = include_str!("../../data/divisions.csv");

#[derive(Deserialize)]
struct Line {
    code: DivisionCode,
    name: String,
    level: String,
    kind: String,
    parent: Option<DivisionCode>,
    short_name: String,
}

/// Region, leagues and banners, each after the one above it.
pub(crate) fn embedded() -> AppResult<Vec<Division>> {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    reader
        .deserialize::<Line>()
        .map(|line| {
            let line = line.map_err(|error| AppError::internal(format!("divisions.csv: {error}")))?;
            let level = DivisionLevel::parse(&line.level)
                .ok_or_else(|| AppError::internal(format!("divisions.csv: level {:?}", line.level)))?;
            Ok(Division {
                code: line.code,
                name: line.name,
                level,
                kind: line.kind,
                parent: line.parent,
                short_name: line.short_name,
                active: true,
            })
        })
        .collect()
}
