//! Assessing (评估): columns are proposed, fates settled; nothing was imported yet.

use std::collections::BTreeMap;

use domain::{
    ids::MigrationId,
    migration::{ColumnDecision, Migration, MigrationState, OldColumn, propose},
    resource::ResourceKind,
};

use super::{lists::join_lists, settle::settle};
use crate::{App, AppError, AppResult, record};

/// Pages read at a time.
const HANDFUL: u64 = 500;
/// A proposal at least this sure is taken until a person says otherwise.
const SURE: i64 = 70;

/// Proposes columns, settles fates, and hands the migration to people.
pub(super) async fn conclude(app: &App, id: MigrationId) -> AppResult<()> {
    let Some(migration) = store::migration::project::by_id(&app.store.read(), id).await? else { return Ok(()) };
    let pages = propose_columns(app, &migration).await?;
    join_lists(app, id).await?;
    settle(app, id).await?;
    app.store
        .write(|tx| async move {
            let Some(mut migration) = store::migration::project::lock(&tx, id).await? else { return Ok(()) };
            if migration.state != MigrationState::Reading {
                return Ok(());
            }
            match pages {
                0 => {
                    let seed = store::migration::page::by_address(&tx, id, &migration.source.address).await?;
                    migration.fault = Some(nothing_found(&migration, seed.and_then(|page| page.fault).as_deref()));
                    migration.state = MigrationState::Collecting;
                }
                _ => {
                    migration.state = MigrationState::Mapping;
                    migration.fault = None;
                }
            }
            store::migration::project::update(&tx, &migration).await?;
            let balance = store::migration::page::balance(&tx, id).await?;
            record::event("migration.assess", id, &migration.name)
                .unit(migration.unit)
                .after(serde_json::json!({ "round": migration.round, "addresses": balance.total, "kinds": balance.kinds() }))
                .write(&tx, None)
                .await
        })
        .await
}

fn nothing_found(migration: &Migration, why: Option<&str>) -> String {
    let address = &migration.source.address;
    let why = why.map(|why| format!("“{address}”：{why}")).unwrap_or_default();
    format!("没有采集到任何页面。{why}请核对网址“{address}”能否打开、文件是否完整，然后点“继续”重试。")
}

/// What is known of the pages of a column.
#[derive(Default)]
struct Tally {
    texts: i64,
    official: i64,
}

/// Keeps a proposal for each old column that has texts and that no person decided. Returns how many pages were read.
async fn propose_columns(app: &App, migration: &Migration) -> AppResult<u64> {
    let read = app.store.read();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut after, mut pages) = (None, 0);
    loop {
        let handful = store::migration::page::after(&read, migration.id, &[], after, HANDFUL).await?;
        let Some(last) = handful.last() else { break };
        after = Some(last.id);
        pages += handful.iter().filter(|page| page.hash.is_some()).count() as u64;
        for page in handful.iter().filter(|page| page.kind.is_text()) {
            let tally = tallies.entry(page.column_key.clone()).or_default();
            tally.texts += 1;
            tally.official += i64::from(page.document_number.is_some());
        }
    }
    let columns = store::column::of_site(&read, migration.site).await?;
    let decided = store::migration::column::of(&read, migration.id).await?;
    let proposals: Vec<OldColumn> = tallies
        .into_iter()
        .filter(|(key, _)| !decided.iter().any(|column| column.key == *key && column.decided_by.is_some()))
        .map(|(key, tally)| {
            let proposal = propose(&key, &columns, tally.official * 100 / tally.texts.max(1));
            let sure = proposal.target.is_some() && proposal.confidence >= SURE;
            OldColumn {
                migration: migration.id,
                name: key.rsplit('/').next().unwrap_or_default().to_owned(),
                decision: if sure { ColumnDecision::Move } else { ColumnDecision::Undecided },
                target: proposal.target,
                kind: if proposal.target.is_some() || tally.official > 0 {
                    proposal.kind
                } else {
                    ResourceKind::Article
                },
                confidence: proposal.confidence,
                reason: proposal.reason,
                decided_by: None,
                key,
            }
        })
        .collect();
    let proposals = &proposals;
    app.store
        .write(|tx| async move {
            for proposal in proposals {
                store::migration::column::keep(&tx, proposal).await?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(pages)
}
