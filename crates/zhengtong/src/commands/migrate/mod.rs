//! `migrate`: the database to this version; `migrate …`: an old site onto the platform.

mod collect;
mod files;
mod map;
mod print;
mod schema;

use std::process::ExitCode;

use app::{App, migration};
use domain::actor::Actor;

use super::acting;
use crate::{
    arguments::{MigrateCommand, MigrateOne, MigrateReport, report_format},
    config::Config,
    instance::{self, Database},
    refusal::{Outcome, Refusal},
    worker,
};

/// Runs `migrate` or one of its commands.
pub async fn run(config: &Config, command: Option<MigrateCommand>) -> Outcome {
    let Some(command) = command else { return schema::run(config).await };
    let app = instance::open(config, Database::MustExist).await?;
    match command {
        MigrateCommand::Start(options) => collect::start(&app, config, options).await?,
        MigrateCommand::Collect(options) => collect::again(&app, config, options).await?,
        MigrateCommand::List(options) => {
            let actor = acting(&app, &options.actor).await?;
            print::list(&migration::list(&app, &actor, 0, 1_000).await?.0, options.json)?;
        }
        MigrateCommand::Show(one) => {
            let actor = acting(&app, &one.actor).await?;
            print::show(&app, &actor, &one).await?;
        }
        MigrateCommand::Report(options) => report(&app, &options).await?,
        MigrateCommand::Map(options) => map::run(&app, &options).await?,
        MigrateCommand::Try(one) => {
            let actor = acting(&app, &one.actor).await?;
            migration::start_trial(&app, &actor, one.id).await?;
            work(&app, config).await?;
            print::show(&app, &actor, &one).await?;
        }
        MigrateCommand::Submit(one) => {
            let actor = acting(&app, &one.actor).await?;
            let done = migration::submit(&app, &actor, one.id).await?;
            println!("已送审 {} 篇，暂缓 {} 篇（原因见各页面）", done.submitted, done.held_back);
        }
        MigrateCommand::Live(one) => live(&app, config, &one).await?,
        MigrateCommand::Finish(one) => {
            let actor = acting(&app, &one.actor).await?;
            migration::finish(&app, &actor, one.id).await?;
            println!("迁移已完成，总数平衡");
        }
    }
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn live(app: &App, config: &Config, one: &MigrateOne) -> Result<(), Refusal> {
    let actor: Actor = acting(app, &one.actor).await?;
    let count = migration::go_live(app, &actor, one.id).await?;
    work(app, config).await?;
    println!("已上线，本平台答复 {count} 个旧地址");
    Ok(())
}

async fn report(app: &App, options: &MigrateReport) -> Result<(), Refusal> {
    let actor = acting(app, &options.actor).await?;
    let format = report_format(&options.output)
        .ok_or_else(|| Refusal::configuration("报告的文件名应以 .html 或 .xlsx 结尾。"))?;
    let file = migration::report_file(app, &actor, options.id, options.kind, format).await?;
    std::fs::write(&options.output, &file.bytes)
        .map_err(|error| Refusal::failure(format!("无法写入 {}：{error}。", options.output.display())))?;
    println!("已写入 {}", options.output.display());
    Ok(())
}

/// Runs waiting jobs here, so that the command ends when they are done, whether or not a node runs.
async fn work(app: &App, config: &Config) -> Result<(), Refusal> {
    worker::release_leases_of_the_dead(app).await?;
    worker::worker(app, config.workers).run_until_idle().await?;
    Ok(())
}
