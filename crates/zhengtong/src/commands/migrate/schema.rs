//! `migrate`: the schema of this version, and the divisions and units every instance starts with.

use std::{process::ExitCode, sync::Arc};

use crate::{
    config::Config,
    instance::{self, Database},
    refusal::Outcome,
    system::SystemClock,
};

/// Migrates and seeds; says what was done.
pub async fn run(config: &Config) -> Outcome {
    let clock = Arc::new(SystemClock);
    let store = instance::connect(config, Database::MayBeNew, clock.clone()).await?;
    let applied = store.migrate().await?;
    for migration in &applied {
        println!("已升级 {:04}_{}", migration.version, migration.name);
    }
    let app = instance::join(config, store, clock)?;
    let seeded = app::unit::seed(&app).await?;
    if seeded.units > 0 {
        println!("已填入 {} 个区划、{} 个单位", seeded.divisions, seeded.units);
    }
    if applied.is_empty() && seeded.units == 0 {
        println!("数据库已是本版本，未作改动");
    }
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}
