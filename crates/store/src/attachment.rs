//! Attachments (附件): which files belong to which edition. The bytes live in the file store.

use domain::{
    attachment::{Attachment, AttachmentUse},
    ids::{AttachmentId, EditionId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set, entity::prelude::*};

use crate::{Read, Result, StoreError, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition: Uuid,
        pub file_name: String,
        pub media_type: String,
        pub size: i64,
        pub hash: String,
        pub usage: String,
        pub alt_text: Option<String>,
        pub position: i64,
        pub uploaded_by: Uuid,
        pub uploaded_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a file to an edition.
///
/// # Errors
/// [`StoreError::Duplicate`] of `attachment(edition, file_name)` when the edition has a file of that name.
pub async fn insert(tx: &Tx, attachment: &Attachment) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(attachment.id.0),
        edition: Set(attachment.edition.0),
        file_name: Set(attachment.file_name.clone()),
        media_type: Set(attachment.media_type.clone()),
        size: Set(attachment.size),
        hash: Set(attachment.hash.clone()),
        usage: Set(attachment.usage.as_str().to_owned()),
        alt_text: Set(attachment.alt_text.clone()),
        position: Set(attachment.position.into()),
        uploaded_by: Set(attachment.uploaded_by.0),
        uploaded_at: Set(columns::to_instant(attachment.uploaded_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Takes a file off an edition; the bytes stay in the file store, other editions may use them.
pub async fn delete(tx: &Tx, id: AttachmentId) -> Result<()> {
    entity::Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// Sets the text alternative of a picture.
pub async fn set_alt_text(tx: &Tx, id: AttachmentId, alt_text: Option<String>) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::AltText, Expr::value(alt_text))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The file with this key.
pub async fn by_id(read: &Read, id: AttachmentId) -> Result<Option<Attachment>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The files of an edition, in their order.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Vec<Attachment>> {
    of_editions(read, &[edition]).await
}

/// The files of several editions, in their order within each.
pub async fn of_editions(read: &Read, editions: &[EditionId]) -> Result<Vec<Attachment>> {
    let mut found = Vec::new();
    for chunk in columns::chunks_of_keys(editions) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Edition.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(entity::Column::Position)
            .order_by_asc(entity::Column::Id)
            .all(read)
            .await?;
        for row in rows {
            found.push(from_row(row)?);
        }
    }
    Ok(found)
}

fn from_row(row: entity::Model) -> Result<Attachment> {
    Ok(Attachment {
        id: row.id.into(),
        edition: row.edition.into(),
        file_name: row.file_name,
        media_type: row.media_type,
        size: row.size,
        hash: row.hash,
        usage: AttachmentUse::parse(&row.usage)
            .ok_or_else(|| StoreError::unreadable("attachment", "usage", &row.usage))?,
        alt_text: row.alt_text,
        position: columns::from_count(row.position),
        uploaded_by: row.uploaded_by.into(),
        uploaded_at: columns::from_instant(row.uploaded_at),
    })
}
