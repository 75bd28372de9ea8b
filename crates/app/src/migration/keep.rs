//! Keeping what was collected: bytes first, then the rows that name them, a handful in each transaction.

use bytes::Bytes;
use domain::{
    migration::{Corrected, DecidedBy, Fate, Migration, OldPage, OldPageKind},
    time::truncate_to_millis,
};
use jiff::Timestamp;

use super::address::canonical;
use crate::{App, AppResult};

/// What an old address answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Captured {
    pub address: String,
    pub other_addresses: Vec<String>,
    pub status: Option<u16>,
    pub media_type: Option<String>,
    pub collected_at: Option<Timestamp>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub redirect: Option<String>,
    /// Why there are no bytes.
    pub fault: Option<String>,
    /// `None` = the same as the last time.
    pub body: Option<Bytes>,
    pub referrer: Option<String>,
    pub depth: i64,
    /// Addresses that it names, to be fetched later.
    pub discovered: Vec<String>,
}

/// Keeps a handful. Addresses are compared in their canonical form; what is none is reported as such.
pub(super) async fn keep(app: &App, migration: &Migration, captured: Vec<Captured>) -> AppResult<()> {
    let mut rows: Vec<OldPage> = Vec::new();
    for one in captured {
        rows.extend(rows_of(app, migration, one).await?);
    }
    let rows = &rows;
    app.store
        .write(|tx| async move {
            let addresses: Vec<String> = rows.iter().map(|row| row.address.clone()).collect();
            let known = store::migration::page::by_addresses(&tx, migration.id, &addresses).await?;
            let mut fresh: Vec<OldPage> = Vec::new();
            for row in rows {
                // A later row of the same handful goes before an earlier one only when it says more.
                if let Some(earlier) = fresh.iter_mut().find(|one| one.address == row.address) {
                    if earlier.kind == OldPageKind::Queued {
                        *earlier = OldPage { id: earlier.id, ..row.clone() };
                    }
                    continue;
                }
                match known.iter().find(|page| page.address == row.address) {
                    Some(page) => {
                        if let Some(changed) = joined(page, row) {
                            store::migration::page::update(&tx, &changed).await?;
                        }
                    }
                    None => fresh.push(row.clone()),
                }
            }
            store::migration::page::insert_missing(&tx, &fresh).await?;
            Ok(())
        })
        .await
}

/// What is known of an address joined with what was seen now; `None` when that adds nothing.
fn joined(page: &OldPage, row: &OldPage) -> Option<OldPage> {
    if row.kind == OldPageKind::Queued {
        return None;
    }
    // The first complete answer of a round counts; a second address of the same bytes is none.
    if page.seen_round == row.seen_round && page.kind != OldPageKind::Queued {
        return None;
    }
    let seen = OldPage {
        seen_round: row.seen_round,
        collected_at: row.collected_at,
        etag: row.etag.clone().or_else(|| page.etag.clone()),
        last_modified: row.last_modified.clone().or_else(|| page.last_modified.clone()),
        ..page.clone()
    };
    let same = row.hash.is_some() && row.hash == page.hash;
    let unchanged = row.status == Some(304) || (same && page.kind != OldPageKind::Failed);
    // What answered before and fails now is not lost: its bytes are there. The failure is noted beside them.
    if unchanged || (row.kind == OldPageKind::Failed && page.hash.is_some()) {
        let fault = (row.kind == OldPageKind::Failed).then(|| row.fault.clone()).flatten();
        return Some(OldPage { fault, ..seen });
    }
    Some(OldPage {
        kind: row.kind,
        status: row.status,
        media_type: row.media_type.clone(),
        hash: row.hash.clone(),
        size: row.size,
        target: row.target.clone(),
        fault: row.fault.clone(),
        changed_round: row.seen_round,
        ..seen
    })
}

async fn rows_of(app: &App, migration: &Migration, one: Captured) -> AppResult<Vec<OldPage>> {
    let mut rows = Vec::new();
    let blank = |address: String, kind| blank(app, migration, address, kind);
    let Some(main) = canonical(&one.address) else {
        // Not of the web (a file name without a base): kept under its own name, so that it is accounted for.
        if !one.address.is_empty() {
            let fault = one.fault.or_else(|| Some("地址不是网址，无法对应到旧网站。".to_owned()));
            rows.push(OldPage { fault, referrer: one.referrer, ..blank(one.address, OldPageKind::Failed) });
        }
        return Ok(rows);
    };
    let media =
        one.media_type.as_deref().map(|media| media.split(';').next().unwrap_or_default().trim().to_lowercase());
    let target = one.redirect.as_deref().and_then(canonical).map(|target| target.text).or(one.redirect.clone());
    let target = target.filter(|target| *target != main.text);
    let mut page = OldPage {
        status: one.status,
        media_type: one.media_type.clone(),
        etag: one.etag.clone(),
        last_modified: one.last_modified.clone(),
        referrer: one.referrer.clone(),
        depth: one.depth,
        collected_at: one.collected_at.map(truncate_to_millis),
        ..blank(main.text.clone(), OldPageKind::File)
    };
    if one.redirect.is_some() && target.is_some() {
        page = OldPage { kind: OldPageKind::Redirect, target, ..page };
    } else if let Some(fault) = one.fault.clone() {
        page = OldPage { kind: OldPageKind::Failed, fault: Some(fault), ..page };
    } else if one.status.is_some_and(|status| status >= 400) {
        let fault = one.status.map(|status| format!("旧网站答复 {status}。"));
        page = OldPage { kind: OldPageKind::Failed, fault, ..page };
    } else if let Some(body) = one.body {
        let is_page = media.as_deref().is_some_and(is_page);
        page.kind = if is_page { OldPageKind::Unread } else { OldPageKind::File };
        page.size = i64::try_from(body.len()).unwrap_or(i64::MAX);
        page.hash = Some(app.files.put(body).await?);
    } else if one.status != Some(304) {
        page = OldPage { kind: OldPageKind::Failed, fault: Some("没有内容。".into()), ..page };
    }
    for other in one.other_addresses.iter().filter_map(|other| canonical(other)).filter(|other| other.text != main.text)
    {
        let target = Some(main.text.clone());
        rows.push(OldPage { target, depth: one.depth, ..blank(other.text, OldPageKind::Redirect) });
    }
    for found in one.discovered {
        rows.push(OldPage {
            referrer: Some(main.text.clone()),
            depth: one.depth + 1,
            ..blank(found, OldPageKind::Queued)
        });
    }
    rows.insert(0, page);
    Ok(rows)
}

/// Media types whose bytes are read as pages.
fn is_page(media: &str) -> bool {
    matches!(media, "text/html" | "application/xhtml+xml" | super::reading::RECORD_MEDIA)
}

fn blank(app: &App, migration: &Migration, address: String, kind: OldPageKind) -> OldPage {
    OldPage {
        id: app.ids.fresh(),
        migration: migration.id,
        address,
        kind,
        status: None,
        media_type: None,
        hash: None,
        size: 0,
        etag: None,
        last_modified: None,
        target: None,
        fault: None,
        referrer: None,
        depth: 0,
        seen_round: migration.round,
        changed_round: migration.round,
        read_round: 0,
        collected_at: None,
        title: String::new(),
        published_at: None,
        source: None,
        document_number: None,
        column_key: String::new(),
        text_hash: None,
        text_length: 0,
        found: "[]".to_owned(),
        links: Vec::new(),
        further: Vec::new(),
        blocks: 0,
        warns: 0,
        remarks: Vec::new(),
        corrected: Corrected::default(),
        fate: Fate::Undecided,
        fate_by: DecidedBy::Rule,
        fate_reason: String::new(),
        merged_into: None,
        decided_by: None,
        resource: None,
        edition: None,
        tried_round: 0,
        trial_fault: None,
    }
}
