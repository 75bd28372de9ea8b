//! One file per command.

mod answer;
mod check_templates;
mod code;
mod deadline;
mod demo;
mod doctor;
mod extract;
mod import;
mod migrate;
mod node;
mod route;
mod rules;
mod screen;
mod typed;
mod user;
mod verify;
mod walk;
mod workday;

use app::App;
use domain::actor::{Actor, Origin};

use crate::{
    arguments::{Command, Import, Verify},
    config::Config,
    refusal::{Outcome, Refusal},
    roles::Roles,
};

/// Runs a command.
pub async fn run(command: Command, config: Config) -> Outcome {
    match command {
        Command::Serve => node::run(&config, Roles { serve: true, work: false }).await,
        Command::Work => node::run(&config, Roles { serve: false, work: true }).await,
        Command::All => node::run(&config, Roles { serve: true, work: true }).await,
        Command::Demo(demo) => demo::run(&config, &demo).await,
        Command::Migrate(options) => migrate::run(&config, options.command).await,
        Command::Extract(options) => extract::run(&config, options).await,
        Command::User(user) => user::run(&config, user).await,
        Command::Import(Import::Documents(options)) => import::run(&config, options).await,
        Command::Verify(Verify::Library) => verify::library(&config).await,
        Command::Verify(Verify::Audit) => verify::audit(&config).await,
        Command::Workday(workday) => workday::run(&config, workday).await,
        Command::Deadline(deadline) => deadline::run(&config, deadline).await,
        Command::Code(code) => code::run(code),
        Command::Route(route) => route::run(&config, route).await,
        Command::Rules(rules) => rules::run(&config, rules).await,
        Command::Screen(screen) => screen::run(screen),
        Command::CheckTemplates => check_templates::run(&config),
        Command::Doctor => doctor::run(&config).await,
    }
}

/// The person in whose name a command acts, by the login of `--as`.
async fn acting(app: &App, login: &str) -> Result<Actor, Refusal> {
    named(app, login, "--as").await
}

/// The person that an option names.
async fn named(app: &App, login: &str, option: &str) -> Result<Actor, Refusal> {
    app::session::actor_for_login(app, login, Origin::command()).await.map_err(|error| match error {
        app::AppError::NotFound(what) => Refusal::failure(format!("没有{what}，请检查 {option}。")),
        other => other.into(),
    })
}
