//! Reads form fields into serde structs the way forms mean it: blank is none, an absent box is false.

use std::cell::RefCell;

use domain::problem::FieldProblem;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, Visitor,
    value::{Error as PlainError, SeqDeserializer, StrDeserializer},
};

/// Reads `pairs` into `T`.
pub fn parse<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, FieldProblem> {
    let failed = RefCell::new(String::new());
    T::deserialize(Fields { pairs, failed: &failed }).map_err(|error| {
        let message = error.to_string();
        let message = if message.is_ascii() {
            "填写的内容无法识别，请按提示的格式填写。".to_owned()
        } else {
            message
        };
        FieldProblem::new(failed.into_inner(), message)
    })
}

struct Fields<'a> {
    pairs: &'a [(String, String)],
    failed: &'a RefCell<String>,
}

impl<'a> Fields<'a> {
    fn values(&self, name: &str) -> Vec<&'a str> {
        self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
}

impl<'de, 'a: 'de> Deserializer<'de> for Fields<'a> {
    type Error = PlainError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
        let mut names: Vec<&'a str> = Vec::new();
        for (name, _) in self.pairs {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        visitor.visit_map(Entries { names: names.into_iter(), fields: &self, current: "" })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, PlainError> {
        // Every declared field is offered, so that a missing one is read as blank and needs no `#[serde(default)]`.
        visitor.visit_map(Entries { names: Vec::from(fields).into_iter(), fields: &self, current: "" })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Entries<'f, 'a, 'n> {
    names: std::vec::IntoIter<&'n str>,
    fields: &'f Fields<'a>,
    current: &'n str,
}

impl<'de, 'a: 'de, 'n> MapAccess<'de> for Entries<'_, 'a, 'n> {
    type Error = PlainError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, PlainError> {
        let Some(name) = self.names.next() else { return Ok(None) };
        self.current = name;
        let name: StrDeserializer<'_, PlainError> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, PlainError> {
        let values = self.fields.values(self.current);
        seed.deserialize(Values(values)).inspect_err(|_| {
            self.fields.failed.replace(self.current.to_owned());
        })
    }
}

/// All values of one field.
struct Values<'a>(Vec<&'a str>);

impl<'a> Values<'a> {
    fn first(&self) -> &'a str {
        self.0.first().copied().unwrap_or("")
    }
}

macro_rules! numbers {
    ($($method:ident => $visit:ident: $kind:ty),+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
            let text = self.first().trim();
            if text.is_empty() {
                return Err(de::Error::custom("请填写一个数字。"));
            }
            let number: $kind = text.parse().map_err(|_| de::Error::custom(format!("“{text}”不是有效的数字，请重新填写。")))?;
            visitor.$visit(number)
        }
    )+};
}

impl<'de, 'a: 'de> Deserializer<'de> for Values<'a> {
    type Error = PlainError;

    numbers! {
        deserialize_i8 => visit_i8: i8, deserialize_i16 => visit_i16: i16, deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64, deserialize_u8 => visit_u8: u8, deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32, deserialize_u64 => visit_u64: u64, deserialize_f32 => visit_f32: f32,
        deserialize_f64 => visit_f64: f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
        visitor.visit_borrowed_str(self.first())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
        visitor.visit_bool(self.0.last().is_some_and(|text| matches!(text.trim(), "on" | "true" | "1" | "yes")))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
        if self.first().trim().is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PlainError> {
        let filled = self.0.into_iter().filter(|text| !text.trim().is_empty()).map(One);
        visitor.visit_seq(SeqDeserializer::new(filled))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, PlainError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, PlainError> {
        let text = self.first().trim();
        if text.is_empty() {
            return Err(de::Error::custom("请选择一项。"));
        }
        visitor.visit_enum(Choice(text)).map_err(|_: PlainError| de::Error::custom("请从列出的选项中选择。"))
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

/// One value of a repeated field.
struct One<'a>(&'a str);

impl<'de, 'a: 'de> IntoDeserializer<'de, PlainError> for One<'a> {
    type Deserializer = Values<'a>;
    fn into_deserializer(self) -> Values<'a> {
        Values(vec![self.0])
    }
}

struct Choice<'a>(&'a str);

impl<'de, 'a: 'de> EnumAccess<'de> for Choice<'a> {
    type Error = PlainError;
    type Variant = <StrDeserializer<'a, PlainError> as EnumAccess<'de>>::Variant;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), PlainError> {
        let text: StrDeserializer<'a, PlainError> = self.0.into_deserializer();
        text.variant_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{duty::Duty, ids::UnitId};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Sample {
        name: String,
        note: Option<String>,
        steps: u8,
        active: bool,
        duties: Vec<Duty>,
        duty: Duty,
        parent: Option<UnitId>,
        day: Option<jiff::civil::Date>,
    }

    fn parse_pairs(pairs: &[(&str, &str)]) -> Result<Sample, FieldProblem> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parse(&pairs)
    }

    #[test]
    fn a_full_form_is_read() {
        let sample = parse_pairs(&[
            ("name", "示例单位"),
            ("note", "  "),
            ("steps", " 3 "),
            ("active", "on"),
            ("duties", "editor"),
            ("duties", "reviewer1"),
            ("duty", "observer"),
            ("parent", "018f2f4e-0000-7000-8000-000000000001"),
            ("day", "2026-11-23"),
        ])
        .unwrap();
        assert_eq!(sample.name, "示例单位");
        assert_eq!(sample.note, None);
        assert_eq!(sample.steps, 3);
        assert!(sample.active);
        assert_eq!(sample.duties, [Duty::Editor, Duty::Reviewer1]);
        assert_eq!(sample.duty, Duty::Observer);
        assert!(sample.parent.is_some());
        assert_eq!(sample.day, Some(jiff::civil::date(2026, 11, 23)));
    }

    #[test]
    fn missing_fields_are_blank_and_problems_name_their_field() {
        let sample = parse_pairs(&[("steps", "1"), ("duty", "editor")]).unwrap();
        assert_eq!((sample.name.as_str(), sample.active, sample.duties.len()), ("", false, 0));
        for (pairs, field) in [
            (vec![("steps", "三"), ("duty", "editor")], "steps"),
            (vec![("steps", "1"), ("duty", "emperor")], "duty"),
            (vec![("steps", "1"), ("duty", "")], "duty"),
            (vec![("steps", "1"), ("duty", "editor"), ("parent", "x")], "parent"),
            (vec![("steps", "1"), ("duty", "editor"), ("day", "明天")], "day"),
        ] {
            let problem = parse_pairs(&pairs).unwrap_err();
            assert_eq!(problem.field, field);
            assert!(!problem.message.is_ascii(), "{}", problem.message);
        }
    }
}
