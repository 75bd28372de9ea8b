//! What a change set does, word by word, and the lines of its file that could not be used.

use domain::{
    ids::{LexiconChangeId, LexiconPackId},
    lexicon::ItemAction,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set, Statement, Value,
};
use serde::Serialize;

use crate::{
    Read, Result, StoreError, Tx,
    columns::{contains_pattern, folded, from_count, insert_all},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_change_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub change: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub action: String,
        pub word_key: String,
        pub word: String,
        pub word_folded: String,
        pub before: Option<String>,
        pub after: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod reject {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_change_reject")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub change: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub line: i64,
        pub text: String,
        pub reason: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One word of a change set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeItem {
    /// Place in the change set, from 1.
    pub position: i64,
    /// What is done.
    pub action: ItemAction,
    /// Digest of the word, for addresses that must not tell it.
    pub word_key: String,
    /// The word.
    pub word: String,
    /// The entry before, as JSON.
    pub before: Option<String>,
    /// The entry after, as JSON.
    pub after: Option<String>,
}

/// A line that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedLine {
    /// Number in the file.
    pub line: u64,
    /// As it stood.
    pub text: String,
    /// Why not.
    pub reason: String,
}

/// Adds the items of a change set, any number of them.
///
/// # Errors
/// [`StoreError::Duplicate`] when a word stands in it twice.
pub async fn insert(tx: &Tx, change: LexiconChangeId, items: &[ChangeItem]) -> Result<()> {
    let rows = items.iter().map(|item| entity::ActiveModel {
        change: Set(change.0),
        position: Set(item.position),
        action: Set(item.action.as_str().to_owned()),
        word_key: Set(item.word_key.clone()),
        word: Set(item.word.clone()),
        word_folded: Set(folded(&item.word)),
        before: Set(item.before.clone()),
        after: Set(item.after.clone()),
    });
    insert_all::<entity::Entity, _>(tx, rows.collect()).await
}

/// Adds the lines that could not be used.
pub async fn insert_rejected(tx: &Tx, change: LexiconChangeId, lines: &[RejectedLine]) -> Result<()> {
    let rows = lines.iter().map(|line| reject::ActiveModel {
        change: Set(change.0),
        line: Set(i64::try_from(line.line).unwrap_or(i64::MAX)),
        text: Set(line.text.clone()),
        reason: Set(line.reason.clone()),
    });
    insert_all::<reject::Entity, _>(tx, rows.collect()).await
}

/// A page of the items, in their order, and how many match.
pub async fn page(
    read: &Read,
    change: LexiconChangeId,
    action: Option<ItemAction>,
    words: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<ChangeItem>, u64)> {
    let mut query = entity::Entity::find().filter(entity::Column::Change.eq(change.0));
    if let Some(action) = action {
        query = query.filter(entity::Column::Action.eq(action.as_str()));
    }
    if let Some(words) = words {
        query = query.filter(entity::Column::WordFolded.like(contains_pattern(words)));
    }
    let total = query.clone().count(read).await?;
    let rows = query.order_by_asc(entity::Column::Position).offset(offset).limit(limit).all(read).await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// All items after a position, in their order: what the try-out and the re-screening read in chunks.
pub async fn after(read: &Read, change: LexiconChangeId, position: i64, limit: u64) -> Result<Vec<ChangeItem>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Change.eq(change.0))
        .filter(entity::Column::Position.gt(position))
        .order_by_asc(entity::Column::Position)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The first lines that could not be used.
pub async fn rejected(read: &Read, change: LexiconChangeId, limit: u64) -> Result<Vec<RejectedLine>> {
    let rows = reject::Entity::find()
        .filter(reject::Column::Change.eq(change.0))
        .order_by_asc(reject::Column::Line)
        .limit(limit)
        .all(read)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| RejectedLine { line: from_count(row.line), text: row.text, reason: row.reason })
        .collect())
}

/// Every change set of the pack that ever named this word, with what it did; in no particular order.
pub async fn of_word(read: &Read, pack: LexiconPackId, key: &str) -> Result<Vec<(LexiconChangeId, ChangeItem)>> {
    let sql = "SELECT i.change, i.position, i.action, i.word_key, i.word, i.word_folded, i.before, i.after
               FROM lexicon_change_item i JOIN lexicon_change c ON c.id = i.change
               WHERE c.pack = $1 AND i.word_key = $2 AND c.state <> 'draft'";
    let values: [Value; 2] = [pack.0.into(), key.into()];
    let statement = Statement::from_sql_and_values(read.get_database_backend(), sql, values);
    let rows = entity::Model::find_by_statement(statement).all(read).await?;
    rows.into_iter().map(|row| Ok((row.change.into(), from_row(row)?))).collect()
}

/// Words that no longer stand in the pack as the change set saw them, the first ones: they were added, changed or
/// withdrawn by another change set meanwhile.
pub async fn overtaken(read: &Read, change: LexiconChangeId, pack: LexiconPackId, limit: u64) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        word: String,
    }
    let sql = "SELECT i.word
               FROM lexicon_change_item i
               LEFT JOIN lexicon_entry e ON e.pack = $2 AND e.word_key = i.word_key AND e.until_revision IS NULL
               WHERE i.change = $1
                 AND ((i.action = 'add' AND e.word_key IS NOT NULL)
                   OR (i.action <> 'add' AND (e.entry IS NULL OR e.entry <> i.before)))
               ORDER BY i.position LIMIT $3";
    let values: [Value; 3] = [change.0.into(), pack.0.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
    let statement = Statement::from_sql_and_values(read.get_database_backend(), sql, values);
    Ok(Row::find_by_statement(statement).all(read).await?.into_iter().map(|row| row.word).collect())
}

fn from_row(row: entity::Model) -> Result<ChangeItem> {
    Ok(ChangeItem {
        position: row.position,
        action: ItemAction::parse(&row.action)
            .ok_or_else(|| StoreError::unreadable("lexicon_change_item", "action", &row.action))?,
        word_key: row.word_key,
        word: row.word,
        before: row.before,
        after: row.after,
    })
}
