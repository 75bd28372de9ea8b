//! One thing that the machine noticed.

use serde::{Deserialize, Serialize};

use crate::field::Field;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 要素缺失
    Completeness,
    /// 个人信息
    Privacy,
    /// 公文格式
    Form,
    /// 日期时间
    Date,
    /// 来源标注
    Source,
    /// 标点符号
    Punctuation,
    /// 敏感词
    Sensitive,
    /// 规范表述
    Wording,
    /// 错别字
    Spelling,
    /// 法规文件引用
    Citation,
    /// 地图
    Map,
    /// 链接
    Link,
    /// 重复内容
    Duplicate,
    /// 附件
    Attachment,
}

impl Category {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Completeness => "要素缺失",
            Self::Privacy => "个人信息",
            Self::Form => "公文格式",
            Self::Date => "日期时间",
            Self::Source => "来源标注",
            Self::Punctuation => "标点符号",
            Self::Sensitive => "敏感词",
            Self::Wording => "规范表述",
            Self::Spelling => "错别字",
            Self::Citation => "法规文件引用",
            Self::Map => "地图",
            Self::Link => "链接",
            Self::Duplicate => "重复内容",
            Self::Attachment => "附件",
        }
    }
}

/// How grave it is. The order is from grave to slight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 须改正: the edition goes no further until it is corrected or a person overrules it with a reason.
    Block,
    /// 请核对: probably wrong; a person must say what was done about it.
    Warn,
    /// 提示: worth a look.
    Hint,
}

impl Severity {
    /// From grave to slight.
    pub const ALL: [Self; 3] = [Self::Block, Self::Warn, Self::Hint];

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Block => "须改正",
            Self::Warn => "请核对",
            Self::Hint => "提示",
        }
    }
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Hint => "hint",
        }
    }
}

/// Places in a field's plain text, counted in characters (Unicode scalar values, not bytes or UTF-16 units).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharRange {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// One thing that the machine noticed, with everything a person needs to judge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which check found it, e.g. `personal_id`.
    pub check: String,
    /// Kind of fault.
    pub category: Category,
    /// Gravity.
    pub severity: Severity,
    /// Where.
    pub field: Field,
    /// Place in the field's plain text; `None` when the field as a whole is meant.
    pub range: Option<CharRange>,
    /// The words in question, personal data masked. May be empty.
    pub excerpt: String,
    /// Plain Chinese: what is wrong.
    pub message: String,
    /// The text to put in place of the range, or advice.
    pub suggestion: Option<String>,
    /// Rule that was applied, e.g. `privacy.personal_id`.
    pub rule_id: String,
    /// Version of the rules.
    pub pack_version: String,
    /// 文号 and clause the rule rests on.
    pub basis: String,
    /// What it was held against, by the caller's key: the resource of a near duplicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// See [`Finding::fingerprint`].
    pub fingerprint: String,
}

impl Finding {
    /// Stays the same when the text is screened again, also after edits elsewhere in the field: it depends on check,
    /// rule, field (attachments by name), the words in question, and which of several equal places it is. A decision
    /// stored under it therefore holds until the words themselves change. 32 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}
