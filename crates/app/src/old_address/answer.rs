//! What an old address answers now: worked out when it is asked, because a resource may have been moved or recalled since.

use bytes::Bytes;
use domain::{
    ids::{OldAddressId, ResourceId, SiteId},
    time::beijing_date,
};
use jiff::civil::Date;
use store::old_address::{OldAddress, OldAnswer};

use crate::{App, AppResult, migration::address::canonical};

/// The answer to somebody who followed an old link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 301 to a path inside the site, as it stands in its route table.
    Moved {
        /// Whose visits are counted.
        id: OldAddressId,
        /// The site.
        site: SiteId,
        /// `content/2026-11/1.html`; empty = the home page.
        path: String,
    },
    /// The archived original, as a page without scripts.
    ArchivedPage {
        /// Whose visits are counted.
        id: OldAddressId,
        /// Title of the old page.
        title: String,
        /// Its text, clean.
        html: String,
        /// Day on which the original was collected.
        day: Option<Date>,
        /// The old address.
        address: String,
    },
    /// The archived original of a file.
    ArchivedFile {
        /// Whose visits are counted.
        id: OldAddressId,
        /// Name of the file.
        name: String,
        /// Media type.
        media_type: String,
        /// Its bytes.
        bytes: Bytes,
    },
    /// 410 with the reason.
    Gone {
        /// Whose visits are counted.
        id: OldAddressId,
        /// Title of the old page.
        title: String,
        /// Why, in plain Chinese.
        reason: String,
    },
}

impl Answer {
    /// Whose visits are counted.
    pub fn id(&self) -> OldAddressId {
        match self {
            Self::Moved { id, .. }
            | Self::ArchivedPage { id, .. }
            | Self::ArchivedFile { id, .. }
            | Self::Gone { id, .. } => *id,
        }
    }
}

/// Hosts of which addresses were taken over, with the site that answers.
pub async fn hosts(app: &App) -> AppResult<Vec<(String, SiteId)>> {
    Ok(store::migration::project::live_hosts(&app.store.read()).await?)
}

/// The answer for a path with query (percent-encoded, as it was asked) at a host; `None` when it was never an address
/// of an old site. `site` is the one whose domain the host is, if it is one's: nobody else answers there.
pub async fn answer(app: &App, host: &str, path_and_query: &str, site: Option<SiteId>) -> AppResult<Option<Answer>> {
    let Some(asked) = canonical(&format!("http://{host}{path_and_query}")) else { return Ok(None) };
    let Some(known) = store::old_address::find(&app.store.read(), &asked.host, &asked.path).await? else {
        return Ok(None);
    };
    if site.is_some_and(|site| site != known.site) {
        return Ok(None);
    }
    match &known.answer {
        OldAnswer::Resource(resource, file) => resource_now(app, &known, *resource, file.as_deref()).await.map(Some),
        OldAnswer::Column(column) => {
            let column = match column {
                Some(column) => store::column::by_id(&app.store.read(), *column).await?.filter(|column| column.active),
                None => None,
            };
            let path = column.map(|column| format!("{}/", column.path)).unwrap_or_default();
            Ok(Some(Answer::Moved { id: known.id, site: known.site, path }))
        }
        OldAnswer::Archived(hash, media_type) => archived(app, &known, hash, media_type).await.map(Some),
        OldAnswer::Gone => Ok(Some(gone(&known, known.reason.clone()))),
    }
}

fn gone(known: &OldAddress, reason: String) -> Answer {
    Answer::Gone { id: known.id, title: known.title.clone(), reason }
}

/// Where a resource stands now; a recalled one is gone.
async fn resource_now(app: &App, known: &OldAddress, resource: ResourceId, file: Option<&str>) -> AppResult<Answer> {
    let read = app.store.read();
    let withdrawn = || gone(known, "该信息已撤下。".to_owned());
    let Some(owned) = store::resource::by_id(&read, resource).await? else { return Ok(withdrawn()) };
    let page = owned.resource.page_path();
    let wanted = file.map_or_else(|| page.clone(), |file| owned.resource.file_path(file));
    // A file that a newer edition left out: its page says what took its place.
    for path in [wanted, page] {
        let live = store::live_page::at(&read, known.site, std::slice::from_ref(&path)).await?;
        if live.iter().any(|standing| standing.page.status == 200) {
            return Ok(Answer::Moved { id: known.id, site: known.site, path });
        }
    }
    Ok(withdrawn())
}

async fn archived(app: &App, known: &OldAddress, hash: &str, media_type: &str) -> AppResult<Answer> {
    let Some(bytes) = app.files.get(hash).await? else {
        return Ok(gone(known, "归档的原件暂时取不到，请稍后再试或联系网站管理单位。".to_owned()));
    };
    let media = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    let address = format!("http://{}{}", known.host, known.path);
    if !matches!(media.as_str(), "text/html" | "application/xhtml+xml" | crate::migration::RECORD_MEDIA) {
        let name = known.path.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        return Ok(Answer::ArchivedFile { id: known.id, name, media_type: media, bytes });
    }
    let (asked, declared) = (address.clone(), media_type.to_owned());
    let html = tokio::task::spawn_blocking(move || crate::migration::archived_html(&bytes, &asked, &declared)).await;
    // Pictures and links of the same host are asked of the platform too, by whatever scheme the reader came.
    let here = [format!("http://{}/", known.host), format!("https://{}/", known.host)];
    let html = render::rich_text::rewrite_references(&html.map_err(crate::AppError::internal)?, |address| {
        here.iter().find_map(|start| address.strip_prefix(start.as_str())).map(|rest| format!("/{rest}"))
    });
    Ok(Answer::ArchivedPage {
        id: known.id,
        title: known.title.clone(),
        html,
        day: known.collected_at.map(beijing_date),
        address,
    })
}
