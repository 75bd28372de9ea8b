//! `doctor`: looks at everything an operator can get wrong, and says what to do about each thing.

use std::{process::ExitCode, sync::Arc};

use crate::{
    config::Config,
    doctor::{self, Findings},
    instance::{self, Database},
    refusal::Outcome,
    system::SystemClock,
};

/// Prints one line per check; exit code 1 when anything is wrong.
pub async fn run(config: &Config) -> Outcome {
    let mut findings = Findings::default();
    doctor::configuration(config, &mut findings);
    doctor::theme(config, &mut findings);
    doctor::rules(config, &mut findings);
    doctor::files(config, &mut findings).await;
    doctor::space(config, &mut findings);
    let clock = Arc::new(SystemClock);
    match instance::connect(config, Database::MustExist, clock.clone()).await {
        Err(refusal) => findings.wrong("数据库", refusal.message()),
        Ok(store) => {
            if doctor::database(&store, &mut findings).await {
                match instance::join(config, store.clone(), clock) {
                    Ok(app) => doctor::instance(&app, &mut findings).await,
                    Err(refusal) => findings.wrong("装配", refusal.message()),
                }
            }
            store.close().await;
        }
    }
    println!();
    match findings.count_wrong() {
        0 => {
            println!("没有发现问题");
            Ok(ExitCode::SUCCESS)
        }
        count => {
            println!("{count} 项需要处理");
            Ok(ExitCode::FAILURE)
        }
    }
}
