//! One address on its way.

use url::Url;

use super::{ContentHash, Earlier, Queued};
use crate::{Validators, address::Address, links::LinkKind};

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub address: Address,
    /// Exactly as the server wants it, where that differs from the canonical form (session numbers in a redirect).
    pub ask_as: Option<Box<Url>>,
    pub depth: u16,
    pub barren: u16,
    pub referrer: Option<Address>,
    pub kind: LinkKind,
    pub earlier: Option<Box<(Validators, Option<ContentHash>)>>,
    pub attempts: u8,
    /// Redirects to the same page in another spelling.
    pub self_hops: u8,
    /// Tried on the off chance: no step when it is missing.
    pub guessed: bool,
}

impl Item {
    pub fn new(address: Address, kind: LinkKind) -> Self {
        Self {
            address,
            ask_as: None,
            depth: 0,
            barren: 0,
            referrer: None,
            kind,
            earlier: None,
            attempts: 0,
            self_hops: 0,
            guessed: false,
        }
    }
}

impl From<Queued> for Item {
    fn from(queued: Queued) -> Self {
        let Queued { address, depth, barren, referrer, kind } = queued;
        Self { depth, barren, referrer, ..Self::new(address, kind) }
    }
}

impl From<Earlier> for Item {
    fn from(earlier: Earlier) -> Self {
        let Earlier { address, depth, referrer, validators, hash } = earlier;
        let before = (!validators.is_empty() || hash.is_some()).then(|| Box::new((validators, hash)));
        Self { depth, referrer, earlier: before, ..Self::new(address, LinkKind::Anchor) }
    }
}
