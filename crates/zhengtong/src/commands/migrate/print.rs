//! Migrations for people and for programs.

use app::{
    App,
    migration::{self, MigrationRow},
};
use domain::{actor::Actor, migration::Fate};
use serde_json::json;

use crate::{
    arguments::MigrateOne,
    commands::answer::{print_json, print_text},
    refusal::Refusal,
};

/// One line each.
pub fn list(rows: &[MigrationRow], json: bool) -> Result<(), Refusal> {
    if json {
        return rows.iter().try_for_each(print_json);
    }
    if rows.is_empty() {
        return print_text("没有网站迁移。");
    }
    for row in rows {
        let one = &row.migration;
        print_text(&format!(
            "{}  {}  {}  {} 个地址  {}",
            one.id,
            one.state.chinese(),
            row.site_name,
            row.pages,
            one.name
        ))?;
    }
    Ok(())
}

/// Where a migration stands: its state, its sums, what stands in the way.
pub async fn show(app: &App, actor: &Actor, one: &MigrateOne) -> Result<(), Refusal> {
    let view = migration::show(app, actor, one.id).await?;
    let hurdles = migration::hurdles(app, actor, one.id).await?;
    let migration = &view.row.migration;
    let balance = &view.balance;
    if one.json {
        return print_json(
            &json!({ "migration": migration, "site": view.row.site_name, "balance": balance, "hurdles": hurdles }),
        );
    }
    print_text(&format!(
        "{}：{}，第 {} 次采集，共 {} 个地址",
        migration.name,
        migration.state.chinese(),
        migration.round,
        balance.total
    ))?;
    if let Some(fault) = &migration.fault {
        print_text(&format!("停在这里：{fault}"))?;
    }
    for (kind, count) in balance.kinds() {
        print_text(&format!("  {}  {count}", kind.chinese()))?;
    }
    let fates: Vec<String> =
        Fate::ALL.into_iter().map(|fate| format!("{} {}", fate.chinese(), balance.of(fate))).collect();
    print_text(&format!("去向：{}", fates.join("，")))?;
    for hurdle in hurdles {
        print_text(&format!("上线前：{hurdle}"))?;
    }
    Ok(())
}
