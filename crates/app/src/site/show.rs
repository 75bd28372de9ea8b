//! Everything a page about one site shows.

use domain::{actor::Actor, alarm::Alarm, column::Column, ids::SiteId, release::Release};
use store::Scope;

use super::overview::{SiteLine, lines};
use crate::{App, AppError, AppResult, review_chain::ResolvedChain};

/// Releases shown on the page of a site.
const RELEASES_SHOWN: u64 = 5;
/// Alarms looked through for those of the site.
const MOST_ALARMS: u64 = 200;

/// A site with its surroundings.
#[derive(Debug, Clone)]
pub struct SiteView {
    /// The site and how it stands.
    pub line: SiteLine,
    /// 承办单位名称
    pub operator_name: Option<String>,
    /// Its latest releases, newest first.
    pub releases: Vec<Release>,
    /// All its columns, siblings in their order.
    pub columns: Vec<Column>,
    /// Alarms that concern it.
    pub alarms: Vec<Alarm>,
    /// The review chain that applies to what is submitted for it.
    pub chain: ResolvedChain,
    /// What the reader may do with it.
    pub abilities: super::SiteAbilities,
}

/// One site with its surroundings, if the actor may see it.
pub async fn show(app: &App, actor: &Actor, id: SiteId) -> AppResult<SiteView> {
    let read = app.store.read();
    let site = super::visible(app, &read, actor, id).await?;
    let operator_name = match site.operator {
        Some(unit) => store::unit::by_id(&read, unit).await?.map(|unit| unit.name),
        None => None,
    };
    let (releases, _) = store::release::list(&read, id, 0, RELEASES_SHOWN).await?;
    let columns = store::column::of_site(&read, id).await?;
    let chain = crate::review_chain::resolve_for_site(&read, &site).await?;
    let alarms = alarms(&read, &site).await?;
    let abilities = super::abilities(app, actor, &site);
    let line = lines(&read, vec![site]).await?.pop().ok_or_else(|| AppError::internal("a site lost its line"))?;
    Ok(SiteView { line, operator_name, releases, columns, alarms, chain, abilities })
}

/// Alarms about the site itself or about something placed on it.
async fn alarms(read: &store::Read, site: &domain::site::Site) -> AppResult<Vec<Alarm>> {
    let scope = Scope::below([site.sponsor_path.as_str()]);
    let own = site.id.to_string();
    let mut found = Vec::new();
    for alarm in store::alarm::up(read, &scope, false, MOST_ALARMS).await? {
        let concerns = alarm.subject_id == own
            || match alarm.subject_id.parse() {
                Ok(placement) if alarm.kind.starts_with("placement.") => {
                    store::placement::by_id(read, placement).await?.is_some_and(|placement| placement.site == site.id)
                }
                _ => false,
            };
        if concerns {
            found.push(alarm);
        }
    }
    Ok(found)
}
