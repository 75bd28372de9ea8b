//! Screening outside the library: of a file somebody has at hand, with packs of their own, and of collections of texts
//! whose faults are known. Nothing is stored.

mod attachment;
mod file;
mod library;
mod measure;
mod pack;
mod reading;

pub use attachment::{AttachmentReading, read_attachment};
pub use file::{FileScreening, TooLarge, screen_file, screen_text};
pub(crate) use library::{keep_signature, with_library};
pub use measure::{Measure, measure};
pub(crate) use reading::{read_file, read_missing, with_attachments};

pub use pack::{FilePack, engine_with, pack_from_file};
pub use screen::{Category, Engine, Field, Finding, Report, Severity};
