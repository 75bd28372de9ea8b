//! Sites (网站): registered, changed, looked at.

mod abilities;
mod change;
mod check;
mod corrections;
mod create;
mod list;
mod overview;
mod show;
mod sponsors;

pub use abilities::{SiteAbilities, abilities};
pub use change::{SiteChange, change};
pub use corrections::corrections;
pub use create::{NewSite, create};
pub use list::{get, get_by_slug, list};
pub use overview::{PlacementNumbers, SiteFilter, SiteLine, SitePage, overview};
pub use show::{SiteView, show};
pub use sponsors::{operators, sponsors};

use domain::{actor::Actor, ids::SiteId, site::Site};
use policy::{Action, Target};
use store::Read;

use crate::{App, AppError, AppResult, authorise};

/// A site that the actor may see; another office's site is not found.
pub(crate) async fn visible(app: &App, read: &Read, actor: &Actor, id: SiteId) -> AppResult<Site> {
    let site = store::site::by_id(read, id).await?.ok_or_else(|| AppError::NotFound("网站".into()))?;
    authorise::visible(app, actor, Action::SiteRead, &Target::Site { sponsor_path: &site.sponsor_path }, "网站")?;
    Ok(site)
}
