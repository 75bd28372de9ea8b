//! What was read out of stored files, by the digest of their bytes: equal files are read once.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use crate::{Read, Result, Tx};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "file_reading")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub text: String,
        pub notices: String,
        pub shape: Option<String>,
        pub reader: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was read out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReading {
    /// SHA-256 of its bytes, hex.
    pub hash: String,
    /// All its text.
    pub text: String,
    /// What could not be read and why, a JSON list of sentences.
    pub notices: String,
    /// Statistics of a picture as JSON.
    pub shape: Option<String>,
    /// Version of the reader.
    pub reader: i64,
}

/// Keeps a reading in place of an earlier one.
pub async fn keep(tx: &Tx, reading: &FileReading) -> Result<()> {
    let row = entity::ActiveModel {
        hash: Set(reading.hash.clone()),
        text: Set(reading.text.clone()),
        notices: Set(reading.notices.clone()),
        shape: Set(reading.shape.clone()),
        reader: Set(reading.reader),
    };
    let changed = [entity::Column::Text, entity::Column::Notices, entity::Column::Shape, entity::Column::Reader];
    entity::Entity::insert(row)
        .on_conflict(OnConflict::column(entity::Column::Hash).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Readings of these files made by this version of the reader, by digest.
pub async fn of_files(read: &Read, hashes: &[&str], reader: i64) -> Result<HashMap<String, FileReading>> {
    if hashes.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Hash.is_in(hashes.iter().copied()))
        .filter(entity::Column::Reader.eq(reader))
        .all(read)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let entity::Model { hash, text, notices, shape, reader } = row;
            (hash.clone(), FileReading { hash, text, notices, shape, reader })
        })
        .collect())
}
