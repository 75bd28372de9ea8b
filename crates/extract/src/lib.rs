//! Foreign documents in, clean text and metadata out. Bytes are the only input: no file system, no network, no clock;
//! nothing panics on any input and every reader works under limits.
//!
//! * [`attachment`]: files people attach to an article (Word, Excel, PowerPoint, OFD, PDF, text, archives): *all* of
//!   their text, above all what a reader does not see, so that ID numbers, telephone numbers and forbidden words are
//!   found before publication; and a masked copy where the format allows it.
//! * [`page`]: a page of an old site to title, time, source, numbers and a clean body, each with where it was found.
//! * [`source`]: what an office hands over of its old site (WARC, saved pages, tables, WordPress exports): captures and
//!   records, one after the other.

pub mod attachment;
pub mod page;
pub mod source;
