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
mod variant;
mod word;
mod words;

use std::{cell::OnceCell, ops::Range, sync::Arc};

use jiff::civil::Date;

pub use compiled::{Lexicon, severity_of, usable};
pub use entry::Entry;
pub use hit::Hit;
pub use import::{Imported, MAX_FILE, Rejected, import};
pub use pack::Pack;
pub use starter::builtin;

pub(crate) use variant::variants;
pub use words::MAX_WORD;

use compiled::Text;
use fold::Folded;
use hit::Found;
use sound::Sounds;

/// A hit with its place in the text, and the pack and entry it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'l> {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// How it was found.
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
    let text = Text { text, folded, sounds: sounds.as_ref(), gaps: OnceCell::new(), across_lines };
    let mut found = Found::default();
    for (level, lexicon) in (0u8..).zip(levels) {
        lexicon.search(&text, level, day, &mut found);
    }
    found
        .resolve()
        .into_iter()
        .map(|hit| {
            let (pack, entry) = levels[usize::from(hit.level)].entry(&hit);
            Match { bytes: folded.source(hit.start as usize, hit.end as usize), hit, pack, entry }
        })
        .collect()
}
