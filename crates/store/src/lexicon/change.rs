//! Change sets (变更单): who wants what changed in a pack, why, and who decided.

use domain::{
    ids::{LexiconChangeId, LexiconPackId, PersonId},
    lexicon::LexiconChangeState,
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::Serialize;

use crate::{
    Read, Result, StoreError, Tx,
    columns::{
        chunks_of_keys, from_count, from_instant, from_optional_instant, require_one_row, to_instant,
        to_optional_instant,
    },
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub pack: Uuid,
        pub state: String,
        pub reason: String,
        pub settings: Option<String>,
        pub file_name: Option<String>,
        pub added: i64,
        pub changed: i64,
        pub withdrawn: i64,
        pub repeated: i64,
        pub rejected: i64,
        pub proposed_by: Uuid,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
        pub revision: Option<i64>,
        pub version: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A change set without its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredChange {
    /// Key.
    pub id: LexiconChangeId,
    /// The pack.
    pub pack: LexiconPackId,
    /// State.
    pub state: LexiconChangeState,
    /// Why.
    pub reason: String,
    /// New settings of the pack itself, as JSON.
    pub settings: Option<String>,
    /// The file that was read.
    pub file_name: Option<String>,
    /// Words added.
    pub added: u64,
    /// Words changed.
    pub changed: u64,
    /// Words withdrawn.
    pub withdrawn: u64,
    /// Lines of the file that say what stands in the pack already, or a line before them.
    pub repeated: u64,
    /// Lines of the file that could not be used.
    pub rejected: u64,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What was said on deciding.
    pub remark: Option<String>,
    /// The revision of the pack that the confirmation made.
    pub revision: Option<i64>,
    /// Its name.
    pub version: Option<String>,
}

/// Adds a change set.
pub async fn insert(tx: &Tx, change: &StoredChange) -> Result<()> {
    entity::Entity::insert(to_row(change)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves a change set whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, change: &StoredChange) -> Result<()> {
    let done =
        entity::Entity::update_many().set(to_row(change)).filter(entity::Column::Id.eq(change.id.0)).exec(tx).await?;
    require_one_row("lexicon_change", done.rows_affected)
}

/// The change set with this key.
pub async fn by_id(read: &Read, id: LexiconChangeId) -> Result<Option<StoredChange>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The change sets with these keys.
pub async fn by_ids(read: &Read, ids: &[LexiconChangeId]) -> Result<Vec<StoredChange>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in chunks_of_keys(ids) {
        let rows = entity::Entity::find().filter(entity::Column::Id.is_in(chunk.iter().map(|id| id.0))).all(read);
        for row in rows.await? {
            found.push(from_row(row)?);
        }
    }
    Ok(found)
}

/// The change set with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: LexiconChangeId) -> Result<Option<StoredChange>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// A page of the change sets of these packs, the newest first, and how many there are; `state` keeps those in one
/// state. Drafts are those of `author` only.
pub async fn of_packs(
    read: &Read,
    packs: &[LexiconPackId],
    state: Option<LexiconChangeState>,
    author: PersonId,
    offset: u64,
    limit: u64,
) -> Result<(Vec<StoredChange>, u64)> {
    let mut query = entity::Entity::find().filter(entity::Column::Pack.is_in(packs.iter().map(|pack| pack.0))).filter(
        Condition::any()
            .add(entity::Column::State.ne(LexiconChangeState::Draft.as_str()))
            .add(entity::Column::ProposedBy.eq(author.0)),
    );
    if let Some(state) = state {
        query = query.filter(entity::Column::State.eq(state.as_str()));
    }
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::ProposedAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// How many versions of the pack have a name that begins like this (`2026.11.`).
pub async fn count_versions(read: &Read, pack: LexiconPackId, month: &str) -> Result<u64> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Pack.eq(pack.0))
        .filter(entity::Column::Version.starts_with(month))
        .count(read)
        .await?)
}

/// The moment of the newest confirmation at any of these packs.
pub async fn newest_confirmation(read: &Read, packs: &[LexiconPackId]) -> Result<Option<Timestamp>> {
    let row = entity::Entity::find()
        .filter(entity::Column::Pack.is_in(packs.iter().map(|pack| pack.0)))
        .filter(entity::Column::State.eq(LexiconChangeState::Confirmed.as_str()))
        .order_by_desc(entity::Column::DecidedAt)
        .limit(1)
        .one(read)
        .await?;
    Ok(row.and_then(|row| row.decided_at).map(from_instant))
}

fn to_row(change: &StoredChange) -> entity::ActiveModel {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    entity::ActiveModel {
        id: Set(change.id.0),
        pack: Set(change.pack.0),
        state: Set(change.state.as_str().to_owned()),
        reason: Set(change.reason.clone()),
        settings: Set(change.settings.clone()),
        file_name: Set(change.file_name.clone()),
        added: Set(number(change.added)),
        changed: Set(number(change.changed)),
        withdrawn: Set(number(change.withdrawn)),
        repeated: Set(number(change.repeated)),
        rejected: Set(number(change.rejected)),
        proposed_by: Set(change.proposed_by.0),
        proposed_at: Set(to_instant(change.proposed_at)),
        decided_by: Set(change.decided_by.map(|person| person.0)),
        decided_at: Set(to_optional_instant(change.decided_at)),
        remark: Set(change.remark.clone()),
        revision: Set(change.revision),
        version: Set(change.version.clone()),
    }
}

fn from_row(row: entity::Model) -> Result<StoredChange> {
    Ok(StoredChange {
        id: row.id.into(),
        pack: row.pack.into(),
        state: LexiconChangeState::parse(&row.state)
            .ok_or_else(|| StoreError::unreadable("lexicon_change", "state", &row.state))?,
        reason: row.reason,
        settings: row.settings,
        file_name: row.file_name,
        added: from_count(row.added),
        changed: from_count(row.changed),
        withdrawn: from_count(row.withdrawn),
        repeated: from_count(row.repeated),
        rejected: from_count(row.rejected),
        proposed_by: row.proposed_by.into(),
        proposed_at: from_instant(row.proposed_at),
        decided_by: row.decided_by.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        remark: row.remark,
        revision: row.revision,
        version: row.version,
    })
}
