//! Where in a document a finding lies.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A field of the subject. Stored and serialised as a word: `body`, `attachment:0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// 标题
    Title,
    /// 副标题
    Subtitle,
    /// 摘要
    Summary,
    /// 正文; ranges count the characters of its [plain text](crate::plain_text()).
    Body,
    /// Text in the body's source that no reader sees: comments, attributes, scripts. It cannot be highlighted.
    Concealed,
    /// 来源
    Source,
    /// 转载原文地址
    OriginalUrl,
    /// 发文字号
    DocumentNumber,
    /// 发文机关
    Issuer,
    /// 成文日期
    WrittenOn,
    /// 施行日期
    EffectiveOn,
    /// 发布时间
    PublishedOn,
    /// 附件, counted from 0.
    Attachment(usize),
}

const WORDS: &[(Field, &str, &str)] = &[
    (Field::Title, "title", "标题"),
    (Field::Subtitle, "subtitle", "副标题"),
    (Field::Summary, "summary", "摘要"),
    (Field::Body, "body", "正文"),
    (Field::Concealed, "concealed", "正文源代码"),
    (Field::Source, "source", "来源"),
    (Field::OriginalUrl, "original_url", "转载原文地址"),
    (Field::DocumentNumber, "document_number", "发文字号"),
    (Field::Issuer, "issuer", "发文机关"),
    (Field::WrittenOn, "written_on", "成文日期"),
    (Field::EffectiveOn, "effective_on", "施行日期"),
    (Field::PublishedOn, "published_on", "发布时间"),
];

impl Field {
    /// The word shown to people; attachments are counted from 1.
    pub fn chinese(self) -> String {
        match self {
            Self::Attachment(index) => format!("附件{}", index + 1),
            field => WORDS.iter().find(|(known, ..)| *known == field).map_or("", |(.., word)| word).to_owned(),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attachment(index) => write!(f, "attachment:{index}"),
            field => f.write_str(WORDS.iter().find(|(known, ..)| known == field).map_or("", |(_, word, _)| word)),
        }
    }
}

impl FromStr for Field {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(index) = text.strip_prefix("attachment:").and_then(|index| index.parse().ok()) {
            return Ok(Self::Attachment(index));
        }
        let known = WORDS.iter().find(|(_, word, _)| *word == text).map(|(field, ..)| *field);
        known.ok_or_else(|| format!("unknown field of a screening finding: {text}"))
    }
}

impl TryFrom<String> for Field {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_reads_back_from_its_word() {
        for field in WORDS.iter().map(|(field, ..)| *field).chain([Field::Attachment(0), Field::Attachment(12)]) {
            assert_eq!(field.to_string().parse(), Ok(field));
            assert!(!field.chinese().is_empty());
        }
        assert!("attachment:x".parse::<Field>().is_err());
    }
}
