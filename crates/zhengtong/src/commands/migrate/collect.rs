//! `migrate start` and `migrate collect`: reading the old site.

use std::path::{Path, PathBuf};

use app::{
    App,
    migration::{self, InstanceToken, NewMigration},
};
use domain::{
    actor::Actor,
    ids::{MigrationId, SiteId},
    migration::SourceKind,
};

use super::{files, print, work};
use crate::{
    arguments::{MigrateCollect, MigrateOne, MigrateStart},
    commands::acting,
    config::Config,
    refusal::Refusal,
};

/// Begins a migration and collects; what is on this machine is read here, what is on the web by the platform's worker.
pub async fn start(app: &App, config: &Config, options: MigrateStart) -> Result<(), Refusal> {
    let actor = acting(app, &options.actor).await?;
    let site = site(app, &actor, &options.site).await?;
    let live = options.source.contains("://");
    let token = options.token_file.as_deref().map(token).transpose()?;
    let kind = match (&token, live) {
        (Some(_), _) => SourceKind::Instance,
        (None, true) => SourceKind::Site,
        (None, false) if existing(&options.source)?.is_dir() => SourceKind::Folder,
        (None, false) => SourceKind::File,
    };
    let address = match (&options.address, live) {
        (Some(address), _) => address.clone(),
        (None, true) => options.source.clone(),
        (None, false) => {
            return Err(Refusal::configuration("来源是文件或文件夹时，请用 --address 写明旧网站的网址。"));
        }
    };
    let local = (kind != SourceKind::Site).then(|| options.source.clone());
    let new = NewMigration {
        name: options.name,
        kind: Some(kind),
        address,
        more_hosts: options.hosts,
        max_pages: options.max_pages,
        delay: options.delay,
        ignore_robots: options.ignore_robots,
        file: None,
        local,
    };
    let begun = migration::create(app, &actor, site, new).await?;
    println!("编号：{}", begun.id);
    read(app, config, &actor, begun.id, &options.source, kind, token).await?;
    print::show(app, &actor, &MigrateOne { id: begun.id, actor: options.actor, json: false }).await
}

/// Goes on where collecting was broken off, or collects what changed since.
pub async fn again(app: &App, config: &Config, options: MigrateCollect) -> Result<(), Refusal> {
    let actor = acting(app, &options.actor).await?;
    let before = migration::show(app, &actor, options.id).await?.row.migration;
    let kind = before.source.kind;
    let token = options.token_file.as_deref().map(token).transpose()?;
    let source = options.source.or(before.source.file_name.clone()).unwrap_or_default();
    let here = kind != SourceKind::Site && before.source.file_hash.is_none();
    if !here {
        use domain::migration::MigrationState::{Collecting, Reading, Trying};
        match before.state {
            Collecting | Reading | Trying => migration::resume(app, &actor, options.id).await?,
            _ => migration::collect_again(app, &actor, options.id).await?,
        }
    }
    read(app, config, &actor, options.id, &source, if here { kind } else { SourceKind::Site }, token).await?;
    print::show(app, &actor, &MigrateOne { id: options.id, actor: options.actor, json: false }).await
}

async fn read(
    app: &App,
    config: &Config,
    actor: &Actor,
    id: MigrationId,
    source: &str,
    kind: SourceKind,
    token: Option<InstanceToken>,
) -> Result<(), Refusal> {
    match kind {
        SourceKind::Site => work(app, config).await,
        SourceKind::Instance => {
            let token = token.ok_or_else(|| {
                Refusal::configuration("来源是另一套政通平台时，请用 --token-file 给出它的接口令牌。")
            })?;
            Ok(migration::collect_instance(app, actor, id, source, &token).await?)
        }
        SourceKind::File | SourceKind::Folder => {
            let path = existing(source)?;
            let address = migration::show(app, actor, id).await?.row.migration.source.address;
            files::open_check(&path)?;
            Ok(migration::collect_local(app, actor, id, move |pour| files::pour(&path, &address, pour)).await?)
        }
    }
}

fn existing(source: &str) -> Result<PathBuf, Refusal> {
    let path = PathBuf::from(source);
    match path.exists() {
        true => Ok(path),
        false => Err(Refusal::configuration(format!("“{source}”不存在，请核对文件或文件夹的位置。"))),
    }
}

fn token(path: &Path) -> Result<InstanceToken, Refusal> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Refusal::configuration(format!("令牌文件 {} 无法读取：{error}。", path.display())))?;
    Ok(InstanceToken(text.trim().to_owned()))
}

async fn site(app: &App, actor: &Actor, text: &str) -> Result<SiteId, Refusal> {
    let places = migration::places(app, actor).await?;
    let named = |site: &&domain::site::Site| {
        site.slug == text || site.site_code.as_ref().is_some_and(|code| code.to_string().eq_ignore_ascii_case(text))
    };
    places.iter().find(named).map(|site| site.id).ok_or_else(|| {
        Refusal::failure(format!("没有标识码或代号为“{text}”的网站，或该账号不能向它迁移。请检查 --site 和 --as。"))
    })
}
