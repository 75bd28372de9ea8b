//! What a source gives, one after the other.

use jiff::Timestamp;

use super::record::Record;

/// One thing found in a source.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// An address and what it answered.
    Capture(Capture),
    /// An article with its fields.
    Record(Box<Record>),
    /// Something that could not be read.
    Refused(Refused),
}

/// An address of the old site and the bytes it answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// Absolute address, e.g. `http://www.example.gov.cn/a/b.html`; `file:///…` for files that lie beside tables of
    /// records when nothing is known about their address.
    pub address: String,
    /// Addresses under which the same content was most likely reached too: `/a/` and `/a/index.html`.
    pub other_addresses: Vec<String>,
    /// HTTP status; `None` for saved files.
    pub status: Option<u16>,
    /// As the server said it, parameters included; guessed from name and content for saved files.
    pub content_type: Option<String>,
    pub fetched_at: Option<Timestamp>,
    /// `Last-Modified`, or the time of a saved file.
    pub modified: Option<Timestamp>,
    /// Absolute target of a redirect (statuses 301, 302, 303, 307, 308).
    pub redirect: Option<String>,
    /// The content had not changed since an earlier capture: `body` is empty, the content is there.
    pub repeats: Option<Repeats>,
    /// The content was cut short when it was saved.
    pub incomplete: bool,
    /// Content with transfer and content encodings undone.
    pub body: Vec<u8>,
    /// Where in the source, for people.
    pub place: String,
}

/// The earlier capture that has the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeats {
    pub address: String,
    pub fetched_at: Option<Timestamp>,
}

/// A part of a source that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// `第 12 行`, `条目 a/b.html`, `偏移 123`.
    pub place: String,
    /// Plain Chinese: what is wrong and what to do.
    pub reason: String,
}

impl Refused {
    pub(crate) fn new(place: impl Into<String>, reason: impl Into<String>) -> Refused {
        Refused { place: place.into(), reason: reason.into() }
    }
}

impl From<Capture> for Item {
    fn from(capture: Capture) -> Item {
        Item::Capture(capture)
    }
}

impl From<Record> for Item {
    fn from(record: Record) -> Item {
        Item::Record(Box::new(record))
    }
}

impl From<Refused> for Item {
    fn from(refused: Refused) -> Item {
        Item::Refused(refused)
    }
}
