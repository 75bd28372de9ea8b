//! A form as a template sees it: what is in each field, and what is wrong with it.

use std::collections::BTreeMap;

use domain::problem::FieldProblem;
use serde::Serialize;
use serde_json::Value;

use crate::form::Submitted;

/// Values and problems per field; `form` in the macros of `ui.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FormView {
    /// Values by field; repeated fields have several.
    pub values: BTreeMap<String, Vec<String>>,
    /// First problem by field.
    pub problems: BTreeMap<String, String>,
    /// All problems in order, for the summary above the form.
    pub summary: Vec<FieldProblem>,
    /// A refusal that belongs to no field (someone else has saved meanwhile, …).
    pub refusal: Option<String>,
}

impl FormView {
    /// A blank form.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A form filled from a struct: `FormView::of(&unit)`. Nested structs become `outer.inner`.
    pub fn of(value: &impl Serialize) -> Self {
        let mut view = Self::default();
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        view.add("", &value);
        view
    }

    /// A form as it was typed.
    pub fn typed(submitted: &Submitted) -> Self {
        let mut view = Self::default();
        for (name, value) in submitted.pairs() {
            view.values.entry(name.clone()).or_default().push(value.clone());
        }
        view
    }

    /// Sets one field.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// Adds problems.
    pub fn with_problems(mut self, problems: &[FieldProblem]) -> Self {
        for problem in problems {
            self.problems.entry(problem.field.clone()).or_insert_with(|| problem.message.clone());
        }
        self.summary = problems.to_vec();
        self
    }

    /// Adds a refusal about the whole form.
    pub fn with_refusal(mut self, message: impl Into<String>) -> Self {
        self.refusal = Some(message.into());
        self
    }

    fn add(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(yes) => self.push(name, if *yes { "true" } else { "" }),
            Value::Number(number) => self.push(name, &number.to_string()),
            Value::String(text) => self.push(name, text),
            Value::Array(items) => items.iter().for_each(|item| self.add(name, item)),
            Value::Object(fields) => {
                for (key, inner) in fields {
                    let path = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                    self.add(&path, inner);
                }
            }
        }
    }

    fn push(&mut self, name: &str, text: &str) {
        self.values.entry(name.to_owned()).or_default().push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_struct_fills_the_form_by_field_name() {
        let view = FormView::of(
            &json!({ "name": "示例", "steps": 3, "on": true, "none": null, "tags": ["a", "b"], "at": {"x": 1} }),
        );
        assert_eq!(view.values["name"], ["示例"]);
        assert_eq!(view.values["tags"], ["a", "b"]);
        assert_eq!(view.values["at.x"], ["1"]);
        assert!(!view.values.contains_key("none"));
    }
}
