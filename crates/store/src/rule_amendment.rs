//! Changed parameters of rules (规则参数调整): all that ever were, with their state.

use domain::{
    identifier::DivisionCode,
    ids::AmendmentId,
    rule::{Amendment, AmendmentState, RuleId},
};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{
        from_instant, from_json, from_optional_instant, require_one_row, to_instant, to_json, to_optional_instant,
    },
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule_amendment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rule: String,
        pub parameter: String,
        pub division: String,
        pub value: String,
        pub from_day: String,
        pub until_day: Option<String>,
        pub looser: bool,
        pub reason: String,
        pub document: Option<String>,
        pub state: String,
        pub proposed_by: Uuid,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds an amendment.
///
/// # Errors
/// [`StoreError::Duplicate`] when one is proposed already, or one is in force without an end, for the same parameter
/// and division.
pub async fn insert(tx: &Tx, amendment: &Amendment) -> Result<()> {
    let row = to_row(amendment)?;
    entity::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves state, dates, decision and remark of an amendment whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone; [`StoreError::Duplicate`] as for [`insert`].
pub async fn update(tx: &Tx, amendment: &Amendment) -> Result<()> {
    use sea_orm::sea_query::{Expr, ExprTrait};
    let mut row = to_row(amendment)?;
    row.lock_version = sea_orm::ActiveValue::NotSet;
    let done = entity::Entity::update_many()
        .set(row)
        .col_expr(entity::Column::LockVersion, Expr::col(entity::Column::LockVersion).add(1))
        .filter(entity::Column::Id.eq(amendment.id.0))
        .exec(tx)
        .await?;
    require_one_row("rule_amendment", done.rows_affected)
}

/// The amendment with this key.
pub async fn by_id(read: &Read, id: AmendmentId) -> Result<Option<Amendment>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The amendment with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: AmendmentId) -> Result<Option<Amendment>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// Those proposed or in force for one parameter at one division, locked until the transaction ends, the oldest first.
pub async fn lock_open(tx: &Tx, rule: &RuleId, parameter: &str, division: &DivisionCode) -> Result<Vec<Amendment>> {
    let states = [AmendmentState::Proposed, AmendmentState::InForce].map(AmendmentState::as_str);
    let rows = entity::Entity::find()
        .filter(entity::Column::Rule.eq(rule.as_str()))
        .filter(entity::Column::Parameter.eq(parameter))
        .filter(entity::Column::Division.eq(division.as_str()))
        .filter(entity::Column::State.is_in(states))
        .order_by_asc(entity::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Every amendment of a rule that ever was, the newest first.
pub async fn of_rule(read: &Read, rule: &RuleId) -> Result<Vec<Amendment>> {
    newest_first(read, Condition::all().add(entity::Column::Rule.eq(rule.as_str()))).await
}

/// All that are, were or will be in force, the newest first: what a past or coming day is judged by.
pub async fn in_force(read: &Read) -> Result<Vec<Amendment>> {
    newest_first(read, Condition::all().add(entity::Column::State.eq(AmendmentState::InForce.as_str()))).await
}

/// Those that wait for the region, the newest first.
pub async fn proposed(read: &Read) -> Result<Vec<Amendment>> {
    newest_first(read, Condition::all().add(entity::Column::State.eq(AmendmentState::Proposed.as_str()))).await
}

/// Every amendment, the newest first.
pub async fn all(read: &Read) -> Result<Vec<Amendment>> {
    newest_first(read, Condition::all()).await
}

async fn newest_first(read: &Read, condition: Condition) -> Result<Vec<Amendment>> {
    let rows = entity::Entity::find()
        .filter(condition)
        .order_by_desc(entity::Column::ProposedAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn to_row(amendment: &Amendment) -> Result<entity::ActiveModel> {
    Ok(entity::ActiveModel {
        id: Set(amendment.id.0),
        rule: Set(amendment.rule.as_str().to_owned()),
        parameter: Set(amendment.key.clone()),
        division: Set(amendment.division.as_str().to_owned()),
        value: Set(to_json(&amendment.value)?),
        from_day: Set(amendment.from.to_string()),
        until_day: Set(amendment.until.map(|day| day.to_string())),
        looser: Set(amendment.looser),
        reason: Set(amendment.reason.clone()),
        document: Set(amendment.document.clone()),
        state: Set(amendment.state.as_str().to_owned()),
        proposed_by: Set(amendment.proposed_by.0),
        proposed_at: Set(to_instant(amendment.proposed_at)),
        decided_by: Set(amendment.decided_by.map(|person| person.0)),
        decided_at: Set(to_optional_instant(amendment.decided_at)),
        remark: Set(amendment.remark.clone()),
        lock_version: Set(1),
    })
}

fn from_row(row: entity::Model) -> Result<Amendment> {
    let day = |column, text: &str| -> Result<Date> {
        text.parse().map_err(|_| StoreError::unreadable("rule_amendment", column, text))
    };
    Ok(Amendment {
        id: row.id.into(),
        rule: RuleId::parse(&row.rule).map_err(|_| StoreError::unreadable("rule_amendment", "rule", &row.rule))?,
        key: row.parameter,
        division: DivisionCode::parse(&row.division)
            .map_err(|_| StoreError::unreadable("rule_amendment", "division", &row.division))?,
        value: from_json("rule_amendment", "value", &row.value)?,
        from: day("from_day", &row.from_day)?,
        until: row.until_day.as_deref().map(|text| day("until_day", text)).transpose()?,
        looser: row.looser,
        reason: row.reason,
        document: row.document,
        state: AmendmentState::parse(&row.state)
            .ok_or_else(|| StoreError::unreadable("rule_amendment", "state", &row.state))?,
        proposed_by: row.proposed_by.into(),
        proposed_at: from_instant(row.proposed_at),
        decided_by: row.decided_by.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        remark: row.remark,
    })
}
