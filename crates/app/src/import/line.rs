//! One line of the file: read, checked, turned into a draft.

use domain::{
    element::{Elements, Validity},
    identifier::document_number::DocumentNumber,
    resource::ResourceKind,
    time::{beijing, parse_beijing},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;

use crate::edition::one_line;

/// A document as other systems hand it over. Unknown fields are ignored.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct DocumentLine {
    /// Key in the system it comes from; required.
    #[serde(deserialize_with = "loose_text")]
    pub id: String,
    /// Kind of document there.
    #[serde(deserialize_with = "loose_text")]
    pub kind: String,
    /// 主题分类 or another classification.
    #[serde(deserialize_with = "loose_text")]
    pub category: String,
    /// 标题
    #[serde(deserialize_with = "loose_text")]
    pub title: String,
    /// 发文字号
    #[serde(deserialize_with = "loose_text")]
    pub doc_no: String,
    /// 索引号
    #[serde(deserialize_with = "loose_text")]
    pub index_no: String,
    /// 成文日期 (or the day of a news item), `YYYY-MM-DD`.
    #[serde(deserialize_with = "loose_text")]
    pub date: String,
    /// 发布日期, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    #[serde(deserialize_with = "loose_text")]
    pub publish_date: String,
    /// 施行日期
    #[serde(deserialize_with = "loose_text")]
    pub effective_date: String,
    /// 有效性
    #[serde(deserialize_with = "loose_text")]
    pub validity: String,
    /// 来源 or 发文机关
    #[serde(deserialize_with = "loose_text")]
    pub source: String,
    /// Address of the original.
    #[serde(deserialize_with = "loose_text")]
    pub url: String,
    /// Plain text, or HTML when it contains block tags.
    #[serde(deserialize_with = "loose_text")]
    pub body: String,
}

/// Why a line cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Plain Chinese, one sentence each.
    pub reasons: Vec<String>,
}

/// A line that can be imported.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadyLine {
    pub origin_key: String,
    pub kind: ResourceKind,
    pub title: String,
    pub body: String,
    pub elements: Elements,
    pub address_month: String,
}

/// Characters that the key of another system may have.
const KEY_LIMIT: usize = 200;
/// Documents of the republic's governments are younger; an older date is a slip.
const FIRST_YEAR: i16 = 1900;

/// Parses one line of JSON.
pub(super) fn parse(text: &str) -> Result<DocumentLine, LineError> {
    if !text.starts_with('{') {
        return Err(LineError {
            reasons: vec!["每行应为一个 JSON 对象，以“{”开头、以“}”结尾。".into()]
        });
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let field = error.path().to_string();
        match error.inner().classify() {
            Category::Data if error.inner().to_string().starts_with("duplicate field") => {
                let message = error.inner().to_string();
                let twice = message.split('`').nth(1).unwrap_or_default();
                format!("字段“{twice}”写了两次，请只留一个。")
            }
            Category::Data => format!("字段“{field}”应为文字。"),
            _ => broken(error.inner()),
        }
    });
    parsed
        .and_then(|line| deserializer.end().map(|()| line).map_err(|error| broken(&error)))
        .map_err(|reason| LineError { reasons: vec![reason] })
}

fn broken(error: &serde_json::Error) -> String {
    format!("不是完整的 JSON：第 {} 个字节附近写法有误，请检查引号、逗号和括号。", error.column())
}

/// A text; other systems also send numbers, and null for what they do not have.
fn loose_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Loose {
        Text(String),
        Number(serde_json::Number),
        Nothing,
    }
    Ok(match Loose::deserialize(deserializer)? {
        Loose::Text(text) => text,
        Loose::Number(number) => number.to_string(),
        Loose::Nothing => String::new(),
    })
}

impl DocumentLine {
    /// Checks the fields and maps them to a draft.
    pub(super) fn ready(&self, now: Timestamp) -> Result<ReadyLine, LineError> {
        let mut reasons = Vec::new();
        let kind = self.resource_kind();
        for (value, name) in
            [(&self.id, "id（来源系统中的编号）"), (&self.title, "title（标题）"), (&self.body, "body（正文）")]
        {
            if one_line(value).is_empty() {
                reasons.push(format!("缺少 {name}。"));
            }
        }
        if self.source.trim().is_empty() {
            reasons.push("缺少 source（来源）。".into());
        }
        if self.id.chars().count() > KEY_LIMIT || self.id.chars().any(char::is_control) {
            reasons.push(format!("id 应为不超过 {KEY_LIMIT} 个字的编号，不能有换行等控制字符。"));
        }
        let written_on = self.day("date", &self.date, &mut reasons);
        let effective_on = self.day("effective_date", &self.effective_date, &mut reasons);
        let published_on = self.published_on(&mut reasons);
        if let Some(published_on) = published_on
            && published_on > now
        {
            reasons.push(format!("发布日期 {} 晚于当前时间，不能作为已发布信息导入。", self.publish_text()));
        }
        let document_number = self.document_number(&mut reasons);
        let validity = self.validity(&mut reasons);
        let (Some(published_on), true) = (published_on, reasons.is_empty()) else {
            return Err(LineError { reasons });
        };
        let official = kind == ResourceKind::Policy;
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(ReadyLine {
            origin_key: self.id.trim().to_owned(),
            kind,
            title: one_line(&self.title),
            body: self.body_html(),
            address_month: published_on.to_zoned(beijing()).strftime("%Y-%m").to_string(),
            elements: Elements {
                source: given(&self.source),
                original_url: given(&self.url),
                published_on: Some(published_on),
                secrecy_reviewed: true,
                open_basis: Some("原已公开发布的信息".into()),
                index_number: given(&self.index_no).filter(|_| official),
                subject_class: given(&self.category).filter(|_| official),
                issuer: given(&self.source).filter(|_| official),
                document_number: document_number.filter(|_| official),
                written_on: written_on.filter(|_| official),
                effective_on: effective_on.filter(|_| official),
                validity: validity.filter(|_| official),
                ..Elements::default()
            },
        })
    }

    fn resource_kind(&self) -> ResourceKind {
        match self.kind.trim() {
            "state_council" | "customs_notice" | "law" | "policy" => ResourceKind::Policy,
            "policy_interpretation" | "interpretation" => ResourceKind::Interpretation,
            _ => ResourceKind::Article,
        }
    }

    fn publish_text(&self) -> &str {
        if self.publish_date.trim().is_empty() { self.date.trim() } else { self.publish_date.trim() }
    }

    fn published_on(&self, reasons: &mut Vec<String>) -> Option<Timestamp> {
        let text = self.publish_text();
        if text.is_empty() {
            reasons.push("缺少 publish_date（发布日期）和 date（成文日期），无法确定发布时间。".into());
            return None;
        }
        let parsed = parse_beijing(text);
        if parsed.is_none() && !self.publish_date.trim().is_empty() {
            reasons.push(format!("publish_date“{text}”不是有效日期，应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM。"));
        }
        if parsed.is_some_and(|at| at.to_zoned(beijing()).year() < FIRST_YEAR) {
            reasons.push(format!("日期“{text}”早于 {FIRST_YEAR} 年，请核对。"));
        }
        parsed
    }

    fn day(&self, field: &str, text: &str, reasons: &mut Vec<String>) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let parsed = text.get(..10).unwrap_or(text).parse().ok();
        if parsed.is_none() {
            reasons.push(format!("{field}“{text}”不是有效日期，应为 YYYY-MM-DD。"));
        }
        parsed
    }

    /// The number in its official form. A form that can only mean one thing is put right; anything else is kept out.
    fn document_number(&self, reasons: &mut Vec<String>) -> Option<String> {
        let text = self.doc_no.trim();
        if text.is_empty() {
            return None;
        }
        match text.parse::<DocumentNumber>() {
            Ok(number) => Some(number.to_string()),
            Err(error) => match error.suggestion {
                Some(meant) => Some(meant),
                None => {
                    reasons.push(format!("doc_no“{text}”不是规范的发文字号：{}", error.message));
                    None
                }
            },
        }
    }

    fn validity(&self, reasons: &mut Vec<String>) -> Option<Validity> {
        let text = self.validity.trim();
        if text.is_empty() {
            return None;
        }
        let known = validity_of(text);
        if known.is_none() {
            reasons.push(format!(
                "validity“{text}”不是规范的有效性，应为：有效、已修改、部分失效、失效、废止、尚未施行。"
            ));
        }
        known
    }

    fn body_html(&self) -> String {
        let lower = self.body.to_lowercase();
        let html = ["<p", "<div", "<table", "<br", "<h1", "<h2", "<ul", "<ol"].iter().any(|tag| lower.contains(tag));
        match html {
            true => render::rich_text::clean(&self.body).html,
            false => render::rich_text::from_plain_text(&self.body).html,
        }
    }
}

/// 有效性 in the words of this or of other systems.
pub(crate) fn validity_of(text: &str) -> Option<Validity> {
    Validity::parse(text).or(match text {
        "现行有效" | "全文有效" => Some(Validity::InForce),
        "全文废止" | "已废止" => Some(Validity::Repealed),
        "全文失效" | "已失效" => Some(Validity::Lapsed),
        "部分有效" | "部分废止" | "条款失效" | "部分条款失效" => Some(Validity::PartlyLapsed),
        "已被修改" | "修改" | "已修订" => Some(Validity::Amended),
        "尚未生效" => Some(Validity::NotYetInForce),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        parse_beijing("2026-11-23 10:00").unwrap()
    }

    fn line() -> DocumentLine {
        DocumentLine {
            id: "示例-1".into(),
            title: "关于示例事项的通知".into(),
            body: "第一段。\n第二段。".into(),
            date: "2021-07-08".into(),
            source: "示例单位".into(),
            ..DocumentLine::default()
        }
    }

    #[test]
    fn a_line_without_any_date_is_rejected_with_what_to_add() {
        let error = DocumentLine { date: String::new(), ..line() }.ready(now()).unwrap_err();
        assert!(error.reasons.iter().any(|reason| reason.contains("publish_date")), "{error:?}");
    }

    #[test]
    fn every_fault_of_a_line_is_listed_at_once() {
        let wrong = DocumentLine { title: " ".into(), date: "2021-02-30".into(), validity: "不明".into(), ..line() };
        assert_eq!(wrong.ready(now()).unwrap_err().reasons.len(), 3);
    }

    #[test]
    fn a_document_number_in_wrong_brackets_is_put_right() {
        let policy = DocumentLine { kind: "policy".into(), doc_no: "内政办字[2021]45号".into(), ..line() };
        let ready = policy.ready(now()).unwrap();
        assert_eq!(ready.elements.document_number.as_deref(), Some("内政办字〔2021〕45号"));
        assert_eq!(ready.address_month, "2021-07");
    }

    #[test]
    fn a_publication_day_to_come_is_not_imported_as_published() {
        let later = DocumentLine { publish_date: "2027-01-01".into(), ..line() };
        assert!(later.ready(now()).unwrap_err().reasons[0].contains("晚于当前时间"));
    }

    #[test]
    fn broken_json_names_what_is_wrong() {
        for (text, said) in [
            ("{\"id\": \"1\", ", "不是完整的 JSON"),
            ("{bad json}", "不是完整的 JSON"),
            ("{\"id\": \"1\"} x", "不是完整的 JSON"),
            ("[]", "JSON 对象"),
            ("null", "JSON 对象"),
            ("{\"id\": true}", "字段“id”应为文字"),
            ("{\"title\": [\"示例\"]}", "字段“title”应为文字"),
            ("{\"id\": \"1\", \"id\": \"2\"}", "字段“id”写了两次"),
        ] {
            let reasons = parse(text).unwrap_err().reasons;
            assert!(reasons.len() == 1 && reasons[0].contains(said), "{text}: {reasons:?}");
        }
    }

    #[test]
    fn numbers_are_taken_as_texts_and_null_as_nothing() {
        let line = parse("{\"id\": 17, \"title\": null, \"more\": {\"deep\": [1]}}").unwrap();
        assert_eq!((line.id.as_str(), line.title.as_str()), ("17", ""));
    }

    #[test]
    fn control_characters_leave_titles_and_bodies_and_are_refused_in_keys() {
        let ready = DocumentLine { title: "示\u{0}例\n标题".into(), body: "<p>正\u{0}文</p>".into(), ..line() };
        let ready = ready.ready(now()).unwrap();
        assert_eq!((ready.title.as_str(), ready.body.as_str()), ("示例 标题", "<p>正文</p>"));
        for id in ["示例\u{0}".to_owned(), "号".repeat(201)] {
            assert!(DocumentLine { id, ..line() }.ready(now()).unwrap_err().reasons[0].contains("id 应为"));
        }
    }

    #[test]
    fn a_date_before_1900_is_a_slip() {
        let old = DocumentLine { date: "0021-07-08".into(), ..line() };
        assert!(old.ready(now()).unwrap_err().reasons[0].contains("早于 1900 年"));
    }
}
