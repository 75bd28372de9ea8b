//! An article as a table or an export describes it.

use std::collections::BTreeMap;

use super::moment::Moment;

/// One article of the old site with its fields, as its system knew them. Texts are trimmed; nothing is invented: a
/// field that is empty or was not understood is `None`, and then `other` and `remarks` have what was there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    pub kind: RecordKind,
    /// Absolute or relative, as written.
    pub address: Option<String>,
    /// Addresses under which the old system answered too, e.g. `http://…/?p=12`.
    pub other_addresses: Vec<String>,
    /// The old system's own number of the article.
    pub key: Option<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub published: Option<Moment>,
    pub modified: Option<Moment>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub document_number: Option<String>,
    pub index_number: Option<String>,
    pub organ: Option<String>,
    pub validity: Option<String>,
    pub written_on: Option<Moment>,
    /// From the top down: `["政务公开", "通知公告"]`.
    pub column: Vec<String>,
    /// Columns the article stood in besides.
    pub other_columns: Vec<Vec<String>>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    pub body: RecordBody,
    pub attachments: Vec<LinkedFile>,
    pub state: Option<RecordState>,
    /// What was not understood, by the name of its column.
    pub other: BTreeMap<String, String>,
    /// Sentences for people about values that could not be used as they are.
    pub remarks: Vec<String>,
    /// Where in the source, for people.
    pub place: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RecordKind {
    #[default]
    Article,
    /// A page that stands by itself (about us, contact).
    Page,
    /// A file with a title; it is the first of `attachments`.
    File,
}

/// The text of a record. HTML is as found: not yet safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordBody {
    Html(String),
    Text(String),
}

impl Default for RecordBody {
    fn default() -> RecordBody {
        RecordBody::Text(String::new())
    }
}

impl RecordBody {
    pub fn as_str(&self) -> &str {
        match self {
            RecordBody::Html(text) | RecordBody::Text(text) => text,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.as_str().trim().is_empty()
    }
}

/// A file an article links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedFile {
    /// Absolute or relative, as written; empty when only a name was given.
    pub address: String,
    pub name: String,
}

/// What the old system said about publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordState {
    Published,
    Draft,
    /// Waiting for review.
    Pending,
    /// To be published at a later time.
    Scheduled,
    /// Not for everybody: private or behind a password.
    Private,
    /// Taken down or in the bin.
    Withdrawn,
    /// Something else, as written.
    Other(String),
}
