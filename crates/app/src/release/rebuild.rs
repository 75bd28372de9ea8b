//! Rendering a whole site anew (重新生成).

use domain::{actor::Actor, ids::SiteId, site::SiteState};
use policy::{Action, Target};
use store::pending_change::Changed;

use super::note_and_enqueue;
use crate::{App, AppResult, authorise, record, site};

/// Asks for all pages of a site to be rendered anew; pages whose bytes stay the same are not written again.
pub async fn rebuild(app: &App, actor: &Actor, id: SiteId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let site = site::visible(app, &tx, actor, id).await?;
            authorise::require(app, actor, Action::ReleaseRebuild, &Target::Site { sponsor_path: &site.sponsor_path })?;
            note_and_enqueue(&tx, id, &[Changed::Site], Some(actor.person)).await?;
            record::event("release.rebuild", id, site.name.clone()).unit(site.sponsor).write(&tx, Some(actor)).await
        })
        .await
}

/// Asks for every live site to be rendered anew that was rendered with another theme; called at the start of a node,
/// so that an upgrade shows.
pub async fn rebuild_outdated(app: &App) -> AppResult<usize> {
    let read = app.store.read();
    let mut outdated = Vec::new();
    for site in store::site::list(&read, &store::Scope::everything()).await? {
        let last = store::release::by_number(&read, site.id, site.release_number).await?;
        let other = last.is_some_and(|release| release.theme_version != app.renderer.theme_version());
        if site.state == SiteState::Live && other {
            outdated.push(site.id);
        }
    }
    let sites = &outdated;
    app.store
        .write(|tx| async move {
            for site in sites {
                note_and_enqueue(&tx, *site, &[Changed::Site], None).await?;
            }
            Ok::<_, crate::AppError>(())
        })
        .await?;
    Ok(outdated.len())
}
