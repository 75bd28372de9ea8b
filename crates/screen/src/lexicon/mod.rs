//! Lexicons (词库): words that should not stand in a text, or not in this form.
//!
//! A [`Pack`] is a list of [`Entry`]s as people keep it. [`Lexicon::compile`] turns the packs of one level (those that
//! ship with the platform, the region's, a league's, an office's own) into a search structure; [`find`] runs all levels
//! over a text in its [folded](fold) form, gives every hit its exact place in the text as it is written, and settles
//! overlaps and allowed words always in the same way.

mod compiled;
mod entry;
pub mod fold;
mod hit;
mod import;
mod import_csv;
mod pack;
pub(crate) mod sound;
mod starter;
mod trie;
mod variant;
mod word;

use std::sync::Arc;

use jiff::civil::Date;

pub use compiled::{Lexicon, severity_of, usable};
pub use entry::Entry;
pub use hit::Hit;
pub use import::{Imported, MAX_FILE, Rejected, import};
pub use pack::Pack;
pub use starter::builtin;
pub use trie::MAX_WORD;
pub(crate) use variant::variants;

use compiled::{Found, Text};
use fold::Folded;
use sound::Sounds;

/// A hit with the pack and entry it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'l> {
    /// Where and how.
    pub hit: Hit,
    /// The pack.
    pub pack: &'l Pack,
    /// The entry.
    pub entry: &'l Entry,
}

/// Everything that stands in a text on a day and should not, in the order of the text. `levels`: the highest first.
/// `across_lines`: lines of the text may end inside a word (attachments).
pub fn find<'l>(
    levels: &'l [Arc<Lexicon>],
    text: &str,
    folded: &Folded,
    day: Date,
    across_lines: bool,
) -> Vec<Match<'l>> {
    let sounds = levels.iter().any(|level| level.listens()).then(|| Sounds::of(text, folded));
    let text = Text { text, folded, sounds: sounds.as_ref(), across_lines };
    let mut found = Found::default();
    for (level, lexicon) in (0u8..).zip(levels) {
        let more = lexicon.search(&text, level, day);
        found.hits.extend(more.hits);
        found.allowed.extend(more.allowed);
    }
    hit::resolve(found.hits, found.allowed)
        .into_iter()
        .map(|hit| {
            let (pack, entry) = levels[usize::from(hit.level)].entry(&hit);
            Match { hit, pack, entry }
        })
        .collect()
}
