//! `user`: the first people of an instance, and the way back in.

use std::process::ExitCode;

use app::{
    App,
    person::{Bootstrap, InitialPassword, NewAccount},
};
use domain::{duty::Duty, ids::UnitId};

use crate::{
    arguments::{User, UserAdd},
    config::Config,
    instance::{self, Database},
    refusal::{Outcome, Refusal},
};

/// Runs `user add` or `user reset-password`.
pub async fn run(config: &Config, user: User) -> Outcome {
    let app = instance::open(config, Database::MustExist).await?;
    app::unit::seed(&app).await?;
    match user {
        User::Add(add) => add_person(&app, add).await?,
        User::ResetPassword { login } => {
            let password = app::person::reset_password_from_command_line(&app, &login).await?;
            print_password(&login, &password);
        }
    }
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn add_person(app: &App, add: UserAdd) -> Result<(), Refusal> {
    let home_unit = unit(app, &add.unit).await?;
    let mut duties = Vec::new();
    for text in &add.duties {
        let (word, place) = text.split_once('@').unwrap_or((text, &add.unit));
        let duty = Duty::parse(word).ok_or_else(|| {
            let known: Vec<&str> = Duty::ALL.iter().map(|duty| duty.as_str()).collect();
            Refusal::failure(format!("没有“{word}”这个职责，可用的有：{}。", known.join("、")))
        })?;
        duties.push((unit(app, place).await?, duty));
    }
    let account = NewAccount { login: add.login, name: add.name, home_unit, phone: add.phone };
    let created =
        app::person::bootstrap(app, Bootstrap { account, duties, password: InitialPassword::OneTime }).await?;
    print_password(&created.login, &created.one_time_password);
    Ok(())
}

async fn unit(app: &App, code: &str) -> Result<UnitId, Refusal> {
    let unit = store::unit::by_code(&app.store.read(), code).await?;
    unit.map(|unit| unit.id)
        .ok_or_else(|| Refusal::failure(format!("没有代码为“{code}”的单位，请检查 --unit 或 --duty。")))
}

fn print_password(login: &str, password: &str) {
    println!("登录名：{login}");
    println!("一次性口令：{password}");
    println!("首次登录须更换口令。口令只显示这一次，请当面交给本人。");
}
