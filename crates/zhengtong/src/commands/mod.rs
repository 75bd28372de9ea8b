//! One file per command.

mod answer;
mod check_templates;
mod code;
mod deadline;
mod demo;
mod doctor;
mod import;
mod migrate;
mod node;
mod route;
mod rules;
mod screen;
mod typed;
mod user;
mod verify;
mod workday;

use crate::{
    arguments::{Command, Import, Verify},
    config::Config,
    refusal::Outcome,
    roles::Roles,
};

/// Runs a command.
pub async fn run(command: Command, config: Config) -> Outcome {
    match command {
        Command::Serve => node::run(&config, Roles { serve: true, work: false }).await,
        Command::Work => node::run(&config, Roles { serve: false, work: true }).await,
        Command::All => node::run(&config, Roles { serve: true, work: true }).await,
        Command::Demo(demo) => demo::run(&config, &demo).await,
        Command::Migrate => migrate::run(&config).await,
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
