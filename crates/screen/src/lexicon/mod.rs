//! Lexicons (词库): words that should not stand in a text, or not in this form.

mod entry;
mod pack;

pub use entry::Entry;
pub use pack::Pack;
