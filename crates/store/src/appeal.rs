//! Appeals against rules of the screening (规则异议), who joined them, and what was done afterwards.

use domain::{
    appeal::{Appeal, AppealParty, AppealState, FollowUp, FollowUpKind},
    ids::{AppealId, PersonId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, prelude::Uuid};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_instant, from_optional_instant, require_one_row, to_instant, to_optional_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "screening_appeal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rule: String,
        pub words: String,
        pub excerpt: String,
        pub message: String,
        pub severity: String,
        pub pack_version: String,
        pub state: String,
        pub office: Uuid,
        pub deadline: Option<Uuid>,
        pub filed_at: DateTimeUtc,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub opinion: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod party {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "appeal_party")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub appeal: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: Uuid,
        pub unit: Uuid,
        pub edition: Uuid,
        pub fingerprint: String,
        pub text: String,
        pub month: String,
        pub joined_at: DateTimeUtc,
        pub told_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod follow_up {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "appeal_follow_up")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub appeal: Uuid,
        pub kind: String,
        pub text: String,
        pub link: Option<String>,
        pub noted_by: Uuid,
        pub noted_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds an appeal.
///
/// # Errors
/// [`StoreError::Duplicate`] when one about the same rule and words is open.
pub async fn insert(tx: &Tx, appeal: &Appeal) -> Result<()> {
    entity::Entity::insert(to_row(appeal)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves an appeal whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, appeal: &Appeal) -> Result<()> {
    let done =
        entity::Entity::update_many().set(to_row(appeal)).filter(entity::Column::Id.eq(appeal.id.0)).exec(tx).await?;
    require_one_row("screening_appeal", done.rows_affected)
}

/// The appeal with this key.
pub async fn by_id(read: &Read, id: AppealId) -> Result<Option<Appeal>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The appeal with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: AppealId) -> Result<Option<Appeal>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// The open appeal about a rule and words, its row locked until the transaction ends.
pub async fn lock_open(tx: &Tx, rule: &str, words: &str) -> Result<Option<Appeal>> {
    entity::Entity::find()
        .filter(entity::Column::Rule.eq(rule))
        .filter(entity::Column::Words.eq(words))
        .filter(entity::Column::State.eq(AppealState::Open.as_str()))
        .lock_exclusive()
        .one(tx)
        .await?
        .map(from_row)
        .transpose()
}

/// Appeals, the newest first; `joined_by` keeps those that a person filed or joined.
pub async fn list(
    read: &Read,
    state: Option<AppealState>,
    joined_by: Option<PersonId>,
    limit: u64,
) -> Result<Vec<Appeal>> {
    let mut query = entity::Entity::find()
        .filter(Condition::all().add_option(state.map(|state| entity::Column::State.eq(state.as_str()))));
    if let Some(person) = joined_by {
        let joined: Vec<Uuid> = party::Entity::find()
            .filter(party::Column::Person.eq(person.0))
            .all(read)
            .await?
            .into_iter()
            .map(|row| row.appeal)
            .collect();
        query = query.filter(entity::Column::Id.is_in(joined));
    }
    let rows =
        query.order_by_desc(entity::Column::FiledAt).order_by_desc(entity::Column::Id).limit(limit).all(read).await?;
    rows.into_iter().map(from_row).collect()
}

/// Adds somebody to an appeal.
///
/// # Errors
/// [`StoreError::Duplicate`] when the person is a party already.
pub async fn join(tx: &Tx, one: &AppealParty, month: &str) -> Result<()> {
    party::Entity::insert(party::ActiveModel {
        appeal: Set(one.appeal.0),
        person: Set(one.person.0),
        unit: Set(one.unit.0),
        edition: Set(one.edition.0),
        fingerprint: Set(one.fingerprint.clone()),
        text: Set(one.text.clone()),
        month: Set(month.to_owned()),
        joined_at: Set(to_instant(one.joined_at)),
        told_at: Set(to_optional_instant(one.told_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Who appealed, the first one first.
pub async fn parties(read: &Read, appeals: &[AppealId]) -> Result<Vec<AppealParty>> {
    let keys: Vec<Uuid> = appeals.iter().map(|id| id.0).collect();
    let rows = party::Entity::find()
        .filter(party::Column::Appeal.is_in(keys))
        .order_by_asc(party::Column::JoinedAt)
        .order_by_asc(party::Column::Person)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(party_from_row).collect())
}

/// Notes that a party took note of the answer; `false` when it had been noted before.
pub async fn told(tx: &Tx, appeal: AppealId, person: PersonId, at: Timestamp) -> Result<bool> {
    let done = party::Entity::update_many()
        .set(party::ActiveModel { told_at: Set(Some(to_instant(at))), ..Default::default() })
        .filter(party::Column::Appeal.eq(appeal.0))
        .filter(party::Column::Person.eq(person.0))
        .filter(party::Column::ToldAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Decided appeals whose answer a person has not taken note of.
pub async fn untold(read: &Read, person: PersonId) -> Result<Vec<Appeal>> {
    let open = party::Entity::find()
        .filter(party::Column::Person.eq(person.0))
        .filter(party::Column::ToldAt.is_null())
        .all(read)
        .await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(open.into_iter().map(|row| row.appeal)))
        .filter(entity::Column::State.ne(AppealState::Open.as_str()))
        .order_by_desc(entity::Column::DecidedAt)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Adds what was done after an appeal was adopted.
pub async fn note_follow_up(tx: &Tx, appeal: AppealId, one: &FollowUp) -> Result<()> {
    follow_up::Entity::insert(follow_up::ActiveModel {
        id: Set(tx.ids().uuid()),
        appeal: Set(appeal.0),
        kind: Set(one.kind.as_str().to_owned()),
        text: Set(one.text.clone()),
        link: Set(one.link.clone()),
        noted_by: Set(one.noted_by.0),
        noted_at: Set(to_instant(one.noted_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// What was done after an appeal was adopted, the first entry first.
pub async fn follow_ups(read: &Read, appeal: AppealId) -> Result<Vec<FollowUp>> {
    let rows = follow_up::Entity::find()
        .filter(follow_up::Column::Appeal.eq(appeal.0))
        .order_by_asc(follow_up::Column::NotedAt)
        .order_by_asc(follow_up::Column::Id)
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FollowUp {
                kind: FollowUpKind::parse(&row.kind)
                    .ok_or_else(|| StoreError::unreadable("appeal_follow_up", "kind", &row.kind))?,
                text: row.text,
                link: row.link,
                noted_by: row.noted_by.into(),
                noted_at: from_instant(row.noted_at),
            })
        })
        .collect()
}

fn party_from_row(row: party::Model) -> AppealParty {
    AppealParty {
        appeal: row.appeal.into(),
        person: row.person.into(),
        unit: row.unit.into(),
        edition: row.edition.into(),
        fingerprint: row.fingerprint,
        text: row.text,
        joined_at: from_instant(row.joined_at),
        told_at: from_optional_instant(row.told_at),
    }
}

fn to_row(one: &Appeal) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(one.id.0),
        rule: Set(one.rule.clone()),
        words: Set(one.words.clone()),
        excerpt: Set(one.excerpt.clone()),
        message: Set(one.message.clone()),
        severity: Set(one.severity.clone()),
        pack_version: Set(one.pack_version.clone()),
        state: Set(one.state.as_str().to_owned()),
        office: Set(one.office.0),
        deadline: Set(one.deadline.map(|deadline| deadline.0)),
        filed_at: Set(to_instant(one.filed_at)),
        decided_by: Set(one.decided_by.map(|person| person.0)),
        decided_at: Set(to_optional_instant(one.decided_at)),
        opinion: Set(one.opinion.clone()),
    }
}

fn from_row(row: entity::Model) -> Result<Appeal> {
    Ok(Appeal {
        id: row.id.into(),
        rule: row.rule,
        words: row.words,
        excerpt: row.excerpt,
        message: row.message,
        severity: row.severity,
        pack_version: row.pack_version,
        state: AppealState::parse(&row.state)
            .ok_or_else(|| StoreError::unreadable("screening_appeal", "state", &row.state))?,
        office: row.office.into(),
        deadline: row.deadline.map(Into::into),
        filed_at: from_instant(row.filed_at),
        decided_by: row.decided_by.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        opinion: row.opinion,
    })
}

/// The rules that appeals are about, by key.
pub(crate) async fn rules_of(read: &Read, ids: Vec<Uuid>) -> Result<std::collections::HashMap<Uuid, String>> {
    let rows = entity::Entity::find().filter(entity::Column::Id.is_in(ids)).all(read).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.rule)).collect())
}
