//! Judges what was filled in: every field by its type, then what must hold between fields.

use serde::Serialize;

use super::{CrossCheck, Field, FieldForm, FieldType, Form, FormValue, FormValues, Key, Reference};
use crate::{
    identifier::{IcpRecord, PoliceRecord, SiteCode},
    rule::{Quantity, sentence},
};

/// Whether a problem stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 须更正
    Wrong,
    /// 须核对: there may be a good reason.
    Doubtful,
}

/// What is wrong with a filled form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormProblem {
    /// The fields concerned.
    pub fields: Vec<Key>,
    /// Plain Chinese with the numbers.
    pub message: String,
    /// Whether it stands in the way.
    pub severity: Severity,
}

/// All problems of a filled form. `last_year` are the values of the year before, as far as they are known: without them
/// a check that needs them is made with 0 and, if it fails, only told as doubtful.
pub fn check(form: &Form, values: &FormValues, last_year: Option<&FormValues>) -> Vec<FormProblem> {
    let mut problems: Vec<FormProblem> = Vec::new();
    for key in values.keys().filter(|key| form.field(key.as_str()).is_none()) {
        problems.push(wrong(key, format!("报表没有“{key}”这一项，请核对。")));
    }
    problems.extend(form.fields.iter().filter_map(|field| check_field(field, values)));
    let sound = |key: &Key| !problems.iter().any(|problem| problem.fields.contains(key));
    let readable: Vec<&CrossCheck> = form
        .checks
        .iter()
        .filter(|check| check.rule.references().all(|reference| reference.last_year || sound(&reference.key)))
        .collect();
    problems.extend(readable.into_iter().filter_map(|check| check_between(check, values, last_year)));
    problems
}

fn wrong(key: &Key, message: String) -> FormProblem {
    FormProblem { fields: vec![key.clone()], message, severity: Severity::Wrong }
}

fn check_field(field: &Field, values: &FormValues) -> Option<FormProblem> {
    let fault = match values.get(&field.key) {
        None => field.required.then(|| format!("“{}”没有填写。", field.name)),
        Some(value) => fault_of(field, value),
    };
    fault.map(|message| wrong(&field.key, message))
}

fn fault_of(field: &Field, value: &FormValue) -> Option<String> {
    let name = &field.name;
    let shape = || Some(format!("“{name}”应填{}，现在是“{value}”。", field.kind.chinese()));
    let choose = || Some(format!("“{name}”应从这些选项里选：{}。", field.choices.join("、")));
    match (field.kind, value) {
        (FieldType::Integer, FormValue::Number(number)) if number.as_whole().is_none() => shape(),
        (FieldType::Integer | FieldType::Decimal, FormValue::Number(number)) => {
            if *number < Quantity::ZERO {
                shape()
            } else {
                None
            }
        }
        (FieldType::Bool, FormValue::Flag(_)) => None,
        (FieldType::Text, FormValue::Text(text)) if text.trim().is_empty() => {
            field.required.then(|| format!("“{name}”没有填写。"))
        }
        (FieldType::Text, FormValue::Text(text)) => {
            field.form.and_then(|form| fault_of_form(form, text)).map(|fault| format!("“{name}”：{fault}"))
        }
        (FieldType::Choice, FormValue::Text(chosen)) => {
            if field.choices.contains(chosen) {
                None
            } else {
                choose()
            }
        }
        (FieldType::Choices, FormValue::Choices(chosen)) => {
            if chosen.iter().all(|one| field.choices.contains(one)) {
                None
            } else {
                choose()
            }
        }
        _ => shape(),
    }
}

fn fault_of_form(form: FieldForm, text: &str) -> Option<String> {
    match form {
        FieldForm::SiteCode => SiteCode::parse(text).err().map(|error| error.to_string()),
        FieldForm::IcpRecord => IcpRecord::parse(text).err().map(|error| error.to_string()),
        FieldForm::PoliceRecord => PoliceRecord::parse(text).err().map(|error| error.to_string()),
        FieldForm::Date => match text.trim().parse::<jiff::civil::Date>() {
            Ok(_) => None,
            Err(_) => Some("应写成日期，例如 2026-01-20。".to_owned()),
        },
    }
}

/// A field that was left out and need not be filled takes its checks with it.
fn check_between(check: &CrossCheck, values: &FormValues, last_year: Option<&FormValues>) -> Option<FormProblem> {
    let own = |key: &Key| values.get(key).and_then(FormValue::number);
    let former = |key: &Key| last_year.and_then(|values| values.get(key)).and_then(FormValue::number);
    let guessed = check.rule.references().any(|reference| reference.last_year && former(&reference.key).is_none());
    let value = |reference: &Reference| match reference.last_year {
        true => Some(former(&reference.key).unwrap_or_default()),
        false => own(&reference.key),
    };
    if check.rule.holds(value) != Some(false) {
        return None;
    }
    let mut message = sentence::fill(&check.message, |key| {
        let reference = check.rule.references().find(|reference| reference.to_string() == key)?;
        value(reference).map(|number| number.to_string())
    });
    if guessed {
        message.push_str("（没有上年数据，按0计算。）");
    }
    let mut fields: Vec<Key> = check
        .rule
        .references()
        .filter(|reference| !reference.last_year)
        .map(|reference| reference.key.clone())
        .collect();
    fields.dedup();
    let severity = if check.doubtful || guessed { Severity::Doubtful } else { Severity::Wrong };
    Some(FormProblem { fields, message, severity })
}
