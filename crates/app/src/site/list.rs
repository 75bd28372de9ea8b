//! Looking at sites.

use domain::{actor::Actor, ids::SiteId, site::Site};
use policy::{Action, Target};

use crate::{App, AppError, AppResult};

/// The sites that the actor may see, by short word.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<Site>> {
    // Sites number in the hundreds, and the policy reaches upwards as well as downwards: each is asked about.
    let all = store::site::list(&app.store.read(), &store::Scope::everything()).await?;
    Ok(all.into_iter().filter(|site| may_see(app, actor, site)).collect())
}

/// One site, if the actor may see it.
pub async fn get(app: &App, actor: &Actor, id: SiteId) -> AppResult<Site> {
    super::visible(app, &app.store.read(), actor, id).await
}

/// One site by its short word in addresses, if the actor may see it.
pub async fn get_by_slug(app: &App, actor: &Actor, slug: &str) -> AppResult<Site> {
    let found = store::site::by_slug(&app.store.read(), slug).await?;
    found.filter(|site| may_see(app, actor, site)).ok_or_else(|| AppError::NotFound("网站".into()))
}

fn may_see(app: &App, actor: &Actor, site: &Site) -> bool {
    app.policy.decide(actor, Action::SiteRead, &Target::Site { sponsor_path: &site.sponsor_path }).allowed
}
