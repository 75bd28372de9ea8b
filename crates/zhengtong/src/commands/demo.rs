//! `demo`: fills an empty instance with samples, prints where to look, and serves.

use std::{io::IsTerminal, process::ExitCode, sync::Arc};

use app::demo::{DemoClock, Presence, Summary};

use crate::{
    arguments::Demo,
    config::Config,
    instance::{self, Database},
    refusal::{Outcome, Refusal},
    roles::{self, Roles},
    shutdown,
    system::SystemClock,
};

/// Runs `demo`. Started again on its own data it serves without filling.
pub async fn run(config: &Config, options: &Demo) -> Outcome {
    let listener = if options.no_serve { None } else { Some(roles::bind(config).await?) };
    fill(config).await?;
    let app = instance::open(config, Database::MustExist).await?;
    let summary = app::demo::summary(&app, &config.public_url).await?;
    if options.json {
        let json = serde_json::to_string_pretty(&summary)
            .map_err(|error| Refusal::failure(format!("无法写出 JSON：{error}")))?;
        println!("{json}");
    } else {
        print(&summary);
    }
    if listener.is_none() {
        app.store.close().await;
        return Ok(ExitCode::SUCCESS);
    }
    roles::run(app, config, listener, Roles { serve: true, work: true }, shutdown::token()?).await?;
    Ok(ExitCode::SUCCESS)
}

/// Fills on connections of its own: they give up safety against power cuts for speed, and their clock is moved.
async fn fill(config: &Config) -> Result<(), Refusal> {
    let clock = Arc::new(DemoClock::new(Arc::new(SystemClock)));
    let app = instance::open_for_filling(config, clock.clone()).await?;
    match app::demo::presence(&app).await? {
        Presence::Empty => {
            eprintln!("正在填入示例数据……");
            app::demo::fill(&app, &clock, &mut report).await?;
            if std::io::stderr().is_terminal() {
                eprintln!();
            }
        }
        Presence::Demo => {}
        Presence::HalfADemo => {
            return Err(Refusal::failure(format!(
                "上次填入示例数据时中断，数据不完整。请删除 {} 和 {} 后重新运行。",
                config.shown_database(),
                config.files
            )));
        }
        Presence::Foreign => return Err(foreign(config)),
    }
    app.store.close().await;
    Ok(())
}

fn foreign(config: &Config) -> Refusal {
    Refusal::failure(format!(
        "数据库 {} 不是空的，也不是示例数据，示例只能填入空库。请用 --database 和 --files 另指一处；要打开这个库请用 zhengtong all。",
        config.shown_database()
    ))
}

fn report(written: usize, of: usize) {
    if std::io::stderr().is_terminal() {
        eprint!("\r  文档 {written}/{of}");
    }
}

fn print(summary: &Summary) {
    println!("\n网站");
    for site in &summary.sites {
        println!("  {}  {}", site.address, site.name);
    }
    println!("\n后台\n  {}", summary.console);
    println!("\n账号（口令都是 {}）", app::demo::PASSWORD);
    let width = summary.logins.iter().map(|login| login.login.len()).max().unwrap_or(0);
    for login in &summary.logins {
        let duties: Vec<String> =
            login.duties.iter().map(|duty| format!("{} @ {}", duty.duty_name, duty.unit_name)).collect();
        println!("  {:width$}  {}", login.login, duties.join("；"));
    }
    println!();
}
