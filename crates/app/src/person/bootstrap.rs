//! Accounts made from the command line: the first administrators of an instance, and the cast of the demo.

use domain::{
    actor::Origin,
    duty::{self, Duty},
    ids::{PersonId, UnitId},
    person::Appointment,
};

use super::{Created, NewAccount, create, input, reset_password};
use crate::{App, AppError, AppResult, record, unit::hold_in_use};

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Bootstrap {
    /// The account.
    pub account: NewAccount,
    /// Duties, each at a unit.
    pub duties: Vec<(UnitId, Duty)>,
    /// Its password.
    pub password: InitialPassword,
}

/// The first password of an account.
#[derive(Debug, Clone)]
pub enum InitialPassword {
    /// Made up, printed once, changed at the first login.
    OneTime,
    /// Given, and not changed at the first login: for demos only, whose passwords are public anyway.
    Demo(String),
}

/// Makes an account with duties. An administrator can be made this way only while nobody active holds that duty: after
/// that, duties are given in the console, by the security administrator, in the open.
pub async fn bootstrap(app: &App, mut wanted: Bootstrap) -> AppResult<Created> {
    input::check_new(&mut wanted.account)?;
    let mut joined: Vec<Duty> = Vec::new();
    for (_, duty) in &wanted.duties {
        if let Some(objection) = duty::conflict(&joined, *duty) {
            return Err(AppError::Conflict(objection));
        }
        joined.push(*duty);
    }
    let (password, hash, must_change_password) = match wanted.password {
        InitialPassword::OneTime => {
            let (password, hash) = reset_password::fresh(app, &wanted.account.login).await?;
            (password, hash, true)
        }
        InitialPassword::Demo(password) => {
            let hash = app.passwords.hash(app.entropy.as_ref(), &password).await?;
            (password, hash, false)
        }
    };
    let row = &store::person::NewPerson {
        id: app.ids.fresh(),
        login: wanted.account.login,
        name: wanted.account.name,
        home_unit: wanted.account.home_unit,
        phone: wanted.account.phone,
        password_hash: hash,
        must_change_password,
    };
    let duties = &wanted.duties;
    app.store
        .write(|tx| async move {
            hold_in_use(&tx, "home_unit", row.home_unit).await?;
            create::insert(&tx, row).await?;
            for (unit, duty) in duties {
                hold_in_use(&tx, "unit", *unit).await?;
                appoint(&tx, row.id, *unit, *duty).await?;
            }
            let words: Vec<_> = duties.iter().map(|(unit, duty)| (unit.to_string(), duty.as_str())).collect();
            record::event("person.bootstrap", row.id, row.name.clone())
                .unit(row.home_unit)
                .after(serde_json::json!({ "login": row.login, "name": row.name, "duties": words }))
                .write_as(&tx, None, "", &Origin::command())
                .await
        })
        .await?;
    Ok(Created { id: row.id, login: row.login.clone(), one_time_password: password })
}

/// The way back in when no administrator can log in any more: whoever may run commands on the server owns it anyway,
/// and the audit trail says that it happened from there.
pub async fn reset_password_from_command_line(app: &App, login: &str) -> AppResult<String> {
    let person = store::person::by_login(&app.store.read(), login.trim()).await?;
    let person = person.ok_or_else(|| AppError::NotFound(format!("登录名为“{}”的人员", login.trim())))?;
    let (password, hash) = reset_password::fresh(app, &person.login).await?;
    let (person, hash) = (&person, hash.as_str());
    app.store
        .write(|tx| async move {
            reset_password::apply(&tx, person.id, hash).await?;
            record::event("person.reset_password", person.id, person.name.clone())
                .unit(person.home_unit)
                .write_as(&tx, None, "", &Origin::command())
                .await
        })
        .await?;
    Ok(password)
}

async fn appoint(tx: &store::Tx, person: PersonId, unit: UnitId, duty: Duty) -> AppResult<()> {
    if duty.is_administrator() && !store::appointment::lock_others_holding(tx, duty, person).await?.is_empty() {
        return Err(AppError::Conflict(format!(
            "已有在任的{}，命令行不再增设。请由安全管理员在控制台“人员”中任职；忘记口令请用 user reset-password。",
            duty.chinese()
        )));
    }
    let appointment = Appointment {
        id: tx.ids().fresh(),
        person,
        unit,
        duty,
        granted_at: tx.now(),
        granted_by: None,
        ended_at: None,
    };
    Ok(store::appointment::insert(tx, &appointment).await?)
}
