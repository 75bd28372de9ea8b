//! Which chain applies to what is submitted for a site.

use domain::{review_chain::ChainScope, site::Site};
use store::Read;

use super::{ResolvedChain, resolve::of_unit};
use crate::AppResult;

/// The site's own chain, else that of its sponsor or of a unit above. Columns may have stricter ones of their own.
pub(crate) async fn resolve_for_site(read: &Read, site: &Site) -> AppResult<ResolvedChain> {
    match store::review_chain::in_force(read, &ChainScope::Site(site.id)).await? {
        Some(chain) => Ok(ResolvedChain { name: chain.name, steps: chain.steps }),
        None => of_unit(read, site.sponsor).await,
    }
}
