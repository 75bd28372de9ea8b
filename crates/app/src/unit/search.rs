//! Finding units by words, division, kind and state.

use domain::{
    actor::Actor,
    identifier::DivisionCode,
    unit::{Unit, UnitKind, UnitStatus},
};
use policy::{Action, Target};
use store::{Scope, unit::UnitFilter};

use crate::{App, AppResult, authorise};

/// Most units a search answers with: more than any tree has.
const MOST: u64 = 20_000;

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct UnitQuery {
    /// Parts of the name, short name, code or a former name; all words must be found.
    pub text: Option<String>,
    /// Code of a division as typed; what lies inside it counts as well.
    pub division: Option<String>,
    /// What it is.
    pub kind: Option<UnitKind>,
    /// Its state.
    pub status: Option<UnitStatus>,
}

impl UnitQuery {
    /// True when nothing restricts the search.
    pub fn is_empty(&self) -> bool {
        self.text.is_none() && self.division.is_none() && self.kind.is_none() && self.status.is_none()
    }
}

/// The units that match, by code. Units are no secret among the people of the platform: a contractor's editor may
/// look up who sponsors a site elsewhere.
///
/// # Errors
/// [`crate::AppError::Forbidden`] for people without any duty.
pub async fn search(app: &App, actor: &Actor, query: &UnitQuery) -> AppResult<Vec<Unit>> {
    authorise::require(app, actor, Action::UnitRead, &Target::Unit { path: &actor.home_unit_path })?;
    let read = app.store.read();
    let divisions = match query.division.as_deref() {
        Some(text) => match DivisionCode::parse(text) {
            Ok(code) => Some(with_those_inside(&read, code).await?),
            // No unit lies in a place whose code cannot be.
            Err(_) => return Ok(Vec::new()),
        },
        None => None,
    };
    let filter = UnitFilter { text: query.text.clone(), divisions, kind: query.kind, status: query.status };
    Ok(store::unit::search(&read, &Scope::everything(), &filter, MOST).await?)
}

async fn with_those_inside(read: &store::Read, code: DivisionCode) -> AppResult<Vec<DivisionCode>> {
    let mut inside = vec![code];
    // Divisions come after the one above them, so one pass suffices.
    for division in store::division::all(read).await? {
        if division.parent.is_some_and(|parent| inside.contains(&parent)) {
            inside.push(division.code);
        }
    }
    Ok(inside)
}
