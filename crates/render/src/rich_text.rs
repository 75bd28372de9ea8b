//! Rich text as editors and importers hand it in, made safe and plain.
//!
//! 1. [`normalize`] reads whatever was pasted (Word, WPS, old sites) into a tree and writes it anew
//!    with the few elements an official text needs: paragraphs, headings 2–5, lists, tables,
//!    images, links, footnotes. Nothing of the input's markup is copied.
//! 2. ammonia goes over the result with a strict list, so that safety does not rest on step 1.
//!
//! Alignment becomes classes (`align-center`, `align-right`, `no-indent` …): pages are served with
//! a policy that forbids inline styles. First-line indent is the theme's business.

mod attachments;
mod normalize;
mod notes;
mod plain;
mod references;
mod run;
mod strict;
mod word;

pub use attachments::{Rewritten, rewrite_attachments};
pub use plain::{from_plain_text, plain_text};
pub use references::{pictures, references, rewrite_references};
pub(crate) use run::push_escaped;

/// Times tangled markup is looked at again; one is enough for anything a person writes.
const MOST_LOOKS: usize = 6;

/// A body ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Clean HTML fragment.
    pub html: String,
    /// Its text, one line per block; for search, screening and comparison.
    pub plain_text: String,
    /// What was taken out that the editor should know of, in Chinese.
    pub notes: Vec<String>,
}

/// Cleans an HTML fragment (or a whole pasted document). Cleaning twice changes nothing more.
pub fn clean(html: &str) -> Cleaned {
    let mut notes = notes::Notes::default();
    let mut html = strict::strictly(&normalize::normalize(html, &mut notes));
    // Tangled markup may come out a little simpler on the second look; the result must stand still,
    // or saving an untouched draft would look like a change.
    for _ in 0..MOST_LOOKS {
        let again = strict::strictly(&normalize::normalize(&html, &mut notes::Notes::default()));
        if again == html {
            break;
        }
        html = again;
    }
    let plain_text = plain_text(&html);
    Cleaned { html, plain_text, notes: notes.into_lines() }
}

#[cfg(test)]
mod tests;
