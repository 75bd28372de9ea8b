//! `migrate map`: the columns as a table.

use std::io::Write;

use app::{App, AppError, migration};

use crate::{arguments::MigrateMap, commands::acting, refusal::Refusal};

/// Prints the table, or decides as a table says. Lines that are wrong are told on standard error; then nothing changes.
pub async fn run(app: &App, options: &MigrateMap) -> Result<(), Refusal> {
    let actor = acting(app, &options.actor).await?;
    let changed = match &options.file {
        _ if options.accept => migration::accept_proposals(app, &actor, options.id).await,
        None => {
            let table = migration::mapping_table(app, &actor, options.id).await?;
            return std::io::stdout()
                .write_all(&table)
                .map_err(|error| Refusal::failure(format!("无法写出栏目对应表：{error}。")));
        }
        Some(path) => {
            let table = std::fs::read(path)
                .map_err(|error| Refusal::configuration(format!("{} 无法读取：{error}。", path.display())))?;
            migration::map_from_table(app, &actor, options.id, &table).await
        }
    };
    match changed {
        Ok(changed) => {
            println!("栏目对应已设定，{changed} 个页面的去向有变化");
            Ok(())
        }
        Err(AppError::Invalid(problems)) => {
            for problem in &problems {
                eprintln!("{}", problem.message);
            }
            Err(Refusal::failure("栏目对应表有误，没有作任何改动，请改正后再试。"))
        }
        Err(error) => Err(error.into()),
    }
}
