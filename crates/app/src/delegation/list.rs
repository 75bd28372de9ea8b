//! One's own delegations, given and received.

use std::collections::HashMap;

use domain::{actor::Actor, delegation::Delegation, ids::PersonId};
use serde::Serialize;

use crate::{App, AppResult};

/// A delegation as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct DelegationView {
    /// The delegation.
    pub delegation: Delegation,
    /// Name of the absent person.
    pub from_name: String,
    /// Name of the stand-in.
    pub to_name: String,
    /// The caller is the absent person.
    pub given: bool,
    /// `coming`, `in_force`, `over` or `revoked`.
    pub state: &'static str,
}

/// The caller's delegations, the latest first.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<DelegationView>> {
    let read = app.store.read();
    let all = store::delegation::of_person(&read, actor.person).await?;
    let ids: Vec<PersonId> = all.iter().flat_map(|delegation| [delegation.from, delegation.to]).collect();
    let names: HashMap<PersonId, String> =
        store::person::by_ids(&read, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let now = app.now();
    Ok(all
        .into_iter()
        .map(|delegation| DelegationView {
            from_name: name(delegation.from),
            to_name: name(delegation.to),
            given: delegation.from == actor.person,
            state: match () {
                () if delegation.revoked_at.is_some() => "revoked",
                () if delegation.in_force(now) => "in_force",
                () if now < delegation.starts_at => "coming",
                () => "over",
            },
            delegation,
        })
        .collect())
}
