//! Writers that race lose nothing and fail nothing.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use testkit::{TestDb, db_test};

use super::{connect, row, scratch, store_on};
use crate::{Result, Store, StoreError};

async fn insert(store: &Store, rows: &[scratch::ActiveModel]) {
    store
        .write(|tx| async move {
            for row in rows {
                scratch::Entity::insert(row.clone()).exec_without_returning(&tx).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}

/// Reads the number, thinks, writes it back one higher.
async fn add_one(store: &Store, label: &str) -> Result<()> {
    store
        .write(|tx| async move {
            let row = scratch::Entity::find()
                .filter(scratch::Column::Label.eq(label))
                .lock_exclusive()
                .one(&tx)
                .await?
                .ok_or(StoreError::Missing { what: "scratch" })?;
            tokio::task::yield_now().await;
            let number = row.number.unwrap_or(0);
            let mut row = row.into_active_model();
            row.number = Set(Some(number + 1));
            row.update(&tx).await?;
            Ok(())
        })
        .await
}

async fn number(store: &Store, label: &str) -> Option<i64> {
    let row = scratch::Entity::find().filter(scratch::Column::Label.eq(label)).one(&store.read()).await.unwrap();
    row.unwrap().number
}

#[db_test]
async fn forty_racing_read_then_write_updates_lose_none(db: TestDb) {
    let store = store_on(&db).await;
    insert(&store, &[row(&db, "counter", Some(0))]).await;
    // Four nodes, so that SQLite's lock on the file is raced for too and not only the pool's one writer.
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(connect(&db).await);
    }
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let node = nodes[number % nodes.len()].clone();
        tasks.spawn(async move { add_one(&node, "counter").await });
    }
    while let Some(outcome) = tasks.join_next().await {
        outcome.unwrap().unwrap();
    }
    assert_eq!(number(&store, "counter").await, Some(40));
}

#[db_test]
async fn writers_that_lock_in_opposite_order_both_get_through(db: TestDb) {
    let store = store_on(&db).await;
    insert(&store, &[row(&db, "left", Some(0)), row(&db, "right", Some(0))]).await;
    let (store, barrier) = (&store, &tokio::sync::Barrier::new(2));
    let lock_both = |first: &'static str, second: &'static str| async move {
        let met = &std::sync::atomic::AtomicBool::new(store.engine() == crate::Engine::Sqlite);
        store
            .write(|tx| async move {
                for label in [first, second] {
                    let row = scratch::Entity::find().filter(scratch::Column::Label.eq(label)).lock_exclusive();
                    let row = row.one(&tx).await?.ok_or(StoreError::Missing { what: "scratch" })?;
                    // On PostgreSQL, the first time, each waits until the other holds its first lock: a sure deadlock.
                    if !met.swap(true, std::sync::atomic::Ordering::SeqCst) {
                        barrier.wait().await;
                    }
                    let number = row.number.unwrap_or(0);
                    let mut row = row.into_active_model();
                    row.number = Set(Some(number + 1));
                    row.update(&tx).await?;
                }
                Ok::<_, StoreError>(())
            })
            .await
    };
    let (one, other) = tokio::join!(lock_both("left", "right"), lock_both("right", "left"));
    one.unwrap();
    other.unwrap();
    assert_eq!((number(store, "left").await, number(store, "right").await), (Some(2), Some(2)));
}

#[db_test]
async fn of_two_people_who_saved_the_same_version_the_second_is_told(db: TestDb) {
    use sea_orm::sea_query::Expr;
    let store = store_on(&db).await;
    insert(&store, &[row(&db, "draft", None)]).await;
    let save = |seen: i64| {
        store.write(move |tx| async move {
            let outcome = scratch::Entity::update_many()
                .col_expr(scratch::Column::LockVersion, Expr::value(seen + 1))
                .filter(scratch::Column::Label.eq("draft"))
                .filter(scratch::Column::LockVersion.eq(seen))
                .exec(&tx)
                .await?;
            crate::columns::require_one_row("scratch", outcome.rows_affected)
        })
    };
    save(0).await.unwrap();
    assert!(matches!(save(0).await, Err(StoreError::Conflict { what: "scratch" })));
    save(1).await.unwrap();
}
