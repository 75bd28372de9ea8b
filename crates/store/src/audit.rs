//! Audit events: appended in the verb's own transaction, numbered without gaps, chained by hash.

use domain::{
    actor::{Actor, Origin},
    audit::{AuditEntry, AuditEvent},
    ids::{PersonId, UnitId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, StoreError, Tx, columns};

mod event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub id: Uuid,
        pub at: DateTimeUtc,
        pub person: Option<Uuid>,
        pub login: String,
        pub channel: String,
        pub address: String,
        pub request_id: Option<String>,
        pub action: String,
        pub subject_kind: String,
        pub subject_id: String,
        pub subject_name: String,
        pub unit: Option<Uuid>,
        pub before_json: String,
        pub after_json: String,
        pub success: bool,
        pub previous_hash: String,
        pub hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod head {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub number: i64,
        pub hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What to look for among the events; empty fields do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// First instant, inclusive.
    pub from: Option<Timestamp>,
    /// Last instant, exclusive.
    pub until: Option<Timestamp>,
    /// Login name, exact.
    pub login: Option<String>,
    /// The person.
    pub person: Option<PersonId>,
    /// Verb, exact, or a noun followed by a dot (`edition.`) for all its verbs.
    pub action: Option<String>,
    /// Kind of the thing acted upon.
    pub subject_kind: Option<String>,
    /// Key of the thing acted upon.
    pub subject_id: Option<String>,
    /// Unit concerned.
    pub unit: Option<UnitId>,
    /// Only successes, or only failures.
    pub success: Option<bool>,
}

/// Appends one event at the end of the chain. Call it last in a verb: it locks the head of the chain until the
/// transaction ends, which is what makes the numbers follow the commits.
///
/// # Errors
/// [`StoreError::Database`] when the head row is missing or the event cannot be written.
pub async fn append(tx: &Tx, actor: Option<&Actor>, entry: AuditEntry) -> Result<AuditEvent> {
    match actor {
        Some(actor) => append_as(tx, Some(actor.person), &actor.login, &actor.origin, entry).await,
        None => append_as(tx, None, "", &Origin::job(), entry).await,
    }
}

/// Appends an event of somebody who is not (yet) an actor: a login, a refused login, the command line.
///
/// # Errors
/// As [`append`].
pub async fn append_as(
    tx: &Tx,
    person: Option<PersonId>,
    login: &str,
    origin: &Origin,
    entry: AuditEntry,
) -> Result<AuditEvent> {
    let head = head::Entity::find_by_id(1)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| StoreError::unreadable("audit_head", "id", "the head row of the audit chain is missing"))?;
    let mut chained = AuditEvent {
        number: head.number + 1,
        id: tx.ids().fresh(),
        at: domain::time::truncate_to_millis(tx.now()),
        person,
        login: login.to_owned(),
        channel: origin.channel.clone(),
        address: origin.address.clone(),
        request_id: origin.request_id.clone(),
        entry,
        previous_hash: head.hash.clone(),
        hash: String::new(),
    };
    chained.hash = chained.expected_hash();
    event::Entity::insert(to_row(&chained)).exec_without_returning(tx).await?;
    head::Entity::update(head::ActiveModel {
        id: Set(1),
        number: Set(chained.number),
        hash: Set(chained.hash.clone()),
    })
    .exec(tx)
    .await?;
    Ok(chained)
}

/// Events in order of their numbers, from `after` (exclusive), at most `limit`: for verification and export.
pub async fn page_after(read: &Read, after: i64, limit: u64) -> Result<Vec<AuditEvent>> {
    let rows = event::Entity::find()
        .filter(event::Column::Number.gt(after))
        .order_by_asc(event::Column::Number)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Number and hash of the last event, as the head row says (0 and zeros before the first).
pub async fn head(read: &Read) -> Result<(i64, String)> {
    let row = head::Entity::find_by_id(1)
        .one(read)
        .await?
        .ok_or_else(|| StoreError::unreadable("audit_head", "id", "the head row of the audit chain is missing"))?;
    Ok((row.number, row.hash))
}

/// Newest first; the number of all matches comes with the page.
pub async fn search(read: &Read, filter: &AuditFilter, offset: u64, limit: u64) -> Result<(Vec<AuditEvent>, u64)> {
    let query = event::Entity::find().filter(condition(filter));
    let total = query.clone().count(read).await?;
    let rows = query.order_by_desc(event::Column::Number).offset(offset).limit(limit).all(read).await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// Events upon any of these things, newest first: the story of one item.
///
/// The kinds are asked for because the index begins with them.
pub async fn of_subjects(
    read: &Read,
    subject_kinds: &[&str],
    subject_ids: &[String],
    limit: u64,
) -> Result<Vec<AuditEvent>> {
    let rows = event::Entity::find()
        .filter(event::Column::SubjectKind.is_in(subject_kinds.iter().copied()))
        .filter(event::Column::SubjectId.is_in(subject_ids.iter().cloned()))
        .order_by_desc(event::Column::Number)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn condition(filter: &AuditFilter) -> sea_orm::Condition {
    let action = filter.action.as_ref().map(|action| match action.strip_suffix('.') {
        Some(noun) => event::Column::SubjectKind.eq(noun),
        None => event::Column::Action.eq(action),
    });
    sea_orm::Condition::all()
        .add_option(filter.from.map(|from| event::Column::At.gte(columns::to_instant(from))))
        .add_option(filter.until.map(|until| event::Column::At.lt(columns::to_instant(until))))
        .add_option(filter.login.as_ref().map(|login| event::Column::Login.eq(login)))
        .add_option(filter.person.map(|person| event::Column::Person.eq(person.0)))
        .add_option(action)
        .add_option(filter.subject_kind.as_ref().map(|kind| event::Column::SubjectKind.eq(kind)))
        .add_option(filter.subject_id.as_ref().map(|id| event::Column::SubjectId.eq(id)))
        .add_option(filter.unit.map(|unit| event::Column::Unit.eq(unit.0)))
        .add_option(filter.success.map(|success| event::Column::Success.eq(success)))
}

fn to_row(event: &AuditEvent) -> event::ActiveModel {
    event::ActiveModel {
        number: Set(event.number),
        id: Set(event.id.0),
        at: Set(columns::to_instant(event.at)),
        person: Set(event.person.map(|person| person.0)),
        login: Set(event.login.clone()),
        channel: Set(event.channel.clone()),
        address: Set(event.address.clone()),
        request_id: Set(event.request_id.clone()),
        action: Set(event.entry.action.clone()),
        subject_kind: Set(event.entry.subject_kind.clone()),
        subject_id: Set(event.entry.subject_id.clone()),
        subject_name: Set(event.entry.subject_name.clone()),
        unit: Set(event.entry.unit.map(|unit| unit.0)),
        before_json: Set(event.entry.before.to_string()),
        after_json: Set(event.entry.after.to_string()),
        success: Set(event.entry.success),
        previous_hash: Set(event.previous_hash.clone()),
        hash: Set(event.hash.clone()),
    }
}

fn from_row(row: event::Model) -> Result<AuditEvent> {
    // An unreadable state must not hide the event: verification shows it as altered.
    let state = |json: &str| serde_json::from_str(json).unwrap_or_else(|_| serde_json::Value::String(json.to_owned()));
    Ok(AuditEvent {
        number: row.number,
        id: row.id.into(),
        at: columns::from_instant(row.at),
        person: row.person.map(Into::into),
        login: row.login,
        channel: row.channel,
        address: row.address,
        request_id: row.request_id,
        entry: AuditEntry {
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            subject_name: row.subject_name,
            unit: row.unit.map(Into::into),
            before: state(&row.before_json),
            after: state(&row.after_json),
            success: row.success,
        },
        previous_hash: row.previous_hash,
        hash: row.hash,
    })
}
