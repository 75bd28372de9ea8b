//! What every page of a migration shows above its own content, and how its buttons answer.

use app::{AppError, migration::MigrationView};
use domain::{ids::MigrationId, migration::MigrationState};
use serde_json::{Value, json};

use crate::{Page, WebResult, flash::Flash};

/// Path of a migration.
pub fn path_of(id: MigrationId) -> String {
    format!("/console/migrations/{id}")
}

/// The migration with its head and tabs.
pub async fn head(page: &Page, id: MigrationId) -> Result<(MigrationView, Value), AppError> {
    let view = app::migration::show(page.app(), &page.actor, id).await?;
    let head = head_of(&view);
    Ok((view, head))
}

/// A migration as heads and lists show it.
pub fn head_of(view: &MigrationView) -> Value {
    let migration = &view.row.migration;
    let mut head = line(migration);
    let path = path_of(migration.id);
    let tab =
        |key: &str, label: &str, below: &str| json!({ "key": key, "label": label, "path": format!("{path}{below}") });
    let mut tabs =
        vec![tab("show", "概况", ""), tab("columns", "栏目对应", "/columns"), tab("pages", "旧页面", "/pages")];
    tabs.push(tab("learn", "识别规则", "/learn"));
    tabs.push(tab("trial", "核对与抽查", "/trial"));
    tabs.push(tab("review", "批量审核", "/review"));
    tabs.push(tab("addresses", "旧地址", "/addresses"));
    if let Value::Object(fields) = &mut head {
        fields.insert("tabs".into(), Value::Array(tabs));
        fields.insert("site_name".into(), json!(view.row.site_name));
        fields.insert("unit_name".into(), json!(view.row.unit_name));
        fields.insert("may_run".into(), json!(view.may_run));
        fields.insert("may_go_live".into(), json!(view.may_go_live));
        fields.insert("may_map".into(), json!(view.may_run && migration.state.may_map()));
    }
    head
}

/// A migration in one line.
pub fn line(migration: &domain::migration::Migration) -> Value {
    let running = migration.state.is_running();
    let stands = running && migration.fault.is_some();
    let state_name = match (stands, running && migration.stopping) {
        (true, _) => "已停下",
        (false, true) => "正在暂停",
        (false, false) => migration.state.chinese(),
    };
    json!({
        "id": migration.id,
        "path": path_of(migration.id),
        "name": migration.name,
        "state": migration.state,
        "state_name": state_name,
        "colour": if stands { "failed" } else { colour(migration.state) },
        "running": running,
        "stands": stands,
        "working": running && !stands,
        "stopping": migration.stopping,
        "fault": migration.fault,
        "round": migration.round,
        "address": migration.source.address,
        "source": migration.source.kind.chinese(),
        "created_at": migration.created_at,
        "live_at": migration.live_at,
        "completed_at": migration.completed_at,
    })
}

/// The word of `ui.status` whose colour fits.
fn colour(state: MigrationState) -> &'static str {
    match state {
        MigrationState::Collecting | MigrationState::Reading | MigrationState::Trying => "running",
        MigrationState::Mapping | MigrationState::Tried => "open",
        MigrationState::Reviewing => "in_review",
        MigrationState::Live => "live",
        MigrationState::Completed => "done",
        MigrationState::Abandoned => "retired",
    }
}

/// The end of a button: done, or refused in words that people read where they pressed it.
pub fn answer<T>(page: &Page, to: &str, done: Result<T, AppError>, message: impl FnOnce(T) -> Flash) -> WebResult {
    match done {
        Ok(value) => page.redirect(to, message(value)),
        Err(AppError::Conflict(message)) => page.redirect(to, Flash::danger(message)),
        Err(error @ AppError::Invalid(_)) => page.redirect(to, Flash::danger(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// Name of an old column.
pub fn column_name(key: &str) -> &str {
    if key.is_empty() { "（未识别栏目）" } else { key }
}

/// The title; a file that has none goes by its name in the address.
pub fn title_or_name<'a>(title: &'a str, address: &'a str) -> &'a str {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    let name = path.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    if title.is_empty() && name.contains('.') { name } else { title }
}

#[cfg(test)]
mod tests {
    use super::title_or_name;

    #[test]
    fn a_file_without_a_title_goes_by_its_name() {
        let table = [
            ("", "http://old.example/uploadfile/1.docx?x=/a.b", "1.docx"),
            ("", "/uploadfile/1.docx", "1.docx"),
            ("", "http://old.example", ""),
            ("", "http://old.example/list/", ""),
            ("标题", "/a.htm", "标题"),
        ];
        for (title, address, shown) in table {
            assert_eq!(title_or_name(title, address), shown, "{address}");
        }
    }
}
