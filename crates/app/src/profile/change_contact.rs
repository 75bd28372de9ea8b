//! 修改个人资料: the office telephone. Name and unit are kept by the system administrator.

use domain::{actor::Actor, person::Person, problem::FieldProblem};
use serde::{Deserialize, Serialize};

use super::require_own;
use crate::{App, AppError, AppResult, person, record};

/// Form of the contact data.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContactChange {
    /// Office telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// The version that was shown.
    pub lock_version: i64,
}

/// Changes the caller's own telephone.
pub async fn change_contact(app: &App, actor: &Actor, mut change: ContactChange) -> AppResult<()> {
    require_own(app, actor)?;
    let before = store::person::by_id(&app.store.read(), actor.person).await?.ok_or(AppError::Unauthenticated)?;
    let problems: Vec<FieldProblem> = person::input::check_contact(&mut before.name.clone(), &mut change.phone);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let after = &Person { phone: change.phone, lock_version: change.lock_version, ..before.clone() };
    let before = &before;
    app.store
        .write(|tx| async move {
            store::person::update(&tx, after).await?;
            record::event("profile.change", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .before(serde_json::json!({ "phone": before.phone }))
                .after(serde_json::json!({ "phone": after.phone }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
