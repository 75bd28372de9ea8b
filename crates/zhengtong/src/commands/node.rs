//! `serve`, `work`, `all`.

use std::process::ExitCode;

use crate::{
    config::Config,
    instance::{self, Database},
    refusal::Outcome,
    roles::{self, Roles},
    shutdown,
};

/// Runs a node until it is told to end.
pub async fn run(config: &Config, roles: Roles) -> Outcome {
    let listener = if roles.serve { Some(roles::bind(config).await?) } else { None };
    let app = instance::open(config, Database::MayBeNew).await?;
    app::unit::seed(&app).await?;
    if roles.serve {
        eprintln!("政通已启动：{}（后台 {}/console）", config.public_url, config.public_url);
    }
    roles::run(app, config, listener, roles, shutdown::token()?).await?;
    Ok(ExitCode::SUCCESS)
}
