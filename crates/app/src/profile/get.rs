//! The page of one's own account.

use domain::{actor::Actor, password::PasswordPolicy, person::Person};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    App, AppError, AppResult,
    person::AppointmentView,
    session::{self, SessionView},
};

/// Everything the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileView {
    /// The person.
    pub person: Person,
    /// Name of the home unit.
    pub unit_name: String,
    /// Duties, those in force first.
    pub appointments: Vec<AppointmentView>,
    /// Open sessions.
    pub sessions: Vec<SessionView>,
    /// Recovery codes left.
    pub recovery_codes_left: u64,
    /// When the password must be changed.
    pub password_expires_at: Timestamp,
    /// The rules of passwords in one sentence.
    pub password_rule: String,
    /// The second factor is required of this person.
    pub second_factor_required: bool,
}

/// The caller's own account.
pub async fn get(app: &App, actor: &Actor) -> AppResult<ProfileView> {
    let read = app.store.read();
    let person = store::person::by_id(&read, actor.person).await?.ok_or(AppError::Unauthenticated)?;
    let settings = store::setting::in_force(&read).await?;
    let administrator = session::is_administrator(actor);
    let policy = PasswordPolicy::from_settings(&settings, administrator);
    let unit = store::person::unit_of(&read, person.home_unit).await?;
    Ok(ProfileView {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        appointments: crate::person::appointments(app, person.id).await?,
        sessions: session::list_own(app, actor).await?,
        recovery_codes_left: store::person::unused_recovery_codes(&read, person.id).await?,
        password_expires_at: person.password_changed_at
            + SignedDuration::from_hours(policy.max_age_days.saturating_mul(24)),
        password_rule: policy.describe(),
        second_factor_required: administrator && settings.value("login.admin_second_factor") == 1,
        person,
    })
}
