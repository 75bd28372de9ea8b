//! What became of every finding of the screening; the ground of the monthly precision of rules.

use domain::{
    finding_outcome::Outcome,
    ids::{EditionId, ResourceId, UnitId},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Read, Result, StoreError, Tx, UnitScope, appeal,
    columns::{self, from_count, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "finding_outcome")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub fingerprint: String,
        pub edition: Uuid,
        pub unit: Uuid,
        pub check_id: String,
        pub rule: String,
        pub words: String,
        pub severity: String,
        pub month: String,
        pub first_seen_at: DateTimeUtc,
        pub outcome: Option<String>,
        pub outcome_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A finding as it was first seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFinding {
    /// Fingerprint.
    pub fingerprint: String,
    /// The check that found it.
    pub check: String,
    /// The rule.
    pub rule: String,
    /// Digest of rule and words.
    pub words: String,
    /// `block`, `warn`, `hint`.
    pub severity: String,
    /// What is known about it.
    pub outcome: Option<Outcome>,
}

/// Adds findings that are new to the item; known ones only learn the edition.
pub async fn note_seen(
    tx: &Tx,
    (resource, edition, unit): (ResourceId, EditionId, UnitId),
    month: &str,
    findings: &[SeenFinding],
) -> Result<()> {
    let rows: Vec<entity::ActiveModel> = findings
        .iter()
        .map(|one| entity::ActiveModel {
            resource: Set(resource.0),
            fingerprint: Set(one.fingerprint.clone()),
            edition: Set(edition.0),
            unit: Set(unit.0),
            check_id: Set(one.check.clone()),
            rule: Set(one.rule.clone()),
            words: Set(one.words.clone()),
            severity: Set(one.severity.clone()),
            month: Set(month.to_owned()),
            first_seen_at: Set(to_instant(tx.now())),
            outcome: Set(one.outcome.map(|outcome| outcome.as_str().to_owned())),
            outcome_at: Set(one.outcome.map(|_| to_instant(tx.now()))),
        })
        .collect();
    // Twelve parameters a row: far below what one statement may carry.
    for chunk in rows.chunks(500) {
        entity::Entity::insert_many(chunk.to_vec())
            .on_conflict(
                OnConflict::columns([entity::Column::Resource, entity::Column::Fingerprint])
                    .update_column(entity::Column::Edition)
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Everything known about the findings of an item.
pub async fn of_resource(read: &Read, resource: ResourceId) -> Result<Vec<(SeenFinding, EditionId)>> {
    let rows = entity::Entity::find().filter(entity::Column::Resource.eq(resource.0)).all(read).await?;
    rows.into_iter()
        .map(|row| {
            let outcome = outcome(row.outcome.as_deref())?;
            let seen = SeenFinding {
                fingerprint: row.fingerprint,
                check: row.check_id,
                rule: row.rule,
                words: row.words,
                severity: row.severity,
                outcome,
            };
            Ok((seen, row.edition.into()))
        })
        .collect()
}

/// Notes what became of findings of an item; `None` opens them again.
pub async fn decide(
    tx: &Tx,
    resource: ResourceId,
    fingerprints: &[String],
    outcome: Option<Outcome>,
    at: Timestamp,
) -> Result<()> {
    for chunk in columns::chunks_of_keys(fingerprints) {
        entity::Entity::update_many()
            .set(entity::ActiveModel {
                outcome: Set(outcome.map(|outcome| outcome.as_str().to_owned())),
                outcome_at: Set(outcome.map(|_| to_instant(at))),
                ..Default::default()
            })
            .filter(entity::Column::Resource.eq(resource.0))
            .filter(entity::Column::Fingerprint.is_in(chunk.iter().map(String::as_str)))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Findings of one rule, month and outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The check that found them.
    pub check: String,
    /// The rule.
    pub rule: String,
    /// `2026-11`, Beijing time.
    pub month: String,
    /// What became of them.
    pub outcome: Option<Outcome>,
    /// How many.
    pub number: u64,
}

#[derive(FromQueryResult)]
struct CountRow {
    check_id: String,
    rule: String,
    month: String,
    outcome: Option<String>,
    number: i64,
}

/// Counts by rule, month and outcome, for months from `first_month` on.
pub async fn counts(read: &Read, scope: &UnitScope, first_month: &str) -> Result<Vec<OutcomeCount>> {
    let rows = entity::Entity::find()
        .select_only()
        .column(entity::Column::CheckId)
        .column(entity::Column::Rule)
        .column(entity::Column::Month)
        .column(entity::Column::Outcome)
        .column_as(Expr::cust("COUNT(*)"), "number")
        .filter(entity::Column::Month.gte(first_month))
        .filter(scope.condition(entity::Column::Unit))
        .group_by(entity::Column::CheckId)
        .group_by(entity::Column::Rule)
        .group_by(entity::Column::Month)
        .group_by(entity::Column::Outcome)
        .order_by_asc(entity::Column::Rule)
        .order_by_asc(entity::Column::Month)
        .into_model::<CountRow>()
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| {
            let outcome = outcome(row.outcome.as_deref())?;
            Ok(OutcomeCount {
                check: row.check_id,
                rule: row.rule,
                month: row.month,
                outcome,
                number: from_count(row.number),
            })
        })
        .collect()
}

/// Appeals (every party counts once) by rule and month, for months from `first_month` on.
pub async fn appeals(read: &Read, scope: &UnitScope, first_month: &str) -> Result<Vec<(String, String)>> {
    let parties = appeal::party::Entity::find()
        .filter(appeal::party::Column::Month.gte(first_month))
        .filter(scope.condition(appeal::party::Column::Unit))
        .all(read)
        .await?;
    let mut found = Vec::with_capacity(parties.len());
    for chunk in columns::chunks_of_keys(&parties) {
        let ids: Vec<_> = chunk.iter().map(|row| row.appeal).collect();
        let rules = appeal::rules_of(read, ids).await?;
        found.extend(chunk.iter().filter_map(|row| Some((rules.get(&row.appeal)?.clone(), row.month.clone()))));
    }
    Ok(found)
}

fn outcome(text: Option<&str>) -> Result<Option<Outcome>> {
    text.map(|text| Outcome::parse(text).ok_or_else(|| StoreError::unreadable("finding_outcome", "outcome", text)))
        .transpose()
}
