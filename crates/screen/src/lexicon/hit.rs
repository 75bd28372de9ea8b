//! Hits, and which of them stand.

use crate::finding::Severity;

/// An entry found in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte in the folded text.
    pub start: u32,
    /// One past the last byte in the folded text.
    pub end: u32,
    /// Pack within the level.
    pub pack: u32,
    /// Entry within the pack.
    pub entry: u32,
    /// Level whose pack it is, 0 being the highest.
    pub level: u8,
    /// How grave.
    pub severity: Severity,
    /// Found by its sound, not by its characters.
    pub by_sound: bool,
}

impl Hit {
    fn length(&self) -> u32 {
        self.end - self.start
    }

    /// From left to right; at one place the longest first, then what is written so, then the highest level, first pack,
    /// first entry.
    fn order(&self) -> (u64, bool, u8, u64) {
        let place = u64::from(self.start) << 32 | u64::from(u32::MAX - self.end);
        (place, self.by_sound, self.level, u64::from(self.pack) << 32 | u64::from(self.entry))
    }
}

/// A word inside which nothing (or not a certain entry) is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) start: u32,
    pub(super) end: u32,
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
        let within = self.start <= hit.start && hit.end <= self.end;
        let overlaps = self.start < hit.end && hit.start < self.end;
        concerns && (within || overlaps && self.end - self.start > hit.length())
    }
}

/// Everything that was found in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) hits: Vec<Hit>,
    pub(super) allowed: Vec<Allowed>,
}

impl Found {
    /// The hits that stand, in the order of the text. Always the same for the same hits: graver ones first; among
    /// equally grave ones the leftmost, then the longest, then what is written so before what only sounds so, then the
    /// one of the highest level, first pack and first entry. A hit that overlaps one chosen before is dropped.
    pub(super) fn resolve(mut self) -> Vec<Hit> {
        if !self.allowed.is_empty() {
            self.allowed.sort_by_key(|one| one.start);
            let longest = self.allowed.iter().map(|one| one.end - one.start).max().unwrap_or(0);
            let mut hits = std::mem::take(&mut self.hits);
            hits.retain(|hit| !self.silences(hit, longest));
            self.hits = hits;
        }
        self.hits.sort_unstable_by_key(Hit::order);
        let mut chosen: Vec<Hit> = Vec::new();
        for severity in Severity::ALL {
            let graver = chosen.len();
            let mut end = 0;
            for hit in self.hits.iter().filter(|hit| hit.severity == severity) {
                if hit.start >= end && !meets(&chosen[..graver], hit) {
                    end = hit.end;
                    chosen.push(*hit);
                }
            }
            chosen.sort_by_key(|hit| hit.start);
        }
        chosen
    }

    fn silences(&self, hit: &Hit, longest: u32) -> bool {
        let from = self.allowed.partition_point(|one| one.start + longest <= hit.start);
        self.allowed[from..].iter().take_while(|one| one.start < hit.end).any(|one| one.silences(hit))
    }
}

/// What was chosen does not overlap, so only the last one that begins before this hit's end can meet it.
fn meets(chosen: &[Hit], hit: &Hit) -> bool {
    let next = chosen.partition_point(|one| one.start < hit.end);
    next.checked_sub(1).is_some_and(|last| chosen[last].end > hit.start)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn hit(bytes: Range<u32>, severity: Severity, entry: u32) -> Hit {
        Hit { start: bytes.start, end: bytes.end, severity, level: 0, pack: 0, entry, by_sound: false }
    }

    fn allow(bytes: Range<u32>, level: u8) -> Allowed {
        Allowed { start: bytes.start, end: bytes.end, level, entry: None }
    }

    fn standing(hits: Vec<Hit>, allowed: Vec<Allowed>) -> Vec<u32> {
        Found { hits, allowed }.resolve().iter().map(|hit| hit.entry).collect()
    }

    #[test]
    fn graver_then_leftmost_then_longest_hits_stand() {
        use Severity::{Block, Hint, Warn};
        assert_eq!(standing(vec![hit(0..6, Warn, 1), hit(0..9, Warn, 2), hit(3..12, Warn, 3)], vec![]), [2]);
        assert_eq!(standing(vec![hit(0..9, Hint, 1), hit(3..6, Block, 2)], vec![]), [2]);
        assert_eq!(standing(vec![hit(9..12, Warn, 1), hit(0..3, Warn, 2)], vec![]), [2, 1]);
        assert_eq!(standing(vec![hit(10..15, Block, 1), hit(2..12, Warn, 2), hit(3..6, Warn, 3)], vec![]), [3, 1]);
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
        let allowed = || vec![Allowed { entry: Some((0, 1)), ..allow(0..12, 0) }];
        assert_eq!(standing(vec![hit(3..9, Severity::Warn, 1)], allowed()), [] as [u32; 0]);
        assert_eq!(standing(vec![hit(3..9, Severity::Warn, 2)], allowed()), [2]);
    }
}
