//! Settling fates: what becomes of each old page, by what stands there, by the decision about its column, or by a person.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    ids::{MigrationId, OldPageId},
    migration::{ColumnDecision, DecidedBy, Fate, OldColumn, OldPage, OldPageKind},
};

use super::{paged::Paged, reading::RECORD_MEDIA};
use crate::{App, AppResult};

/// Pages read between two writes.
const HANDFUL: u64 = 500;
/// Texts shorter than this are too short to be called duplicates of one another.
const LEAST_TEXT: i64 = 50;

/// What the fates depend on besides the page itself.
#[derive(Default)]
struct Facts {
    columns: BTreeMap<String, OldColumn>,
    /// The first page with a text.
    first: HashMap<String, String>,
    redirects: HashMap<String, String>,
    known: HashMap<String, OldPageKind>,
    /// Further pages with the first page of their article, where that one moves.
    parts: HashMap<String, String>,
    /// Files that texts which move lead to.
    needed: HashSet<String>,
}

/// A fate with its reason.
struct Verdict {
    fate: Fate,
    by: DecidedBy,
    reason: String,
    merged_into: Option<String>,
}

/// Settles every fate that no person decided. Returns how many changed.
pub(super) async fn settle(app: &App, id: MigrationId) -> AppResult<u64> {
    let facts = gather(app, id).await?;
    let facts = &facts;
    let (mut after, mut changed) = (None, 0);
    loop {
        let pages = store::migration::page::after(&app.store.read(), id, &[], after, HANDFUL).await?;
        let Some(last) = pages.last() else { return Ok(changed) };
        after = Some(last.id);
        let different: Vec<OldPageId> =
            pages.iter().filter(|page| settled(facts, page).is_some()).map(|page| page.id).collect();
        changed += different.len() as u64;
        let different = &different;
        app.store
            .write(|tx| async move {
                for id in different {
                    // A person may have decided since the page was read.
                    let Some(page) = store::migration::page::lock(&tx, *id).await? else { continue };
                    if let Some(page) = settled(facts, &page) {
                        store::migration::page::update(&tx, &page).await?;
                    }
                }
                Ok::<_, crate::AppError>(())
            })
            .await?;
    }
}

/// The page with another fate; `None` when it stays.
fn settled(facts: &Facts, page: &OldPage) -> Option<OldPage> {
    if page.fate_by == DecidedBy::Person {
        return None;
    }
    let verdict = verdict(facts, page);
    let same = page.fate == verdict.fate
        && page.fate_by == verdict.by
        && page.fate_reason == verdict.reason
        && page.merged_into == verdict.merged_into;
    (!same).then(|| OldPage {
        fate: verdict.fate,
        fate_by: verdict.by,
        fate_reason: verdict.reason,
        merged_into: verdict.merged_into,
        ..page.clone()
    })
}

async fn gather(app: &App, id: MigrationId) -> AppResult<Facts> {
    let read = app.store.read();
    let columns = store::migration::column::of(&read, id).await?;
    let mut facts =
        Facts { columns: columns.into_iter().map(|column| (column.key.clone(), column)).collect(), ..Facts::default() };
    let mut wanted: Vec<(bool, Vec<String>)> = Vec::new();
    let mut paged = Paged::default();
    let mut moving: HashSet<String> = HashSet::new();
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, &[], after, HANDFUL).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        for page in &pages {
            facts.known.insert(page.address.clone(), page.kind);
            if let (OldPageKind::Redirect, Some(target)) = (page.kind, &page.target) {
                facts.redirects.insert(page.address.clone(), target.clone());
            }
            if let (Some(hash), true) = (&page.text_hash, page.kind.is_text() && page.text_length >= LEAST_TEXT) {
                facts.first.entry(hash.clone()).or_insert_with(|| page.address.clone());
            }
        }
        // Which texts move depends on the columns alone, or on a person.
        for page in pages.iter().filter(|page| page.kind.is_text()) {
            let moves = match page.fate_by {
                DecidedBy::Person => page.fate == Fate::Moved,
                _ => facts.decision(page) == ColumnDecision::Move,
            };
            paged.add(page);
            if moves {
                moving.insert(page.address.clone());
            }
            wanted.push((moves, page.links.clone()));
        }
    }
    for (first, further) in paged.articles() {
        if moving.contains(first) {
            facts.parts.extend(further.into_iter().map(|part| (part.to_owned(), first.to_owned())));
        }
    }
    for (_, links) in wanted.into_iter().filter(|(moves, _)| *moves) {
        for link in links {
            facts.needed.insert(facts.end_of(&link).to_owned());
        }
    }
    Ok(facts)
}

impl Facts {
    fn decision(&self, page: &OldPage) -> ColumnDecision {
        self.columns.get(&page.column_key).map_or(ColumnDecision::Undecided, |column| column.decision)
    }

    /// Where an address leads in the end.
    fn end_of<'a>(&'a self, address: &'a str) -> &'a str {
        let mut at = address;
        for _ in 0..10 {
            match self.redirects.get(at) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        at
    }
}

fn verdict(facts: &Facts, page: &OldPage) -> Verdict {
    let rule = |fate, reason: &str| Verdict { fate, by: DecidedBy::Rule, reason: reason.to_owned(), merged_into: None };
    match page.kind {
        OldPageKind::Queued | OldPageKind::Unread => rule(Fate::Undecided, ""),
        OldPageKind::Failed => rule(Fate::Dropped, page.fault.as_deref().unwrap_or("旧网站已打不开。")),
        OldPageKind::Redirect => {
            let end = facts.end_of(&page.address);
            if facts.redirects.contains_key(end) {
                return rule(Fate::Dropped, "旧网站上循环跳转，没有内容。");
            }
            match facts.known.get(end) {
                Some(OldPageKind::Failed) | None => {
                    rule(Fate::Dropped, &format!("旧网站跳转到 {end}，该地址没有采集到内容。"))
                }
                Some(_) => Verdict {
                    merged_into: Some(end.to_owned()),
                    ..rule(Fate::Merged, "旧网站上就跳转到另一页面。")
                },
            }
        }
        OldPageKind::Home => rule(Fate::Merged, "由新网站的首页代替。"),
        OldPageKind::List => list(facts, page),
        OldPageKind::Article | OldPageKind::Guide => text(facts, page),
        // What the old system kept to itself stays so: an archived original is for everybody.
        OldPageKind::Other if page.media_type.as_deref() == Some(RECORD_MEDIA) => {
            rule(Fate::Dropped, "旧系统中没有公开，不迁移也不归档。")
        }
        OldPageKind::Other => rule(Fate::Archived, "不是内容页，保留原件。"),
        OldPageKind::File => file(facts, page),
    }
}

fn list(facts: &Facts, page: &OldPage) -> Verdict {
    let verdict = |fate, reason: String| Verdict { fate, by: DecidedBy::Column, reason, merged_into: None };
    // A list of 政务公开 stands for 政务公开/通知公告 too.
    let below = format!("{}/", page.column_key);
    let mut columns = facts.columns.values().filter(|column| {
        column.key == page.column_key || (!page.column_key.is_empty() && column.key.starts_with(&below))
    });
    if columns.clone().any(|column| column.decision == ColumnDecision::Move) {
        return verdict(Fate::Merged, "由新网站的栏目代替。".to_owned());
    }
    if columns.any(|column| column.decision == ColumnDecision::Undecided) {
        return verdict(Fate::Undecided, "所属栏目尚未决定去向。".to_owned());
    }
    verdict(Fate::Archived, "没有对应的新栏目，保留原件。".to_owned())
}

fn text(facts: &Facts, page: &OldPage) -> Verdict {
    if let Some(first) = facts.parts.get(&page.address) {
        return Verdict {
            fate: Fate::Merged,
            by: DecidedBy::Rule,
            reason: "与第一页是同一篇文章，正文已并入。".to_owned(),
            merged_into: Some(first.clone()),
        };
    }
    let first = page.text_hash.as_ref().and_then(|hash| facts.first.get(hash));
    if let Some(first) = first.filter(|first| **first != page.address && page.text_length >= LEAST_TEXT) {
        return Verdict {
            fate: Fate::Merged,
            by: DecidedBy::Rule,
            reason: "与另一页面的正文完全相同。".to_owned(),
            merged_into: Some(first.clone()),
        };
    }
    let column =
        |fate, reason: &str| Verdict { fate, by: DecidedBy::Column, reason: reason.to_owned(), merged_into: None };
    match facts.decision(page) {
        ColumnDecision::Move => column(Fate::Moved, "随栏目迁移。"),
        ColumnDecision::Archive => column(Fate::Archived, "所属栏目归档。"),
        ColumnDecision::Drop => {
            let reason = facts.columns.get(&page.column_key).map(|column| column.reason.as_str()).unwrap_or_default();
            column(Fate::Dropped, if reason.is_empty() { "所属栏目不迁移。" } else { reason })
        }
        ColumnDecision::Undecided => column(Fate::Undecided, "所属栏目尚未决定去向。"),
    }
}

fn file(facts: &Facts, page: &OldPage) -> Verdict {
    let rule = |fate, reason: &str| Verdict { fate, by: DecidedBy::Rule, reason: reason.to_owned(), merged_into: None };
    let media = page.media_type.as_deref().unwrap_or_default();
    if ["css", "javascript", "ecmascript", "font"].iter().any(|kind| media.contains(kind)) {
        return rule(Fate::Dropped, "旧网站的样式和脚本，新网站不使用。");
    }
    if facts.needed.contains(&page.address) {
        return rule(Fate::Moved, "随引用它的页面迁移。");
    }
    rule(Fate::Archived, "没有迁移的页面引用它，保留原件。")
}
