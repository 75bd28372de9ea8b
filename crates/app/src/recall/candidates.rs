//! What a person may look through when something must be taken down.

use domain::{actor::Actor, duty::Duty, edition::EditionState};
use store::library::{LibraryFilter, LibraryScope};

use crate::{App, AppError, AppResult, library::LibraryPage};

/// Duties that may recall what they reach; the policies decide about each resource.
const RECALLING: [Duty; 4] = [Duty::Reviewer3, Duty::Reviewer4, Duty::SiteManager, Duty::Supervisor];

/// Whether the actor holds a duty that recalls at all.
pub fn may_recall(actor: &Actor) -> bool {
    RECALLING.into_iter().any(|duty| actor.holds(duty))
}

/// Admitted texts of the offices that the actor works for or oversees, the latest first.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    text: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<LibraryPage> {
    if !may_recall(actor) {
        return Err(AppError::Forbidden("撤回由终审人员、主办管理员或主管巡检员办理。".into()));
    }
    let held = actor.duties.iter().filter(|held| matches!(held.duty, Duty::Reviewer3 | Duty::Reviewer4));
    let scope = LibraryScope {
        paths: actor.paths_of(&[Duty::SiteManager, Duty::Supervisor]),
        units: held.map(|held| held.unit).collect(),
        shared: false,
    };
    let filter = LibraryFilter {
        text: text.map(str::to_owned),
        states: vec![EditionState::Admitted],
        ..LibraryFilter::default()
    };
    let (rows, total) = store::library::list(&app.store.read(), &scope, &filter, offset, limit).await?;
    Ok(LibraryPage { rows, total })
}
