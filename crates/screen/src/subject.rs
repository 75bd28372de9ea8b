//! What is screened: one edition with its elements and attachments.

use domain::{element::Elements, resource::ResourceKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::facts::Facts;

/// The text of an attachment, extracted by the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentText {
    /// File name as shown to readers. It ties dispositions to the attachment, so a renamed file is screened afresh.
    pub name: String,
    /// Plain text, cells of one row parted by tabs, rows and paragraphs by line ends, hidden rows and columns included.
    pub text: String,
}

/// Everything the checks may look at. It holds its own copy, so screening can run on another thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Type of the resource; decides which elements count.
    pub kind: ResourceKind,
    /// Title, plain text.
    pub title: String,
    /// Body, HTML already cleaned for storage. Highlighting expects exactly this text.
    pub body_html: String,
    /// The other elements of the edition.
    pub elements: Elements,
    /// Texts of the attachments, in their order.
    pub attachments: Vec<AttachmentText>,
    /// When the edition is due to be published, if a person scheduled it.
    pub scheduled_at: Option<Timestamp>,
    /// When the resource was first published by this platform; `None` before. An edition of a published resource may
    /// repeat that time, but never an earlier one (国办秘函〔2019〕19号 单项否决 1: 伪造发稿日期).
    pub first_published_at: Option<Timestamp>,
    /// Taken over from another system with its own publication time, so an old time is the true one.
    pub imported: bool,
    /// The present moment.
    pub now: Timestamp,
    /// What the caller looked up for it.
    #[serde(default)]
    pub facts: Facts,
}

impl Subject {
    /// A new, unscheduled, never published text of our own without elements or attachments.
    pub fn new(kind: ResourceKind, title: impl Into<String>, body_html: impl Into<String>, now: Timestamp) -> Self {
        Self {
            kind,
            title: title.into(),
            body_html: body_html.into(),
            elements: Elements::default(),
            attachments: Vec::new(),
            scheduled_at: None,
            first_published_at: None,
            imported: false,
            now,
            facts: Facts::default(),
        }
    }
}
