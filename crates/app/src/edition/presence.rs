//! “某某正在编辑”: who else has a draft open.

use domain::{
    actor::Actor,
    ids::{EditionId, PersonId},
};
use jiff::SignedDuration;

use crate::{App, AppResult, edition::load::load};

/// Somebody else who has the draft open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// Who.
    pub person: PersonId,
    /// Display name.
    pub name: String,
}

/// How long a person counts as present after the last sign of life; the page asks every 20 seconds.
const PRESENT_FOR: SignedDuration = SignedDuration::from_secs(60);

/// Notes that the actor has the draft open and says who else has. A sign of life, not a change: it leaves no audit
/// event.
///
/// # Errors
/// [`crate::AppError::NotFound`] when the actor may not see the edition.
pub async fn companions(app: &App, actor: &Actor, id: EditionId) -> AppResult<Vec<Companion>> {
    load(app, actor, id).await?;
    app.store
        .write(|tx| async move {
            store::presence::touch(&tx, id, actor.person).await?;
            Ok::<_, store::StoreError>(())
        })
        .await?;
    let read = app.store.read();
    let since = app.now().checked_sub(PRESENT_FOR).unwrap_or(jiff::Timestamp::MIN);
    let others: Vec<PersonId> =
        store::presence::since(&read, id, since).await?.into_iter().filter(|person| *person != actor.person).collect();
    let mut names = store::person::names(&read, &others).await?;
    Ok(others.into_iter().filter_map(|person| names.remove(&person).map(|name| Companion { person, name })).collect())
}
