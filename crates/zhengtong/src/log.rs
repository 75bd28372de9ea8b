//! Logs: text for people at a terminal, JSON for collectors. Only ids, counts and states; never personal data.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::{EnvFilter, fmt};

use crate::{arguments::Command, config::LogFormat};

/// Starts logging to standard error. `RUST_LOG` decides what is logged; without it, servers log what they do and
/// commands only what is wrong.
pub fn start(format: LogFormat, command: &Command) {
    let default = if command.stays() { "info,sqlx=warn,sea_orm=warn,tower_http=warn" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let json = match format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => command.stays() && !stderr().is_terminal(),
    };
    let builder = fmt().with_env_filter(filter).with_writer(stderr);
    // A second subscriber cannot be there: this is called once, first.
    let _ = if json {
        builder.json().flatten_event(true).with_span_list(false).try_init()
    } else {
        builder.with_target(false).with_ansi(stderr().is_terminal()).try_init()
    };
}
