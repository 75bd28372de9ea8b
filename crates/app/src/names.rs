//! Names of people and units, for pages that show who did what. A name is no secret to somebody who already sees the
//! thing it stands on; the verbs that show things ask about permission.

use std::collections::HashMap;

use domain::ids::{PersonId, UnitId};

use crate::{App, AppResult};

/// Display names of people; unknown keys are left out.
pub async fn people(app: &App, ids: impl IntoIterator<Item = PersonId>) -> AppResult<HashMap<PersonId, String>> {
    let mut ids: Vec<PersonId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(store::person::names(&app.store.read(), &ids).await?)
}

/// Names of units; unknown keys are left out.
pub async fn units(app: &App, ids: impl IntoIterator<Item = UnitId>) -> AppResult<HashMap<UnitId, String>> {
    let mut ids: Vec<UnitId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(store::unit::names(&app.store.read(), &ids).await?)
}
