//! The packs that ship with the platform, of its own writing.

use std::sync::{Arc, LazyLock};

use crate::lexicon::Pack;

/// Files under `rules/lexicons`.
const FILES: &[&str] = &[
    include_str!("../../../../rules/lexicons/common-errors.toml"),
    include_str!("../../../../rules/lexicons/terms.toml"),
    include_str!("../../../../rules/lexicons/absolute-claims.toml"),
    include_str!("../../../../rules/lexicons/reprint-sources.toml"),
];

static PACKS: LazyLock<Vec<Arc<Pack>>> = LazyLock::new(|| {
    FILES.iter().map(|text| Arc::new(Pack::from_toml(text).expect("a test reads every file that ships"))).collect()
});

/// The packs, in the order in which they are listed.
pub fn builtin() -> &'static [Arc<Pack>] {
    &PACKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_ships_can_be_read() {
        for text in FILES {
            let pack = Pack::from_toml(text).unwrap_or_else(|problems| panic!("{}", problems.join("\n")));
            assert!(!pack.entries.is_empty(), "{}", pack.id);
            for entry in &pack.entries {
                assert_ne!(entry.suggestion.as_deref(), Some(entry.word.as_str()));
            }
        }
    }
}
