//! For whom a person may register a site.

use domain::{
    actor::Actor,
    unit::{Unit, UnitStatus},
};
use policy::{Action, Target};

use crate::{App, AppResult};

/// Active units that may become the sponsor (主办单位) of a site that the actor registers, by code.
pub async fn sponsors(app: &App, actor: &Actor) -> AppResult<Vec<Unit>> {
    let allowed =
        |unit: &Unit| app.policy.decide(actor, Action::SiteCreate, &Target::Unit { path: &unit.path }).allowed;
    let mut units: Vec<Unit> = store::unit::all(&app.store.read())
        .await?
        .into_iter()
        .filter(|unit| unit.status == UnitStatus::Active && allowed(unit))
        .collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(units)
}

/// Units that may be named as 承办单位: any active unit of the region.
pub async fn operators(app: &App, actor: &Actor) -> AppResult<Vec<Unit>> {
    let query = crate::unit::UnitQuery { status: Some(UnitStatus::Active), ..crate::unit::UnitQuery::default() };
    crate::unit::search(app, actor, &query).await
}
