//! What the owner has stored already.

use std::{fmt, str::FromStr};

use crate::{
    Validators,
    address::{Address, hash128},
    links::LinkKind,
};

/// 128 bits that stand for a body.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub u128);

impl ContentHash {
    pub fn of(body: &[u8]) -> Self {
        Self(hash128(body))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for ContentHash {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// Everything stored so far. All empty for a first run.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Addresses with a stored step of *this* run, with the body's hash where there was one: not fetched again.
    pub finished: Vec<(Address, Option<ContentHash>)>,
    /// Addresses discovered in this run (verdict [`Queued`](super::Verdict::Queued)) without a stored step.
    pub queued: Vec<Queued>,
    /// Addresses of an earlier, complete run: asked again, but only for what changed since.
    pub earlier: Vec<Earlier>,
}

/// An address that waits.
#[derive(Debug, Clone)]
pub struct Queued {
    pub address: Address,
    pub depth: u16,
    /// See [`Discovered::barren`](super::Discovered).
    pub barren: u16,
    pub referrer: Option<Address>,
    pub kind: LinkKind,
}

/// An address as an earlier run found it.
#[derive(Debug, Clone)]
pub struct Earlier {
    pub address: Address,
    pub depth: u16,
    pub referrer: Option<Address>,
    pub validators: Validators,
    pub hash: Option<ContentHash>,
}
