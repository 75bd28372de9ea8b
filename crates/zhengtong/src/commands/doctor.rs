use crate::{config::Config, refusal::Outcome};
pub async fn run(_config: &Config) -> Outcome { Ok(std::process::ExitCode::SUCCESS) }
