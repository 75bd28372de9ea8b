//! Hits, and which of them stand.

use std::ops::Range;

use crate::finding::Severity;

/// An entry found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// How grave.
    pub severity: Severity,
    /// Level whose pack it is, 0 being the highest.
    pub level: u8,
    /// Pack within the level.
    pub pack: u32,
    /// Entry within the pack.
    pub entry: u32,
    /// Found by its sound, not by its characters.
    pub by_sound: bool,
}

/// A word inside which nothing (or not a certain entry) is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) bytes: Range<usize>,
    pub(super) level: u8,
    /// Pack and entry it is for.
    pub(super) entry: Option<(u32, u32)>,
}

impl Allowed {
    /// The longest allowed word wins: it silences what lies within it and what it overlaps and outgrows. A level can
    /// silence itself and lower ones only.
    fn silences(&self, hit: &Hit) -> bool {
        let concerns = match self.entry {
            Some((pack, entry)) => self.level == hit.level && (pack, entry) == (hit.pack, hit.entry),
            None => self.level <= hit.level,
        };
        let within = self.bytes.start <= hit.bytes.start && hit.bytes.end <= self.bytes.end;
        let overlaps = self.bytes.start < hit.bytes.end && hit.bytes.start < self.bytes.end;
        concerns && (within || overlaps && self.bytes.len() > hit.bytes.len())
    }
}

/// The hits that stand, in the order of the text. Always the same for the same hits: graver ones first; among equally
/// grave ones the leftmost, then the longest, then the one of the highest level, first pack and first entry. A hit that
/// overlaps one chosen before is dropped.
pub(super) fn resolve(mut hits: Vec<Hit>, mut allowed: Vec<Allowed>) -> Vec<Hit> {
    allowed.sort_by_key(|one| one.bytes.start);
    let longest = allowed.iter().map(|one| one.bytes.len()).max().unwrap_or(0);
    hits.retain(|hit| {
        let from = allowed.partition_point(|one| one.bytes.start + longest <= hit.bytes.start);
        !allowed[from..].iter().take_while(|one| one.bytes.start < hit.bytes.end).any(|one| one.silences(hit))
    });
    hits.sort_by_key(|hit| {
        let length = usize::MAX - hit.bytes.len();
        (hit.severity, hit.bytes.start, length, hit.by_sound, hit.level, hit.pack, hit.entry)
    });
    let mut chosen: Vec<Hit> = Vec::new();
    let mut taken = std::collections::BTreeMap::<usize, usize>::new();
    for hit in hits {
        // What was chosen does not overlap, so only the last one that begins before this hit's end can meet it.
        let meets = taken.range(..hit.bytes.end).next_back().is_some_and(|(_, end)| *end > hit.bytes.start);
        if !meets {
            taken.insert(hit.bytes.start, hit.bytes.end);
            chosen.push(hit);
        }
    }
    chosen.sort_by_key(|hit| hit.bytes.start);
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(bytes: Range<usize>, severity: Severity, entry: u32) -> Hit {
        Hit { bytes, severity, level: 0, pack: 0, entry, by_sound: false }
    }

    fn allow(bytes: Range<usize>, level: u8) -> Allowed {
        Allowed { bytes, level, entry: None }
    }

    fn standing(hits: Vec<Hit>, allowed: Vec<Allowed>) -> Vec<u32> {
        resolve(hits, allowed).iter().map(|hit| hit.entry).collect()
    }

    #[test]
    fn graver_then_leftmost_then_longest_hits_stand() {
        use Severity::{Block, Hint, Warn};
        assert_eq!(standing(vec![hit(0..6, Warn, 1), hit(0..9, Warn, 2), hit(3..12, Warn, 3)], vec![]), [2]);
        assert_eq!(standing(vec![hit(0..9, Hint, 1), hit(3..6, Block, 2)], vec![]), [2]);
        assert_eq!(standing(vec![hit(9..12, Warn, 1), hit(0..3, Warn, 2)], vec![]), [2, 1]);
        assert_eq!(standing(vec![hit(0..3, Warn, 7), hit(0..3, Warn, 4)], vec![]), [4]);
    }

    #[test]
    fn the_longest_allowed_word_wins_but_a_longer_hit_stands() {
        let word = || vec![hit(3..9, Severity::Warn, 1)];
        assert_eq!(standing(word(), vec![allow(3..9, 0)]), [] as [u32; 0]);
        assert_eq!(standing(word(), vec![allow(0..12, 0)]), [] as [u32; 0]);
        assert_eq!(standing(word(), vec![allow(6..15, 0)]), [] as [u32; 0]);
        assert_eq!(standing(word(), vec![allow(6..12, 0)]), [1]);
        assert_eq!(standing(word(), vec![allow(6..9, 0)]), [1]);
        assert_eq!(standing(word(), vec![allow(9..20, 0)]), [1]);
    }

    #[test]
    fn a_lower_level_cannot_silence_a_higher_one() {
        assert_eq!(standing(vec![hit(3..9, Severity::Warn, 1)], vec![allow(0..12, 1)]), [1]);
        let mut lower = hit(3..9, Severity::Warn, 1);
        lower.level = 2;
        assert_eq!(standing(vec![lower], vec![allow(0..12, 1)]), [] as [u32; 0]);
    }

    #[test]
    fn a_word_allowed_for_one_entry_silences_only_that_one() {
        let allowed = || vec![Allowed { bytes: 0..12, level: 0, entry: Some((0, 1)) }];
        assert_eq!(standing(vec![hit(3..9, Severity::Warn, 1)], allowed()), [] as [u32; 0]);
        assert_eq!(standing(vec![hit(3..9, Severity::Warn, 2)], allowed()), [2]);
    }
}
