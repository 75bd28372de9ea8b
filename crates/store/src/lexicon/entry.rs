//! Words of packs with their history.

use std::collections::HashMap;

use domain::ids::{LexiconChangeId, LexiconPackId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
};
use serde::Serialize;

use crate::{
    Read, Result, Tx,
    columns::{chunks_of_keys, contains_pattern},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub pack: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub word_key: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub since_revision: i64,
        pub since_version: String,
        pub word: String,
        pub word_folded: String,
        pub entry: String,
        pub begun_by: Uuid,
        pub until_revision: Option<i64>,
        pub until_version: Option<String>,
        pub ended_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A word as it stood from one version to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredEntry {
    /// Digest of the word, for addresses that must not tell it.
    pub word_key: String,
    /// The word.
    pub word: String,
    /// What it says, as JSON.
    pub entry: String,
    /// The version in which it began.
    pub since_version: String,
    /// The change set that began it.
    pub begun_by: LexiconChangeId,
    /// The version in which it ended; `None` while it is in force.
    pub until_version: Option<String>,
    /// The change set that ended it.
    pub ended_by: Option<LexiconChangeId>,
}

/// A page of the words in force, or of those that were, by word; and how many match.
pub async fn page(
    read: &Read,
    pack: LexiconPackId,
    ended: bool,
    words: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<StoredEntry>, u64)> {
    let mut query = entity::Entity::find().filter(entity::Column::Pack.eq(pack.0));
    query = match ended {
        true => query.filter(entity::Column::UntilRevision.is_not_null()),
        false => query.filter(entity::Column::UntilRevision.is_null()),
    };
    if let Some(words) = words {
        query = query.filter(entity::Column::WordFolded.like(contains_pattern(words)));
    }
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_asc(entity::Column::WordFolded)
        .order_by_asc(entity::Column::WordKey)
        .order_by_asc(entity::Column::SinceRevision)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect(), total))
}

/// Everything that a word ever was in this pack, the newest first.
pub async fn history(read: &Read, pack: LexiconPackId, key: &str) -> Result<Vec<StoredEntry>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Pack.eq(pack.0))
        .filter(entity::Column::WordKey.eq(key))
        .order_by_desc(entity::Column::SinceRevision)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The entries in force of these words, as JSON by key of the word.
pub async fn in_force(read: &Read, pack: LexiconPackId, keys: &[String]) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    for chunk in chunks_of_keys(keys) {
        let rows: Vec<(String, String)> = entity::Entity::find()
            .select_only()
            .columns([entity::Column::WordKey, entity::Column::Entry])
            .filter(entity::Column::Pack.eq(pack.0))
            .filter(entity::Column::UntilRevision.is_null())
            .filter(entity::Column::WordKey.is_in(chunk))
            .into_tuple()
            .all(read)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Every entry in force of a pack, as JSON by key of the word: what an engine is made of.
pub async fn all_in_force(read: &Read, pack: LexiconPackId) -> Result<Vec<(String, String)>> {
    Ok(entity::Entity::find()
        .select_only()
        .columns([entity::Column::WordKey, entity::Column::Entry])
        .filter(entity::Column::Pack.eq(pack.0))
        .filter(entity::Column::UntilRevision.is_null())
        .order_by_asc(entity::Column::WordKey)
        .into_tuple()
        .all(read)
        .await?)
}

/// How many words are in force.
pub async fn count(read: &Read, pack: LexiconPackId) -> Result<u64> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Pack.eq(pack.0))
        .filter(entity::Column::UntilRevision.is_null())
        .count(read)
        .await?)
}

/// Puts a confirmed change set into force as this revision: ends what it changes or withdraws, begins what it adds or
/// changes. The row of the pack must be locked.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when a word to be added is in force already.
pub async fn apply(tx: &Tx, change: LexiconChangeId, pack: LexiconPackId, revision: i64, version: &str) -> Result<()> {
    let end = "UPDATE lexicon_entry SET until_revision = $1, until_version = $2, ended_by = $3
               WHERE pack = $4 AND until_revision IS NULL
                 AND word_key IN (SELECT word_key FROM lexicon_change_item WHERE change = $5 AND action <> 'add')";
    let values: [Value; 5] = [revision.into(), version.into(), change.0.into(), pack.0.into(), change.0.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), end, values)).await?;
    let begin = "INSERT INTO lexicon_entry
                   (pack, word_key, since_revision, since_version, word, word_folded, entry, begun_by)
                 SELECT CAST($1 AS uuid), word_key, CAST($2 AS bigint), CAST($3 AS text), word, word_folded, after, change
                 FROM lexicon_change_item WHERE change = $4 AND action <> 'withdraw'";
    let plain;
    let begin = match tx.get_database_backend() {
        // There a cast to an unknown type would turn the key into a number.
        sea_orm::DbBackend::Sqlite => {
            plain = begin
                .replace("CAST($1 AS uuid)", "$1")
                .replace("CAST($2 AS bigint)", "$2")
                .replace("CAST($3 AS text)", "$3");
            plain.as_str()
        }
        _ => begin,
    };
    let values: [Value; 4] = [pack.0.into(), revision.into(), version.into(), change.0.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), begin, values)).await?;
    Ok(())
}

fn from_row(row: entity::Model) -> StoredEntry {
    StoredEntry {
        word_key: row.word_key,
        word: row.word,
        entry: row.entry,
        since_version: row.since_version,
        begun_by: row.begun_by.into(),
        until_version: row.until_version,
        ended_by: row.ended_by.map(Into::into),
    }
}
