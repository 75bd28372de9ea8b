//! `import documents`: brings in a file of JSON Lines through screening and review, and publishes what was admitted.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::ExitCode,
};

use app::{
    App,
    import::{ImportOptions, LineOutcome, import_documents},
};

use super::{acting, named};
use crate::{
    arguments::ImportDocuments,
    config::Config,
    instance::{self, Database},
    refusal::{Outcome, Refusal},
    worker,
};

mod progress;
mod rejects;

use progress::ImportProgress;
use rejects::Rejects;

/// Runs an import.
pub async fn run(config: &Config, options: ImportDocuments) -> Outcome {
    let (mut input, length) = open_input(&options.file)?;
    let app = instance::open(config, Database::MustExist).await?;
    let importer = acting(&app, &options.importer).await?;
    let mut reviewers = Vec::new();
    for login in &options.reviewed_by {
        reviewers.push(named(&app, login, "--reviewed-by").await?);
    }
    let mut rejects = options.rejects.as_deref().map(Rejects::create).transpose()?;
    let mut progress = ImportProgress::start(length);
    let import = ImportOptions {
        source_name: options.file.display().to_string(),
        site: options.site.clone(),
        column: options.column.clone(),
    };
    let mut on_line = |number: i64, text: &str, outcome: &LineOutcome| {
        progress.line(number, text, outcome);
        if let (LineOutcome::Rejected(reasons), Some(rejects)) = (outcome, &mut rejects) {
            rejects.add(number, text, reasons);
        }
    };
    let report = import_documents(&app, &importer, &reviewers, &import, &mut *input, &mut on_line).await?;
    progress.finish();
    if let Some(rejects) = rejects {
        rejects.close()?;
    }
    let word = if reviewers.is_empty() { "送审" } else { "入库" };
    println!("共 {} 条：{word} {}，已有 {}，退回 {}", report.lines, report.taken, report.unchanged, report.rejected);
    if report.rejected > 0
        && let Some(path) = &options.rejects
    {
        println!("退回的记录和原因见 {}", path.display());
    }
    if !options.no_publish {
        publish(&app, config).await?;
    }
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Runs waiting jobs here, so that the pages are there when the command ends, whether or not a node runs.
async fn publish(app: &App, config: &Config) -> Result<(), Refusal> {
    worker::release_leases_of_the_dead(app).await?;
    let attempts = worker::worker(app, config.workers).run_until_idle().await?;
    if attempts > 0 {
        println!("已办理 {attempts} 个发布任务");
    }
    Ok(())
}

fn open_input(path: &Path) -> Result<(Box<dyn BufRead + Send>, Option<u64>), Refusal> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(BufReader::new(std::io::stdin())), None));
    }
    let refuse = |error: std::io::Error| {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "文件不存在，请检查文件名".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有读取权限，请换一个账号或改文件权限".to_owned(),
            _ => error.to_string(),
        };
        Refusal::failure(format!("无法读取文件 {}：{why}。", path.display()))
    };
    let file = File::open(path).map_err(refuse)?;
    let metadata = file.metadata().map_err(refuse)?;
    if metadata.is_dir() {
        return Err(Refusal::failure(format!("{} 是目录，请给出文件。", path.display())));
    }
    Ok((Box::new(BufReader::new(file)), Some(metadata.len())))
}
