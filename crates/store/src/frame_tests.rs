//! The frame under test, with a table of its own: these need private access to SQL, which only this crate has.

mod errors;
mod ordering;
mod racing;
mod transactions;

use testkit::TestDb;

use crate::{Result, Store, StoreError, StoreOptions};

mod scratch {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "scratch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub label: String,
        pub number: Option<i64>,
        pub happened_at: Option<DateTimeUtc>,
        pub happened_on: Option<Date>,
        pub done: bool,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// This crate's own store on the database of `db` (whose `store` is another build of this crate), with the table.
async fn store_on(db: &TestDb) -> Store {
    let store = connect(db).await;
    let sql = match store.engine() {
        crate::Engine::Sqlite => {
            "CREATE TABLE scratch (
                id BLOB NOT NULL PRIMARY KEY, label TEXT NOT NULL, number INTEGER, happened_at TEXT, happened_on TEXT,
                done INTEGER NOT NULL CHECK (done IN (0, 1)), lock_version INTEGER NOT NULL,
                UNIQUE (label, number)
            ) STRICT;
            CREATE TABLE scratch_child (scratch_id BLOB NOT NULL PRIMARY KEY REFERENCES scratch (id)) STRICT"
        }
        crate::Engine::Postgres => {
            r#"CREATE TABLE scratch (
                id uuid NOT NULL PRIMARY KEY, label text COLLATE "C" NOT NULL, number bigint, happened_at timestamptz,
                happened_on date, done boolean NOT NULL, lock_version bigint NOT NULL,
                UNIQUE (label, number)
            );
            CREATE TABLE scratch_child (scratch_id uuid NOT NULL PRIMARY KEY REFERENCES scratch (id))"#
        }
    };
    run(&store, sql).await.unwrap();
    store
}

async fn connect(db: &TestDb) -> Store {
    let mut options = StoreOptions::new(db.clock.clone(), db.ids.clone());
    options.durability = crate::Durability::ProcessCrash;
    Store::connect(db.url(), options).await.unwrap()
}

async fn run(store: &Store, sql: &str) -> Result<()> {
    use sea_orm::ConnectionTrait;
    store
        .write(|tx| async move {
            tx.execute_unprepared(sql).await?;
            Ok::<_, StoreError>(())
        })
        .await
}

fn row(db: &TestDb, label: &str, number: Option<i64>) -> scratch::ActiveModel {
    use sea_orm::ActiveValue::Set;
    scratch::ActiveModel {
        id: Set(db.ids.uuid()),
        label: Set(label.to_owned()),
        number: Set(number),
        happened_at: Set(None),
        happened_on: Set(None),
        done: Set(false),
        lock_version: Set(0),
    }
}
