//! `verify library`, `verify audit`: proofs that anybody may ask for at any time.

use std::process::ExitCode;

use crate::{
    config::Config,
    instance::{self, Database},
    refusal::Outcome,
};

/// Proves 先入库，后使用.
pub async fn library(config: &Config) -> Outcome {
    let app = instance::open(config, Database::MustExist).await?;
    let mut pages = 0;
    let exceptions = app::release::verify(&app, |site, count| {
        pages += count;
        eprintln!("核对 {site}：{count} 个页面和文件");
    })
    .await?;
    for exception in &exceptions {
        println!("✗ {exception}");
    }
    app.store.close().await;
    if exceptions.is_empty() {
        println!("✓ 全部 {pages} 个页面和文件都来自经过审核、已入库的版本");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} 处例外", exceptions.len());
    Ok(ExitCode::FAILURE)
}

/// Proves that the audit chain is whole.
pub async fn audit(config: &Config) -> Outcome {
    let app = instance::open(config, Database::MustExist).await?;
    let proof = app::audit::verify(&app).await?;
    for found in &proof.breaks {
        println!("✗ 第 {} 条：{}", found.number, found.problem);
    }
    app.store.close().await;
    if proof.breaks.is_empty() {
        println!("✓ 审计记录完整：{} 条，链头 {}", proof.events, proof.head);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} 处断裂", proof.breaks.len());
    Ok(ExitCode::FAILURE)
}
