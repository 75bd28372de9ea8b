//! Lists over the library: editions with what people need to recognise them, scoped to what the reader may see.

use domain::{
    edition::EditionState,
    ids::{EditionId, PersonId, ResourceId, UnitId},
    resource::ResourceKind,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, entity::prelude::*,
};

use crate::{Read, Result, StoreError, columns, edition, resource};

/// What the reader may see (see `policy::readable_paths`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryScope {
    /// Everything of units whose path begins with one of these.
    pub paths: Vec<String>,
    /// Everything of exactly these units.
    pub units: Vec<UnitId>,
    /// Admitted editions that are open to the public, of anybody (共享共用).
    pub shared: bool,
}

/// What to look for; empty fields do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryFilter {
    /// Words in the title, or a whole document number.
    pub text: Option<String>,
    /// Type.
    pub kind: Option<ResourceKind>,
    /// States; empty = all but superseded and discarded.
    pub states: Vec<EditionState>,
    /// The unit that answers for it.
    pub unit: Option<UnitId>,
    /// Written by this person.
    pub written_by: Option<PersonId>,
    /// Oldest change first instead of newest first.
    pub oldest_first: bool,
    /// Order by title instead of by change.
    pub by_title: bool,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryRow {
    /// The edition.
    pub edition: EditionId,
    /// Its resource.
    pub resource: ResourceId,
    /// Number in public addresses.
    pub serial: i64,
    /// Type.
    pub kind: ResourceKind,
    /// Edition number.
    pub number: i32,
    /// State.
    pub state: EditionState,
    /// Title.
    pub title: String,
    /// Document number, if any.
    pub document_number: Option<String>,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Name of that unit.
    pub unit_name: String,
    /// Name of the last writer.
    pub writer_name: String,
    /// Last change.
    pub updated_at: Timestamp,
    /// Admission, if admitted.
    pub admitted_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    resource: Uuid,
    serial: i64,
    kind: String,
    number: i64,
    state: String,
    title: String,
    document_number: Option<String>,
    unit: Uuid,
    unit_name: String,
    writer_name: String,
    updated_at: DateTimeUtc,
    admitted_at: Option<DateTimeUtc>,
}

mod unit_name {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod person_name {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The matching editions within the scope, and how many match in all.
pub async fn list(
    read: &Read,
    scope: &LibraryScope,
    filter: &LibraryFilter,
    offset: u64,
    limit: u64,
) -> Result<(Vec<LibraryRow>, u64)> {
    let query = edition::entity::Entity::find()
        .join(
            JoinType::InnerJoin,
            edition::entity::Entity::belongs_to(resource::entity::Entity)
                .from(edition::entity::Column::Resource)
                .to(resource::entity::Column::Id)
                .into(),
        )
        .filter(in_scope(scope))
        .filter(matching(filter));
    let total = query.clone().count(read).await?;
    let direction = if filter.oldest_first { Order::Asc } else { Order::Desc };
    let ordered = match filter.by_title {
        true => query.order_by(edition::entity::Column::TitleFolded, direction.clone()),
        false => query.order_by(edition::entity::Column::UpdatedAt, direction.clone()),
    };
    let rows = ordered
        .order_by(edition::entity::Column::Id, direction)
        .join(
            JoinType::InnerJoin,
            resource::entity::Entity::belongs_to(unit_name::Entity)
                .from(resource::entity::Column::Unit)
                .to(unit_name::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            edition::entity::Entity::belongs_to(person_name::Entity)
                .from(edition::entity::Column::WrittenBy)
                .to(person_name::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            edition::entity::Column::Id,
            edition::entity::Column::Resource,
            edition::entity::Column::Number,
            edition::entity::Column::State,
            edition::entity::Column::Title,
            edition::entity::Column::DocumentNumber,
            edition::entity::Column::UpdatedAt,
            edition::entity::Column::AdmittedAt,
        ])
        .columns([resource::entity::Column::Serial, resource::entity::Column::Kind, resource::entity::Column::Unit])
        .column_as(unit_name::Column::Name, "unit_name")
        .column_as(person_name::Column::Name, "writer_name")
        .offset(offset)
        .limit(limit)
        .into_model::<Row>()
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

fn in_scope(scope: &LibraryScope) -> Condition {
    let mut any = nothing();
    for path in &scope.paths {
        any = any.add(resource::entity::Column::UnitPath.starts_with(path));
    }
    if !scope.units.is_empty() {
        any = any.add(resource::entity::Column::Unit.is_in(scope.units.iter().map(|unit| unit.0)));
    }
    if scope.shared {
        any = any.add(
            Condition::all()
                .add(edition::entity::Column::State.eq(EditionState::Admitted.as_str()))
                .add(edition::entity::Column::OpenMode.is_in(["active", "not_government_information"])),
        );
    }
    any
}

fn matching(filter: &LibraryFilter) -> Condition {
    let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| {
        Condition::any()
            .add(edition::entity::Column::TitleFolded.like(columns::contains_pattern(text)))
            .add(edition::entity::Column::DocumentNumber.eq(text))
    });
    let states = match filter.states.is_empty() {
        true => edition::entity::Column::State
            .is_not_in([EditionState::Superseded.as_str(), EditionState::Discarded.as_str()]),
        false => edition::entity::Column::State.is_in(filter.states.iter().map(|state| state.as_str())),
    };
    Condition::all()
        .add(states)
        .add_option(text)
        .add_option(filter.kind.map(|kind| resource::entity::Column::Kind.eq(kind.as_str())))
        .add_option(filter.unit.map(|unit| resource::entity::Column::Unit.eq(unit.0)))
        .add_option(filter.written_by.map(|person| edition::entity::Column::WrittenBy.eq(person.0)))
}

fn from_row(row: Row) -> Result<LibraryRow> {
    Ok(LibraryRow {
        edition: row.id.into(),
        resource: row.resource.into(),
        serial: row.serial,
        kind: ResourceKind::parse(&row.kind).ok_or_else(|| StoreError::unreadable("resource", "kind", &row.kind))?,
        number: columns::from_count(row.number),
        state: EditionState::parse(&row.state).ok_or_else(|| StoreError::unreadable("edition", "state", &row.state))?,
        title: row.title,
        document_number: row.document_number,
        unit: row.unit.into(),
        unit_name: row.unit_name,
        writer_name: row.writer_name,
        updated_at: columns::from_instant(row.updated_at),
        admitted_at: columns::from_optional_instant(row.admitted_at),
    })
}

/// The start of a list of alternatives: without one it matches nothing (an empty `any` would match everything).
fn nothing() -> Condition {
    Condition::any().add(sea_orm::sea_query::ExprTrait::eq(Expr::val(1), 0))
}
