//! What the caller looked up for one subject. The library itself asks nobody: it says what it would like to know
//! ([`crate::citations()`], [`crate::links()`], [`crate::pictures()`], [`crate::signature()`]), the caller looks it up
//! in its library, among its link checks and in its files, and hands the answers back as data.

use domain::element::Validity;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::picture::PictureShape;

/// Answers to what the subject cites, links to, shows and resembles. Empty when nothing was looked up.
#[derive(Default, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Documents of the library that the subject cites by title or by number.
    pub documents: Vec<KnownDocument>,
    /// Texts of the library that share a key of the subject's signature; never the subject's own resource.
    pub similar: Vec<SimilarText>,
    /// Links of the subject that are known to be dangerous or dead.
    pub links: Vec<KnownLink>,
    /// Pictures of the subject.
    pub pictures: Vec<PictureFacts>,
    /// Attachments, or parts of them, that could not be read, so that no check looked at them.
    pub unread: Vec<UnreadAttachment>,
}

/// Why an attachment was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadAttachment {
    /// Which attachment, counted from 0.
    pub attachment: usize,
    /// What is missing and why, a sentence in plain Chinese.
    pub reason: String,
}

/// A document of the library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownDocument {
    /// 标题, without 《》.
    pub title: String,
    /// 发文字号
    #[serde(default)]
    pub document_number: Option<String>,
    /// 有效性
    pub validity: Validity,
    /// The day from which it is no longer in force; `None` when nobody recorded it.
    #[serde(default)]
    pub until: Option<Date>,
    /// Why it is no longer in force, as a person recorded it.
    #[serde(default)]
    pub why: Option<String>,
    /// Title of what took its place.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// Titles of the documents that changed it.
    #[serde(default)]
    pub amended_by: Vec<String>,
}

impl KnownDocument {
    /// A document of which only title and validity are known.
    pub fn new(title: impl Into<String>, validity: Validity) -> Self {
        let title = title.into();
        Self {
            title,
            document_number: None,
            validity,
            until: None,
            why: None,
            replaced_by: None,
            amended_by: Vec::new(),
        }
    }
}

/// A text of the library that may be the same as the subject.
#[derive(Default, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimilarText {
    /// What the caller knows it by; goes into the fingerprint of the finding.
    pub key: String,
    /// 标题
    pub title: String,
    /// Name of the unit that published it.
    pub unit: String,
    /// Plain text.
    pub text: String,
    /// When it was published.
    pub published: Option<Date>,
}

/// A link that somebody tested or complained of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownLink {
    /// The address as it stands in `href`.
    pub address: String,
    /// What was found.
    pub state: LinkState,
}

/// What is wrong with a link, and why it is believed to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// 危险: malware, gambling, fraud …
    Dangerous(String),
    /// 打不开
    Dead(String),
}

/// A picture of the subject.
#[derive(Default, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureFacts {
    /// As in `<img src>`, e.g. `attachment:UUID`.
    pub source: String,
    /// File name.
    pub name: String,
    /// Of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Statistics of the picture, by [`PictureShape::of`].
    pub shape: Option<PictureShape>,
    /// 审图号 on the picture's record.
    pub map_number: Option<String>,
}
