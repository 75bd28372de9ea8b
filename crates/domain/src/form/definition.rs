//! A form: its groups, fields and cross-checks.

use serde::{Deserialize, Serialize};

use super::{Equation, FormHeader, Key};
use crate::rule::Mark;

/// A form that was read and found good.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Form {
    /// Source, version, deadlines.
    pub header: FormHeader,
    /// Groups in their order.
    pub groups: Vec<Group>,
    /// Fields in their order.
    pub fields: Vec<Field>,
    /// What must hold between fields.
    pub checks: Vec<CrossCheck>,
}

impl Form {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key.as_str() == key)
    }
}

/// A group of fields, e.g. 信息发布.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable name.
    pub key: Key,
    /// Title.
    pub name: String,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// A whole number, not negative.
    Integer,
    /// A decimal, not negative.
    Decimal,
    /// Text.
    Text,
    /// 是 or 否
    Bool,
    /// One of the choices.
    Choice,
    /// Any of the choices.
    Choices,
}

impl FieldType {
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Integer => "非负整数",
            Self::Decimal => "非负数",
            Self::Text => "文字",
            Self::Bool => "是或否",
            Self::Choice => "选项之一",
            Self::Choices => "选项（可多选）",
        }
    }
}

/// Form of an identifier that a text field must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldForm {
    /// 政府网站标识码
    SiteCode,
    /// ICP备案号
    IcpRecord,
    /// 公安机关备案号
    PoliceRecord,
    /// 2026-01-20
    Date,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Stable name.
    pub key: Key,
    /// Group.
    pub group: Key,
    /// Name on the form.
    pub name: String,
    /// Unit in Chinese; blank for none.
    pub unit: String,
    /// What it holds.
    pub kind: FieldType,
    /// Reliability.
    pub mark: Mark,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Form of an identifier.
    pub form: Option<FieldForm>,
    /// True when it must be filled.
    pub required: bool,
    /// For checking only; not published.
    pub internal: bool,
}

/// Something that must hold between fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossCheck {
    /// Stable name.
    pub id: Key,
    /// What must hold.
    pub rule: Equation,
    /// The sentence for people, with `{keys}`.
    pub message: String,
    /// Reliability.
    pub mark: Mark,
    /// True for what may have a good reason: told, but no obstacle.
    pub doubtful: bool,
}
