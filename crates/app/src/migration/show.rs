//! Migrations as people see them.

use domain::{
    actor::Actor,
    ids::{MigrationId, SiteId},
    migration::{Balance, Migration, MigrationState},
    site::Site,
};
use policy::{Action, Target};
use serde::Serialize;
use store::Scope;

use super::reach::{Reached, reach};
use crate::{App, AppResult, names};

/// One line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct MigrationRow {
    /// The migration.
    pub migration: Migration,
    /// Name of the site that it goes into.
    pub site_name: String,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// Who began it.
    pub started_by: String,
    /// Addresses known so far.
    pub pages: u64,
}

/// One migration with what the reader may do.
#[derive(Debug, Clone, Serialize)]
pub struct MigrationView {
    /// The line.
    pub row: MigrationRow,
    /// The site that it goes into.
    pub site: Site,
    /// Kinds and fates.
    pub balance: Balance,
    /// What stands in the way of signing off.
    pub objections: Vec<String>,
    /// The reader may collect, map, try and submit.
    pub may_run: bool,
    /// The reader may let it go live and sign it off.
    pub may_go_live: bool,
    /// The platform reads its source, not a command.
    pub read_here: bool,
}

/// What cuts a list of migrations down.
#[derive(Debug, Clone, Default)]
pub struct MigrationFilter {
    /// Into this site.
    pub site: Option<SiteId>,
    /// In this state.
    pub state: Option<MigrationState>,
    /// Words in its name, its address or the name of the site.
    pub words: Option<String>,
}

impl MigrationFilter {
    fn takes(&self, reached: &Reached) -> bool {
        let migration = &reached.migration;
        let words = self.words.as_deref().unwrap_or_default();
        self.site.is_none_or(|site| site == migration.site)
            && self.state.is_none_or(|state| state == migration.state)
            && [&migration.name, &migration.source.address, &reached.site.name].iter().any(|text| text.contains(words))
    }
}

/// Migrations of the offices that the actor belongs to or watches over, newest first, and how many there are.
pub async fn list(app: &App, actor: &Actor, offset: u64, limit: u64) -> AppResult<(Vec<MigrationRow>, u64)> {
    list_filtered(app, actor, &MigrationFilter::default(), offset, limit).await
}

/// [`list`], cut down by a filter.
pub async fn list_filtered(
    app: &App,
    actor: &Actor,
    filter: &MigrationFilter,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<MigrationRow>, u64)> {
    let read = app.store.read();
    let paths = actor.duties.iter().filter(|held| !held.duty.is_administrator()).map(|held| held.unit_path.clone());
    let (migrations, _) = store::migration::project::list(&read, &Scope::below(paths), 0, u64::from(u32::MAX)).await?;
    let mut rows = Vec::new();
    for migration in migrations {
        let reached = super::reach::surroundings(&read, migration).await?;
        let target = Target::Unit { path: &reached.unit.path };
        if filter.takes(&reached) && app.policy.decide(actor, Action::MigrationRead, &target).allowed {
            rows.push(reached);
        }
    }
    let total = rows.len() as u64;
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut shown = Vec::new();
    for reached in rows.into_iter().skip(skip).take(take) {
        let pages = store::migration::page::balance(&read, reached.migration.id).await?.total;
        shown.push(row(app, &reached, pages).await?);
    }
    Ok((shown, total))
}

/// One migration.
///
/// # Errors
/// [`crate::AppError::NotFound`] for another office's.
pub async fn show(app: &App, actor: &Actor, id: MigrationId) -> AppResult<MigrationView> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let balance = store::migration::page::balance(&read, id).await?;
    let may = |action| app.policy.decide(actor, action, &Target::Unit { path: &reached.unit.path }).allowed;
    let over = reached.migration.state.is_over();
    Ok(MigrationView {
        row: row(app, &reached, balance.total).await?,
        objections: balance.objections(),
        balance,
        may_run: may(Action::MigrationRun) && !over,
        may_go_live: may(Action::MigrationGoLive) && reached.migration.state != MigrationState::Abandoned,
        read_here: !super::control::is_local(&reached.migration),
        site: reached.site,
    })
}

/// Sites into which the actor may begin a migration.
pub async fn places(app: &App, actor: &Actor) -> AppResult<Vec<Site>> {
    let sites = crate::site::list(app, actor).await?;
    Ok(sites
        .into_iter()
        .filter(|site| {
            app.policy.decide(actor, Action::MigrationRun, &Target::Unit { path: &site.sponsor_path }).allowed
        })
        .collect())
}

async fn row(app: &App, reached: &Reached, pages: u64) -> AppResult<MigrationRow> {
    let people = names::people(app, [reached.migration.started_by]).await?;
    Ok(MigrationRow {
        migration: reached.migration.clone(),
        site_name: reached.site.name.clone(),
        unit_name: reached.unit.name.clone(),
        started_by: people.get(&reached.migration.started_by).cloned().unwrap_or_default(),
        pages,
    })
}
