//! The shape of a form's TOML, before it is judged.

use serde::Deserialize;
use toml::Spanned;

use super::{FieldForm, FieldType, Group, Key, PublicationDeadline};
use crate::rule::{Mark, pack::Day};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    pub(super) form: HeaderTable,
    #[serde(default, rename = "deadline")]
    pub(super) deadlines: Vec<PublicationDeadline>,
    #[serde(default, rename = "group")]
    pub(super) groups: Vec<Spanned<Group>>,
    #[serde(default, rename = "field")]
    pub(super) fields: Vec<Spanned<FieldTable>>,
    #[serde(default, rename = "check")]
    pub(super) checks: Vec<Spanned<CheckTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeaderTable {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) document: Spanned<String>,
    pub(crate) version: String,
    pub(crate) dated: Day,
    pub(crate) mark: Mark,
    #[serde(default)]
    pub(crate) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldTable {
    pub(super) key: Key,
    pub(super) group: Key,
    pub(super) name: String,
    #[serde(default)]
    pub(super) unit: String,
    #[serde(rename = "type")]
    pub(super) kind: FieldType,
    pub(super) mark: Mark,
    #[serde(default)]
    pub(super) choices: Vec<String>,
    #[serde(default)]
    pub(super) form: Option<FieldForm>,
    #[serde(default = "yes")]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) internal: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckTable {
    pub(super) id: Key,
    pub(super) rule: Spanned<String>,
    pub(super) message: Spanned<String>,
    pub(super) mark: Mark,
    #[serde(default)]
    pub(super) doubtful: bool,
}

fn yes() -> bool {
    true
}
