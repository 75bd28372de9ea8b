//! Editions (版本): versions of resources, with their states.

use std::collections::HashMap;

use domain::{
    edition::{Edition, EditionState},
    ids::{EditionId, PersonId, ResourceId},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, entity::prelude::*,
    sea_query::OnConflict,
};

use crate::{Read, Result, StoreError, Tx, columns};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "edition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub resource: Uuid,
        pub number: i64,
        pub language: String,
        pub state: String,
        pub title: String,
        pub title_folded: String,
        pub body: String,
        pub elements: String,
        pub open_mode: String,
        pub document_number: Option<String>,
        pub change_note: Option<String>,
        pub written_by: Uuid,
        pub submitted_by: Option<Uuid>,
        pub submitted_at: Option<DateTimeUtc>,
        pub admitted_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub content_hash: Option<String>,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod writer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "edition_writer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds an edition with its writers.
///
/// # Errors
/// [`StoreError::Duplicate`] of the open (or admitted) edition's index when the resource has one already.
pub async fn insert(tx: &Tx, edition: &Edition) -> Result<()> {
    entity::Entity::insert(to_row(edition)?).exec_without_returning(tx).await?;
    for person in &edition.writers {
        add_writer(tx, edition.id, *person).await?;
    }
    Ok(())
}

/// The edition with this key.
pub async fn by_id(read: &Read, id: EditionId) -> Result<Option<Edition>> {
    match entity::Entity::find_by_id(id.0).one(read).await? {
        Some(row) => Ok(with_writers(read, vec![row]).await?.pop()),
        None => Ok(None),
    }
}

/// The edition with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: EditionId) -> Result<Option<Edition>> {
    match entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await? {
        Some(row) => Ok(with_writers(tx, vec![row]).await?.pop()),
        None => Ok(None),
    }
}

/// All editions of a resource, newest number first.
pub async fn of_resource(read: &Read, resource: ResourceId) -> Result<Vec<Edition>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Resource.eq(resource.0))
        .order_by_desc(entity::Column::Number)
        .all(read)
        .await?;
    with_writers(read, rows).await
}

/// The admitted edition of a resource in a language.
pub async fn admitted_of(read: &Read, resource: ResourceId, language: &str) -> Result<Option<Edition>> {
    one_in_states(read, resource, language, &[EditionState::Admitted]).await
}

/// Admitted editions with one of these titles or document numbers: what a text cites.
pub async fn cited(read: &Read, titles: &[String], numbers: &[String]) -> Result<Vec<Edition>> {
    let either = Condition::any()
        .add(entity::Column::Title.is_in(titles.iter().map(String::as_str)))
        .add(entity::Column::DocumentNumber.is_in(numbers.iter().map(String::as_str)));
    let rows = entity::Entity::find()
        .filter(entity::Column::State.eq(EditionState::Admitted.as_str()))
        .filter(either)
        .order_by_asc(entity::Column::Id)
        .limit(100)
        .all(read)
        .await?;
    with_writers(read, rows).await
}

/// The unfinished edition of a resource in a language.
pub async fn open_of(read: &Read, resource: ResourceId, language: &str) -> Result<Option<Edition>> {
    let open = [EditionState::Draft, EditionState::Returned, EditionState::InReview];
    one_in_states(read, resource, language, &open).await
}

/// Saves every field of an edition if nobody else did since it was read; the new lock version is returned.
///
/// # Errors
/// [`StoreError::Conflict`] when `edition.lock_version` is no longer the stored one.
pub async fn update(tx: &Tx, edition: &Edition) -> Result<i64> {
    let mut row = to_row(edition)?;
    row.lock_version = Set(edition.lock_version + 1);
    let done = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(edition.id.0))
        .filter(entity::Column::LockVersion.eq(edition.lock_version))
        .exec(tx)
        .await?;
    columns::require_one_row("edition", done.rows_affected)?;
    Ok(edition.lock_version + 1)
}

/// Notes that a person saved a draft of the edition; once noted, never removed.
pub async fn add_writer(tx: &Tx, edition: EditionId, person: PersonId) -> Result<()> {
    writer::Entity::insert(writer::ActiveModel { edition: Set(edition.0), person: Set(person.0) })
        .on_conflict(OnConflict::columns([writer::Column::Edition, writer::Column::Person]).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn one_in_states(
    read: &Read,
    resource: ResourceId,
    language: &str,
    states: &[EditionState],
) -> Result<Option<Edition>> {
    let row = entity::Entity::find()
        .filter(entity::Column::Resource.eq(resource.0))
        .filter(entity::Column::Language.eq(language))
        .filter(entity::Column::State.is_in(states.iter().map(|state| state.as_str())))
        .one(read)
        .await?;
    match row {
        Some(row) => Ok(with_writers(read, vec![row]).await?.pop()),
        None => Ok(None),
    }
}

pub(crate) async fn with_writers(read: &Read, rows: Vec<entity::Model>) -> Result<Vec<Edition>> {
    let mut writers: HashMap<Uuid, Vec<PersonId>> = HashMap::new();
    let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    for chunk in columns::chunks_of_keys(&keys) {
        let found =
            writer::Entity::find().filter(writer::Column::Edition.is_in(chunk.iter().copied())).all(read).await?;
        for row in found {
            writers.entry(row.edition).or_default().push(row.person.into());
        }
    }
    rows.into_iter()
        .map(|row| {
            let writers = writers.remove(&row.id).unwrap_or_default();
            from_row(row, writers)
        })
        .collect()
}

fn to_row(edition: &Edition) -> Result<entity::ActiveModel> {
    Ok(entity::ActiveModel {
        id: Set(edition.id.0),
        resource: Set(edition.resource.0),
        number: Set(edition.number.into()),
        language: Set(edition.language.clone()),
        state: Set(edition.state.as_str().to_owned()),
        title: Set(edition.title.clone()),
        title_folded: Set(columns::folded(&edition.title)),
        body: Set(edition.body.clone()),
        elements: Set(columns::to_json(&edition.elements)?),
        open_mode: Set(edition.elements.open_mode.as_str().to_owned()),
        document_number: Set(edition.elements.document_number.clone()),
        change_note: Set(edition.change_note.clone()),
        written_by: Set(edition.written_by.0),
        submitted_by: Set(edition.submitted_by.map(|person| person.0)),
        submitted_at: Set(columns::to_optional_instant(edition.submitted_at)),
        admitted_at: Set(columns::to_optional_instant(edition.admitted_at)),
        created_at: Set(columns::to_instant(edition.created_at)),
        updated_at: Set(columns::to_instant(edition.updated_at)),
        content_hash: Set(edition.content_hash.clone()),
        lock_version: Set(edition.lock_version),
    })
}

fn from_row(row: entity::Model, writers: Vec<PersonId>) -> Result<Edition> {
    Ok(Edition {
        id: row.id.into(),
        resource: row.resource.into(),
        number: columns::from_count(row.number),
        language: row.language,
        state: EditionState::parse(&row.state).ok_or_else(|| StoreError::unreadable("edition", "state", &row.state))?,
        title: row.title,
        body: row.body,
        elements: columns::from_json("edition", "elements", &row.elements)?,
        change_note: row.change_note,
        written_by: row.written_by.into(),
        writers,
        submitted_by: row.submitted_by.map(Into::into),
        submitted_at: columns::from_optional_instant(row.submitted_at),
        admitted_at: columns::from_optional_instant(row.admitted_at),
        created_at: columns::from_instant(row.created_at),
        updated_at: columns::from_instant(row.updated_at),
        content_hash: row.content_hash,
        lock_version: row.lock_version,
    })
}
