//! Proposing one column for a fresh draft inside the caller's transaction (imports).

use domain::{
    actor::Actor,
    column::Column,
    placement::{Placement, PlacementState},
    resource::Resource,
    site::Site,
};

use super::check_publishable;
use crate::{AppError, AppResult, edition::Loaded};

/// Adds a proposal without an audit event of its own.
///
/// # Errors
/// [`AppError::Invalid`] when the site or the column cannot publish; [`AppError::Forbidden`] for another unit's site.
pub(crate) async fn propose_in(
    tx: &store::Tx,
    actor: &Actor,
    loaded: &Loaded,
    site: &Site,
    column: &Column,
) -> AppResult<()> {
    require_own_site(&loaded.resource, site)?;
    let problems = check_publishable(site, column, &loaded.edition.elements);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let placement = Placement {
        id: tx.ids().fresh(),
        resource: loaded.resource.id,
        site: site.id,
        column: column.id,
        state: PlacementState::Proposed,
        pinned: false,
        sort_at: None,
        publish_at: None,
        live_at: None,
        expires_at: None,
        placed_by: actor.person,
        placed_at: tx.now(),
    };
    store::placement::insert(tx, std::slice::from_ref(&placement)).await?;
    Ok(())
}

/// A unit proposes for its own sites only. What another office publishes is for that office's site manager to take
/// from the library: otherwise the reviewers of one office could put texts on the site of another.
pub(crate) fn require_own_site(resource: &Resource, site: &Site) -> AppResult<()> {
    if site.sponsor == resource.unit {
        return Ok(());
    }
    Err(AppError::Forbidden(format!(
        "“{}”不是本单位主办的网站。稿件入库后，可由该网站的主办管理员从信息资源库中选用。",
        site.name
    )))
}
