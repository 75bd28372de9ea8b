//! The shape of the report's TOML, before it is judged.

use serde::Deserialize;
use toml::Spanned;

use super::{Chapter, Column, Each, ReplyRow, Row};
use crate::{
    form::{Key, PublicationDeadline, file::HeaderTable},
    rule::Mark,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportFile {
    pub(super) form: HeaderTable,
    #[serde(default, rename = "deadline")]
    pub(super) deadlines: Vec<PublicationDeadline>,
    #[serde(default, rename = "chapter")]
    pub(super) chapters: Vec<Chapter>,
    #[serde(default, rename = "table")]
    pub(super) tables: Vec<Spanned<TableTable>>,
    #[serde(default, rename = "reply")]
    pub(super) replies: Vec<Spanned<ReplyRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableTable {
    pub(super) key: Key,
    pub(super) title: String,
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) decimal: bool,
    #[serde(default, rename = "column")]
    pub(super) columns: Vec<Spanned<Column>>,
    #[serde(default, rename = "row")]
    pub(super) rows: Vec<Spanned<Row>>,
    #[serde(default, rename = "equation")]
    pub(super) equations: Vec<EquationTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EquationTable {
    pub(super) each: Each,
    pub(super) rule: Spanned<String>,
    pub(super) mark: Mark,
    #[serde(default)]
    pub(super) doubtful: bool,
}
