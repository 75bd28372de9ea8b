//! 政通: the binary. Configuration, wiring and commands; no rule of the platform lives here.
//!
//! [`arguments`] (what may be typed) → [`config`] (defaults ← file ← environment ← options) → [`instance`] (clock,
//! database, files, engines joined into an `App`) → one file per command in [`commands`].

mod arguments;
mod commands;
mod config;
mod doctor;
mod instance;
mod knowledge;
mod log;
mod refusal;
mod roles;
mod rule_book;
mod shutdown;
mod system;
mod worker;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    arguments::Arguments,
    config::Config,
    refusal::{Outcome, Refusal},
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return arguments::explain(&error),
    };
    match start(arguments) {
        Ok(code) => code,
        Err(refusal) => {
            eprintln!("zhengtong：{}", refusal.message());
            ExitCode::from(refusal.code())
        }
    }
}

fn start(arguments: Arguments) -> Outcome {
    let config = Config::load(&arguments.options)?;
    log::start(config.log_format, &arguments.command);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::failure(format!("无法启动运行环境：{error}")))?;
    let outcome = runtime.block_on(commands::run(arguments.command, config));
    // A blocking read of standard input must not hold up the end of the process.
    runtime.shutdown_background();
    outcome
}
