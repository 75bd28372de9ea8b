//! Remarks at places in the text (批注).

use domain::{
    ids::{CommentId, EditionId},
    review::Comment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set, entity::prelude::*};

use crate::{Read, Result, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "comment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition: Uuid,
        pub review: Option<Uuid>,
        pub field: String,
        pub range_start: Option<i64>,
        pub range_end: Option<i64>,
        pub quote: Option<String>,
        pub text: String,
        pub made_by: Uuid,
        pub made_at: DateTimeUtc,
        pub resolved_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a remark.
pub async fn insert(tx: &Tx, comment: &Comment) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(comment.id.0),
        edition: Set(comment.edition.0),
        review: Set(comment.review.map(|review| review.0)),
        field: Set(comment.field.clone()),
        range_start: Set(comment.range.map(|(start, _)| start.into())),
        range_end: Set(comment.range.map(|(_, end)| end.into())),
        quote: Set(comment.quote.clone()),
        text: Set(comment.text.clone()),
        made_by: Set(comment.made_by.0),
        made_at: Set(columns::to_instant(comment.made_at)),
        resolved_at: Set(columns::to_optional_instant(comment.resolved_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Marks a remark as dealt with.
pub async fn resolve(tx: &Tx, id: CommentId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::ResolvedAt, Expr::value(columns::to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The remark with this key.
pub async fn by_id(read: &Read, id: CommentId) -> Result<Option<Comment>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Remarks on an edition, oldest first.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Vec<Comment>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .order_by_asc(entity::Column::MadeAt)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn from_row(row: entity::Model) -> Comment {
    Comment {
        id: row.id.into(),
        edition: row.edition.into(),
        review: row.review.map(Into::into),
        field: row.field,
        range: row
            .range_start
            .zip(row.range_end)
            .map(|(start, end)| (columns::from_count(start), columns::from_count(end))),
        quote: row.quote,
        text: row.text,
        made_by: row.made_by.into(),
        made_at: columns::from_instant(row.made_at),
        resolved_at: columns::from_optional_instant(row.resolved_at),
    }
}
