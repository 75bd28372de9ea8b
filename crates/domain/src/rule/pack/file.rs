//! The shape of a pack's TOML, before it is judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error};
use toml::Spanned;

use crate::{
    deadline::DeadlineSpec,
    indicator::IndicatorSpec,
    rule::{Direction, Mark, Quantity, RuleLevel, Value},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub(super) pack: Header,
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<RuleTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) dated: Spanned<Day>,
    pub(super) level: RuleLevel,
    #[serde(default)]
    pub(super) division: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTable {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) document: Spanned<String>,
    #[serde(default)]
    pub(super) clause: String,
    #[serde(default)]
    pub(super) excerpt: Option<String>,
    #[serde(default)]
    pub(super) note: Option<String>,
    pub(super) mark: Mark,
    pub(super) from: Spanned<Day>,
    #[serde(default)]
    pub(super) until: Option<Spanned<Day>>,
    pub(super) finding: Spanned<String>,
    #[serde(default)]
    pub(super) sentences: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(super) observed: Vec<String>,
    #[serde(default, rename = "parameter")]
    pub(super) parameters: Vec<Spanned<ParameterTable>>,
    #[serde(default)]
    pub(super) indicator: Option<Spanned<IndicatorSpec>>,
    #[serde(default)]
    pub(super) deadline: Option<Spanned<DeadlineSpec>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterTable {
    pub(super) key: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) unit: String,
    pub(super) value: Checked,
    pub(super) stricter: Direction,
    #[serde(default)]
    pub(super) mark: Option<Mark>,
    #[serde(default)]
    pub(super) min: Option<Quantity>,
    #[serde(default)]
    pub(super) max: Option<Quantity>,
}

/// A date as text: `2019-04-01`.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub(crate) jiff::civil::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(format!("“{text}”不是日期，应写成 2019-04-01")))
    }
}

/// A value whose refusal says why, which an untagged enum would swallow.
pub(super) struct Checked(pub(super) Value);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Boolean(flag) => Ok(Self(Value::Flag(flag))),
            toml::Value::Integer(number) => Ok(Self(Value::Number(Quantity::whole(number)))),
            toml::Value::Float(number) => Quantity::from_float(number)
                .map(|quantity| Self(Value::Number(quantity)))
                .ok_or_else(|| D::Error::custom("小数不能多于四位")),
            toml::Value::Array(items) => items
                .into_iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
                .map(|words| Self(Value::List(words)))
                .ok_or_else(|| D::Error::custom("名单里只能是文字")),
            _ => Err(D::Error::custom("值应是数字、true、false 或文字名单")),
        }
    }
}

/// The reader's own messages in Chinese; what it does not know stays as it is.
pub(super) fn in_chinese(message: &str) -> String {
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field") {
        return format!("缺少“{}”。", quoted());
    }
    if message.starts_with("unknown field") {
        return format!("没有“{}”这一项，请核对拼写。", quoted());
    }
    if message.starts_with("unknown variant") {
        let expected = message.split_once("expected").map_or("", |(_, rest)| rest.trim_start_matches(" one of").trim());
        return format!("“{}”不在允许的值之内：{expected}。", quoted());
    }
    if message.starts_with("duplicate key") {
        return "同一项写了两次。".to_owned();
    }
    if message.is_ascii() { format!("文件不是正确的 TOML：{message}") } else { format!("{message}。") }
}
