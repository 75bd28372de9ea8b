//! Attachments before publication: everything that can be read in them, shown or hidden.
//!
//! Source of the duty: what is published must not carry ID numbers, telephone numbers or words that may not appear
//! "in text, tables (hidden columns too) and attachments" (公开前脱敏). So a reader here leaves nothing out: hidden
//! rows, columns and sheets, comments, headers, text boxes, notes, tracked changes, hidden runs, document properties,
//! strings left over in a file, alternative texts, documents inside documents.
//!
//! [`extract`] sniffs the content (the name only helps where content cannot tell), hands the bytes to the reader of
//! that kind and collects one text: cells of a row parted by tabs, rows and paragraphs by line ends, sheets and
//! members announced by their name on a line of their own. What could not be read is said in `notices`, and then
//! `complete` is false: silence never means "nothing found".

mod archive;
mod compound;
mod decode;
mod error;
mod excel;
mod html;
mod job;
mod kind;
mod layout;
mod limits;
mod mask;
mod ofd;
mod ooxml;
mod open_document;
mod output;
mod package;
mod pdf;
mod plain;
mod read;
mod rtf;
mod slides;
mod word;
mod xml;

pub(crate) use decode::utf16_without_mark;
pub use error::ExtractError;
pub use kind::AttachmentKind;
pub use limits::Limits;
pub use mask::{Masked, mask};
pub use output::{EmbeddedPicture, Extracted};
pub use read::extract;
