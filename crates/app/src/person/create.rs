//! 新增人员: an account without any duty, and a one-time password for its first login.

use domain::{actor::Actor, ids::PersonId, password::PasswordPolicy};
use policy::{Action, Target};

use super::{NewAccount, input, one_time};
use crate::{
    App, AppError, AppResult, authorise, record,
    unit::{hold_in_use, in_use},
};

/// A new account.
#[derive(Debug, Clone)]
pub struct Created {
    /// Key.
    pub id: PersonId,
    /// Login name.
    pub login: String,
    /// Shown once, to be handed over; must be changed at the first login.
    pub one_time_password: String,
}

/// Makes an account at a unit that `actor` administers.
pub async fn create(app: &App, actor: &Actor, mut new: NewAccount) -> AppResult<Created> {
    input::check_new(&mut new)?;
    let unit = in_use(&app.store.read(), "home_unit", new.home_unit).await?;
    authorise::require(app, actor, Action::PersonCreate, &Target::Unit { path: &unit.path })?;

    let settings = store::setting::in_force(&app.store.read()).await?;
    // Nobody knows yet which duty comes: the stricter rule fits all.
    let policy = PasswordPolicy::from_settings(&settings, true);
    let one_time_password = one_time::password(app.entropy.as_ref(), &policy, &new.login);
    let password_hash = app.passwords.hash(app.entropy.as_ref(), &one_time_password).await?;

    let row = &store::person::NewPerson {
        id: app.ids.fresh(),
        login: new.login,
        name: new.name,
        home_unit: new.home_unit,
        phone: new.phone,
        password_hash,
        must_change_password: true,
    };
    app.store
        .write(|tx| async move {
            hold_in_use(&tx, "home_unit", row.home_unit).await?;
            insert(&tx, row).await?;
            record::event("person.create", row.id, row.name.clone())
                .unit(row.home_unit)
                .after(serde_json::json!({ "login": row.login, "name": row.name, "phone": row.phone }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(Created { id: row.id, login: row.login.clone(), one_time_password })
}

/// Inserts the account and begins its password history.
pub(super) async fn insert(tx: &store::Tx, row: &store::person::NewPerson) -> AppResult<()> {
    store::person::insert(tx, row).await.map_err(|error| {
        if error.is_duplicate_of("person", &["login"]) {
            AppError::invalid("login", "这个登录名已有人使用（包括已停用的账号），登录名不能重复使用，请换一个。")
        } else {
            error.into()
        }
    })?;
    store::person::add_password_to_history(tx, row.id, &row.password_hash).await?;
    Ok(())
}
