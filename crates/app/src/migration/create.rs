//! Beginning a migration (新建迁移).

use bytes::Bytes;
use domain::{
    actor::Actor,
    ids::SiteId,
    migration::{Migration, MigrationState, Source, SourceKind},
    problem::FieldProblem,
};
use jobs::EnqueueOptions;
use policy::{Action, Target};

use super::{address::read_address, collect::CollectMigration};
use crate::{App, AppError, AppResult, authorise, record};

/// The form, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewMigration {
    /// What people call it; blank = named after the site.
    pub name: String,
    /// Kind of source.
    pub kind: Option<SourceKind>,
    /// Address of the old site.
    pub address: String,
    /// Names of further hosts, separated by blanks or commas.
    pub more_hosts: String,
    /// Most pages that are fetched; blank = 20,000.
    pub max_pages: String,
    /// Milliseconds between two requests; blank = 500.
    pub delay: String,
    /// The office says that its own `robots.txt` need not be heeded.
    pub ignore_robots: bool,
    /// A file that was handed over, with its name.
    pub file: Option<(String, Bytes)>,
    /// A folder or file on the machine of the operator: named for the record, read by the command itself.
    pub local: Option<String>,
}

/// Pages that one migration fetches at most.
const MOST_PAGES: u64 = 1_000_000;

/// Begins a migration into a site; the platform begins to collect at once, unless the command line does.
///
/// # Errors
/// [`AppError::Invalid`] with one entry per wrong field; [`AppError::NotFound`] for another office's site.
pub async fn create(app: &App, actor: &Actor, site: SiteId, new: NewMigration) -> AppResult<Migration> {
    let read = app.store.read();
    let absent = || AppError::NotFound("网站".into());
    let site = store::site::by_id(&read, site).await?.ok_or_else(absent)?;
    let unit = store::unit::by_id(&read, site.sponsor).await?.ok_or_else(absent)?;
    let target = Target::Unit { path: &unit.path };
    authorise::visible(app, actor, Action::MigrationRead, &target, "网站")?;
    authorise::require(app, actor, Action::MigrationRun, &target)?;
    let (source, hosts) = checked(&new)?;
    let source = match &new.file {
        Some((name, bytes)) => stored(app, source, name, bytes.clone()).await?,
        None => source,
    };
    let name = match new.name.trim() {
        "" => format!("{}旧站迁移", site.name),
        name => name.to_owned(),
    };
    let here = new.local.is_some();
    let (source, hosts, name, unit) = (&source, &hosts, &name, &unit);
    app.store
        .write(|tx| async move {
            let migration = Migration {
                id: tx.ids().fresh(),
                unit: unit.id,
                site: site.id,
                name: name.clone(),
                source: source.clone(),
                hosts: hosts.clone(),
                state: MigrationState::Collecting,
                round: 1,
                rules: None,
                stopping: false,
                fault: None,
                started_by: actor.person,
                created_at: tx.now(),
                live_at: None,
                completed_at: None,
                lock_version: 1,
            };
            store::migration::project::insert(&tx, &migration).await?;
            if !here {
                let job = CollectMigration { migration: migration.id };
                jobs::enqueue(&tx, &job, EnqueueOptions::default()).await?;
            }
            record::event("migration.create", migration.id, &migration.name)
                .unit(unit.id)
                .after(&migration)
                .write(&tx, Some(actor))
                .await?;
            Ok(migration)
        })
        .await
}

fn checked(new: &NewMigration) -> AppResult<(Source, Vec<String>)> {
    let mut problems = Vec::new();
    if new.name.chars().count() > 80 {
        problems.push(FieldProblem::new("name", "名称请控制在 80 字以内。"));
    }
    let mut number = |field: &str, text: &str, default: u64, (least, most): (u64, u64)| match text.trim() {
        "" => default,
        text => match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                problems.push(FieldProblem::new(field, format!("请填写 {least} 到 {most} 之间的整数。")));
                default
            }
        },
    };
    let max_pages = number("max_pages", &new.max_pages, 20_000, (1, MOST_PAGES));
    let delay = number("delay", &new.delay, 500, (0, 60_000));
    let kind = new.kind.unwrap_or(if new.file.is_some() { SourceKind::File } else { SourceKind::Site });
    let address = read_address(&new.address);
    if let Err(message) = &address {
        problems.push(FieldProblem::new("address", message.clone()));
    }
    if kind == SourceKind::File && new.file.is_none() && new.local.is_none() {
        problems.push(FieldProblem::new(
            "file",
            "请选择旧站的数据文件（WARC、ZIP、JSON、CSV、XLSX 或 WordPress 导出文件）。",
        ));
    }
    let mut more_hosts: Vec<String> = Vec::new();
    for host in
        new.more_hosts.split([' ', ',', '，', '、', ';', '；', '\n', '\r', '\t']).filter(|host| !host.is_empty())
    {
        match read_address(&format!("http://{host}/")) {
            Ok(address) if address.path == "/" => more_hosts.push(address.host),
            Ok(_) | Err(_) => problems.push(FieldProblem::new("more_hosts", format!("“{host}”不是有效的域名。"))),
        }
    }
    let Ok(address) = address else { return Err(AppError::Invalid(problems)) };
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hosts = std::iter::once(address.host).chain(more_hosts.iter().cloned()).collect();
    let file_name = new.file.as_ref().map(|(name, _)| name.clone()).or_else(|| new.local.clone());
    let source = Source {
        kind,
        address: address.text,
        file_name,
        file_hash: None,
        max_pages,
        delay,
        more_hosts,
        ignore_robots: new.ignore_robots,
    };
    Ok((source, hosts))
}

async fn stored(app: &App, source: Source, name: &str, bytes: Bytes) -> AppResult<Source> {
    let head = bytes.get(..bytes.len().min(extract::source::DETECTION_BYTES)).unwrap_or_default();
    if extract::source::detect(head, name).is_none() {
        return Err(AppError::invalid(
            "file",
            format!(
                "无法识别“{name}”。可导入：WARC、ZIP（保存的网页）、JSON Lines、CSV、XLSX、WordPress 导出文件、MHTML。"
            ),
        ));
    }
    let hash = app.files.put(bytes).await?;
    Ok(Source { file_hash: Some(hash), ..source })
}
