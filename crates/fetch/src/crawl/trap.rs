//! Sites without end: calendars that know every month, paths that grow with every click, the same list in every
//! order. They are recognised by what they bring: nothing new.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::address::Address;

/// The kind of trap an address leads into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrapKind {
    /// Path or query longer than any real one.
    TooLong,
    /// The same folder again and again: a relative link that was meant to be absolute.
    RepeatedFolders,
    /// Very many parameters: every combination of filters.
    TooManyParameters,
    /// Addresses of this pattern stopped bringing anything new.
    BarrenPattern,
    /// Page after page, each found on the one before, brought nothing new.
    BarrenTrail,
}

impl TrapKind {
    /// For storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::RepeatedFolders => "repeated_folders",
            Self::TooManyParameters => "too_many_parameters",
            Self::BarrenPattern => "barren_pattern",
            Self::BarrenTrail => "barren_trail",
        }
    }

    /// For people.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::TooLong => "网址过长，像是程序不断拼接出来的，未抓取；如确有内容，请单独添加这个网址",
            Self::RepeatedFolders => {
                "网址中的目录反复重复，像是旧站链接写错造成的，未抓取；如确有内容，请单独添加这个网址"
            }
            Self::TooManyParameters => {
                "网址带有过多参数，像是各种筛选条件的组合，未抓取；如确有内容，请单独添加这个网址"
            }
            Self::BarrenPattern => "同一类网址已不再带来新内容，未继续抓取；如确有内容，请单独添加这个网址",
            Self::BarrenTrail => {
                "一页接一页都没有新内容（如没有尽头的日历），未继续抓取；如确有内容，请单独添加这个网址"
            }
        }
    }
}

const LONGEST_ADDRESS: usize = 1500;
const MOST_FOLDERS: usize = 24;
const MOST_REPEATS: usize = 3;
const MOST_PARAMETERS: usize = 16;
/// Patterns beyond this many are not counted any more; the other rules still hold.
const MOST_PATTERNS: usize = 200_000;

/// What the pages seen so far have brought.
#[derive(Debug, Default)]
pub(super) struct Traps {
    patterns: HashMap<u64, Yield>,
    shapes: HashSet<u64>,
    patience: u32,
}

#[derive(Debug, Default, Clone, Copy)]
struct Yield {
    fresh: u32,
    dull: u32,
}

/// What one page brought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brought {
    /// See [`PageScan::shape`](crate::links::PageScan); `None` for files.
    pub shape: Option<u64>,
    /// The very same bytes were had before.
    pub duplicate: bool,
    /// Addresses of other patterns that were queued because of it.
    pub new_elsewhere: usize,
    /// Links to its own path with another query.
    pub to_itself: usize,
}

/// What a page was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    Nothing,
    /// New words, but no new way.
    Words,
    /// New addresses of another pattern.
    LeadsOn,
}

impl Traps {
    pub fn new(patience: u32) -> Self {
        Self { patience, ..Self::default() }
    }

    /// Whether the address should not be fetched.
    pub fn check(&self, address: &Address) -> Option<TrapKind> {
        if address.as_str().len() > LONGEST_ADDRESS {
            return Some(TrapKind::TooLong);
        }
        let folders: Vec<&str> = address.path().split('/').filter(|segment| !segment.is_empty()).collect();
        if folders.len() > MOST_FOLDERS {
            return Some(TrapKind::TooLong);
        }
        let repeats = |folder: &str| folders.iter().filter(|other| **other == folder).count();
        if folders.iter().any(|folder| folder.len() > 1 && repeats(folder) > MOST_REPEATS) {
            return Some(TrapKind::RepeatedFolders);
        }
        if address.query().is_some_and(|query| query.split('&').count() > MOST_PARAMETERS) {
            return Some(TrapKind::TooManyParameters);
        }
        let yielded = self.patterns.get(&pattern(address)).copied().unwrap_or_default();
        let barren = yielded.dull >= self.patience && yielded.dull / 4 >= yielded.fresh;
        barren.then_some(TrapKind::BarrenPattern)
    }

    /// Takes note of a page; says what it was worth.
    pub fn note(&mut self, address: &Address, brought: Brought) -> Worth {
        let new_words = brought.shape.is_none_or(|shape| self.shapes.insert(shape));
        // A list of links to itself in other orders, which leads nowhere else, is not news even if its words are.
        let only_itself = brought.to_itself >= 5 && brought.new_elsewhere == 0;
        let fresh = brought.new_elsewhere > 0 || (new_words && !brought.duplicate && !only_itself);
        let key = pattern(address);
        if self.patterns.len() < MOST_PATTERNS || self.patterns.contains_key(&key) {
            let yielded = self.patterns.entry(key).or_default();
            if fresh {
                yielded.fresh += 1;
            } else {
                yielded.dull += 1;
            }
        }
        match (brought.new_elsewhere > 0, fresh) {
            (true, _) => Worth::LeadsOn,
            (false, true) => Worth::Words,
            (false, false) => Worth::Nothing,
        }
    }
}

/// The address with its numbers left out: `/show.asp?id=*`, `/art/#/#/art_#.html`.
pub(super) fn pattern(address: &Address) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.authority().hash(&mut hasher);
    let mut in_number = false;
    for byte in address.path().bytes() {
        if byte.is_ascii_digit() {
            if !in_number {
                b'#'.hash(&mut hasher);
            }
            in_number = true;
        } else {
            byte.to_ascii_lowercase().hash(&mut hasher);
            in_number = false;
        }
    }
    if let Some(query) = address.query() {
        let mut names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or(pair)).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() > 3 {
            // Many filters: all their combinations count as one pattern.
            "?*".hash(&mut hasher);
        } else {
            names.hash(&mut hasher);
        }
    }
    hasher.finish()
}
