//! One line of the file: read, checked, turned into a draft.

use domain::{
    element::{Elements, Validity},
    identifier::document_number::DocumentNumber,
    resource::ResourceKind,
    time::{beijing, parse_beijing},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// A document as other systems hand it over. Unknown fields are ignored.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct DocumentLine {
    /// Key in the system it comes from; required.
    pub id: String,
    /// Kind of document there.
    pub kind: String,
    /// 主题分类 or another classification.
    pub category: String,
    /// 标题
    pub title: String,
    /// 发文字号
    pub doc_no: String,
    /// 索引号
    pub index_no: String,
    /// 成文日期 (or the day of a news item), `YYYY-MM-DD`.
    pub date: String,
    /// 发布日期, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    pub publish_date: String,
    /// 施行日期
    pub effective_date: String,
    /// 有效性
    pub validity: String,
    /// 来源 or 发文机关
    pub source: String,
    /// Address of the original.
    pub url: String,
    /// Plain text, or HTML when it contains block tags.
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

/// Parses one line of JSON.
pub(super) fn parse(text: &str) -> Result<DocumentLine, LineError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let field = error.path().to_string();
        let place = if field == "." { String::new() } else { format!("字段“{field}”") };
        LineError { reasons: vec![format!("不是可读的 JSON{place}：{}", error.inner())] }
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
            if value.trim().is_empty() {
                reasons.push(format!("缺少 {name}。"));
            }
        }
        if self.source.trim().is_empty() {
            reasons.push("缺少 source（来源）。".into());
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
            title: self.title.split_whitespace().collect::<Vec<_>>().join(" "),
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
        let known = Validity::parse(text).or(match text {
            "现行有效" | "全文有效" => Some(Validity::InForce),
            "全文废止" | "已废止" => Some(Validity::Repealed),
            "全文失效" | "已失效" => Some(Validity::Lapsed),
            "部分有效" | "部分废止" | "条款失效" | "部分条款失效" => Some(Validity::PartlyLapsed),
            "已被修改" | "修改" | "已修订" => Some(Validity::Amended),
            "尚未生效" => Some(Validity::NotYetInForce),
            _ => None,
        });
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
        assert!(parse("{\"id\": \"1\", ").unwrap_err().reasons[0].contains("JSON"));
        assert!(parse("{\"id\": 1}").unwrap_err().reasons[0].contains("id"));
    }
}
