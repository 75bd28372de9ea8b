//! Collecting from another instance of this platform (另一套政通平台), through its open interface: articles with all their
//! fields, their files, the addresses at which they stand. Called by the command line, because the token of the other
//! platform is kept nowhere.

use std::collections::BTreeMap;

use domain::{actor::Actor, ids::MigrationId, migration::Migration};
use fetch::{Ask, Url};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    collect::{collected, stopping},
    keep::{Captured, keep},
    local::begin_here,
    reading::RECORD_MEDIA,
    record::KeptRecord,
};
use crate::{App, AppError, AppResult};

/// Resources kept in one transaction.
const HANDFUL: usize = 16;
/// Changes asked for at once.
const PAGE: u64 = 500;
/// Bytes of one answer of the interface.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A token of the other platform, with `library:read` and `library:changes`.
#[derive(Clone)]
pub struct InstanceToken(pub String);

#[derive(Deserialize)]
struct Changes {
    changes: Vec<Change>,
    next: i64,
    more: bool,
}

#[derive(Deserialize)]
struct Change {
    resource: String,
}

#[derive(Deserialize)]
struct Resource {
    id: String,
    recalled: bool,
    unit: Named,
    page_path: String,
    first_published_at: Option<String>,
    content: Option<Content>,
    attachments: Vec<File>,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Content {
    title: String,
    body: String,
    elements: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct File {
    id: String,
    name: String,
    media_type: String,
    inline: bool,
    path: String,
}

#[derive(Deserialize)]
struct Place {
    domain: String,
    column: String,
}

/// Collects what stands on the site that the migration names, reads and assesses it. `interface` is the address of the
/// other platform, e.g. `https://www.example.gov.cn/`. A migration that was collected before begins a new round.
///
/// # Errors
/// [`AppError::Conflict`] when the other platform refuses or does not answer: what it says, and what to do.
pub async fn collect_instance(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    interface: &str,
    token: &InstanceToken,
) -> AppResult<()> {
    let interface = Url::parse(interface)
        .map_err(|_| AppError::Conflict(format!("另一平台的网址“{interface}”无效，应以 http:// 或 https:// 开头。")))?;
    let migration = begin_here(app, actor, id).await?;
    let outcome = take(app, &migration, &interface, token).await;
    collected(app, id, outcome).await
}

async fn take(app: &App, migration: &Migration, interface: &Url, token: &InstanceToken) -> AppResult<()> {
    let mut resources: Vec<String> = Vec::new();
    let mut since = 0;
    loop {
        let path = format!("api/v1/changes?since={since}&limit={PAGE}");
        let page: Changes = ask(app, interface, &path, token).await.map_err(|error| match error {
            AppError::NotFound(_) => AppError::Conflict(format!(
                "{interface} 没有政通的开放接口：请填写另一平台的管理网址，不是它的网站的网址。"
            )),
            other => other,
        })?;
        resources.extend(page.changes.into_iter().map(|change| change.resource));
        if !page.more || page.next <= since {
            break;
        }
        since = page.next;
    }
    resources.sort_unstable();
    resources.dedup();
    for handful in resources.chunks(HANDFUL) {
        let mut captured = Vec::new();
        for resource in handful {
            let path = format!("api/v1/resources/{resource}");
            let found: Resource = match ask(app, interface, &path, token).await {
                Ok(found) => found,
                Err(AppError::NotFound(_)) => continue,
                Err(error) => return Err(error),
            };
            captured.extend(captures(app, migration, found).await?);
        }
        keep(app, migration, captured).await?;
        if stopping(app, migration.id).await? {
            break;
        }
    }
    Ok(())
}

/// The article with its files, when it stands on one of the hosts that move.
async fn captures(app: &App, migration: &Migration, found: Resource) -> AppResult<Vec<Captured>> {
    let Some(place) = found.places.iter().find(|place| migration.hosts.contains(&place.domain)) else {
        return Ok(Vec::new());
    };
    let (Some(content), false) = (found.content, found.recalled) else { return Ok(Vec::new()) };
    let scheme = if migration.source.address.starts_with("https:") { "https" } else { "http" };
    let at = |path: &str| format!("{scheme}://{}/{}", place.domain, path.trim_start_matches('/'));
    let mut html = content.body;
    let mut captured = Vec::new();
    let mut attachments = Vec::new();
    for file in &found.attachments {
        let address = at(&file.path);
        html = html.replace(&format!("attachment:{}", file.id), &address);
        if !file.inline {
            attachments.push((address.clone(), file.name.clone()));
        }
        captured.push(file_at(app, address, file).await);
    }
    let text = |name: &str| content.elements.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let words = content.elements.get("keywords").and_then(|value| value.as_array());
    let record = KeptRecord {
        title: content.title,
        subtitle: text("subtitle"),
        published: text("published_on").and_then(civil).or(found.first_published_at),
        source: text("source").or(Some(found.unit.name)),
        author: text("author"),
        document_number: text("document_number"),
        index_number: text("index_number"),
        organ: text("issuer"),
        validity: text("validity")
            .and_then(|word| domain::element::Validity::parse(&word).map(|validity| validity.chinese().to_owned())),
        written_on: text("written_on"),
        column: place.column.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        summary: text("summary"),
        keywords: words.into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
        html: Some(html),
        attachments,
        ..KeptRecord::default()
    };
    captured.insert(
        0,
        Captured {
            address: at(&found.page_path),
            media_type: Some(RECORD_MEDIA.to_owned()),
            body: Some(serde_json::to_vec(&record).map_err(AppError::internal)?.into()),
            referrer: Some(found.id),
            collected_at: Some(app.now()),
            ..Captured::default()
        },
    );
    Ok(captured)
}

/// The moment as records write it: civil time of Beijing.
fn civil(instant: String) -> Option<String> {
    instant.parse::<jiff::Timestamp>().ok().map(domain::time::beijing_minutes)
}

async fn file_at(app: &App, address: String, file: &File) -> Captured {
    let one = Captured { address: address.clone(), media_type: Some(file.media_type.clone()), ..Captured::default() };
    let Ok(url) = Url::parse(&address) else { return one };
    match app.fetch.fetch(Ask::get(url)).await {
        Ok(fetched) if fetched.succeeded() && fetched.truncated.is_none() => Captured {
            status: Some(fetched.status),
            collected_at: Some(fetched.started),
            body: Some(fetched.body),
            ..one
        },
        Ok(fetched) => Captured { fault: Some(format!("另一平台答复 {}。", fetched.status)), ..one },
        Err(error) => Captured { fault: Some(format!("没有取到：{error}")), ..one },
    }
}

async fn ask<T: DeserializeOwned>(app: &App, interface: &Url, path: &str, token: &InstanceToken) -> AppResult<T> {
    let address = interface.join(path).map_err(AppError::internal)?;
    let ask = Ask {
        bearer: Some(token.0.clone()),
        redirects: Some(0),
        max_bytes: Some(MOST_BYTES),
        ..Ask::get(address.clone())
    };
    let answer =
        app.fetch.fetch(ask).await.map_err(|error| AppError::Conflict(format!("另一平台没有答复：{error}")))?;
    match answer.status {
        200 if answer.truncated.is_none() => serde_json::from_slice(&answer.body).map_err(|error| {
            AppError::Conflict(format!("{address} 的答复不是本平台接口的格式（{error}），请核对网址和版本。"))
        }),
        404 => Err(AppError::NotFound("信息".into())),
        401 => Err(AppError::Conflict("另一平台不接受这个令牌，请核对令牌是否有效。".into())),
        403 => Err(AppError::Conflict("令牌没有 library:read 和 library:changes 权限，请在另一平台重新签发。".into())),
        status => Err(AppError::Conflict(format!("另一平台答复 {status}，请稍后再试。"))),
    }
}
