//! Names of people and units, for pages that show who did what. A name is no secret to somebody who already sees the
//! thing it stands on; the verbs that show things ask about permission.

use std::{collections::HashMap, pin::Pin};

use domain::ids::{PersonId, UnitId};

use crate::{App, AppResult};

/// A look-up under way. It owns the keys, so callers may ask with any iterator over borrowed things.
pub type Names<'a, K> = Pin<Box<dyn Future<Output = AppResult<HashMap<K, String>>> + Send + 'a>>;

/// Display names of people; unknown keys are left out.
pub fn people<'a>(app: &'a App, ids: impl IntoIterator<Item = PersonId>) -> Names<'a, PersonId> {
    let ids = once_each(ids);
    Box::pin(async move { Ok(store::person::names(&app.store.read(), &ids).await?) })
}

/// Names of units; unknown keys are left out.
pub fn units<'a>(app: &'a App, ids: impl IntoIterator<Item = UnitId>) -> Names<'a, UnitId> {
    let ids = once_each(ids);
    Box::pin(async move { Ok(store::unit::names(&app.store.read(), &ids).await?) })
}

fn once_each<K: Ord>(ids: impl IntoIterator<Item = K>) -> Vec<K> {
    let mut ids: Vec<K> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
