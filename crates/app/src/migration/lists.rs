//! Old list pages and the columns they list: a list that names no known column takes the one of most texts below its folder.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    ids::MigrationId,
    migration::{OldPage, OldPageKind},
};

use super::address::canonical;
use crate::{App, AppError, AppResult};

/// Pages read at a time.
const HANDFUL: u64 = 500;

/// Joins lists to columns.
pub(super) async fn join_lists(app: &App, id: MigrationId) -> AppResult<()> {
    let read = app.store.read();
    let mut below: HashMap<String, BTreeMap<String, u64>> = HashMap::new();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let mut lists: Vec<OldPage> = Vec::new();
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, &[], after, HANDFUL).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        for page in pages {
            if page.kind == OldPageKind::List {
                lists.push(page);
            } else if page.kind.is_text() {
                for folder in folders(&page.address) {
                    *below.entry(folder).or_default().entry(page.column_key.clone()).or_default() += 1;
                }
                keys.insert(page.column_key);
            }
        }
    }
    let known = |list: &OldPage| {
        let inside = format!("{}/", list.column_key);
        keys.contains(&list.column_key)
            || (!list.column_key.is_empty() && keys.iter().any(|key| key.starts_with(&inside)))
    };
    let joined: Vec<(&OldPage, &String)> = lists
        .iter()
        .filter(|list| !known(list))
        .filter_map(|list| {
            let texts = below.get(folders(&list.address).last()?)?;
            let (key, _) = texts.iter().max_by_key(|(_, count)| **count)?;
            Some((list, key))
        })
        .collect();
    for handful in joined.chunks(200) {
        app.store
            .write(|tx| async move {
                for (list, key) in handful {
                    let Some(page) = store::migration::page::lock(&tx, list.id).await? else { continue };
                    store::migration::page::update(&tx, &OldPage { column_key: (*key).clone(), ..page }).await?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
    }
    Ok(())
}

/// The folders that an address lies in, from the outermost; the root of the site is none.
fn folders(address: &str) -> Vec<String> {
    let Some(address) = canonical(address) else { return Vec::new() };
    let path = address.path.split('?').next().unwrap_or_default();
    let ends = path.char_indices().filter(|(at, one)| *one == '/' && *at > 0).map(|(at, _)| at);
    ends.map(|end| format!("{}{}", address.host, path.get(..end).unwrap_or_default())).collect()
}
