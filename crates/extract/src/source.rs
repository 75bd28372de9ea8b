//! Everything an office may hand over of its old site, other than a live crawl: WARC and ARC files, ZIP files and
//! folders of saved pages, MHTML, tables (JSON Lines, CSV, XLSX), WordPress exports.
//!
//! Every reader is an iterator of [`Item`]s over a stream: memory stays bounded by [`Limits`], whatever the size of
//! the file, and nothing is lost without a word. What cannot be read comes as [`Refused`], with its place in the file
//! and what to do about it, and reading goes on behind it. What is in a source but is no content of a site (request
//! records, log files of the copying tool) is counted by [`Items::set_aside`].
//!
//! * [`detect`] tells the kind of a file by its content, [`open`] reads any of them;
//! * [`warc()`], [`archive()`], [`folder()`], [`mhtml()`] give [`Capture`]s: an address and the bytes it answered;
//! * [`records_jsonl`], [`records_csv`], [`records_xlsx`], [`wxr()`] give [`Record`]s: articles with their fields.
//!   [`Items::columns`] says which columns were understood, [`Mapping`] corrects that by hand;
//! * [`warc::write`] writes WARC 1.1, for evidence and exports.

mod address;
mod archive;
mod detect;
mod folder;
mod http;
mod item;
mod items;
mod keep;
mod limits;
mod mhtml;
mod moment;
mod open;
mod record;
mod saved;
mod stream;
mod table;
pub mod warc;
mod wxr;

pub use archive::archive;
pub use detect::{DETECTION_BYTES, SourceKind, detect};
pub use folder::{Base, SavedFile, folder};
pub use item::{Capture, Item, Refused, Repeats};
pub use items::Items;
pub use limits::Limits;
pub use mhtml::mhtml;
pub use moment::Moment;
pub use open::open;
pub use record::{LinkedFile, Record, RecordBody, RecordKind, RecordState};
pub use table::{ColumnReport, Field, Mapping, records_csv, records_jsonl, records_xlsx};
pub use warc::read::warc;
pub use wxr::wxr;
