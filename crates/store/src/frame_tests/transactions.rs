//! What a transaction keeps, drops, refuses and announces.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::{TestDb, db_test};

use super::{connect, row, scratch, store_on};
use crate::{Change, Result, Store, StoreError, Tx};

async fn count(store: &Store) -> u64 {
    scratch::Entity::find().count(&store.read()).await.unwrap()
}

async fn insert(tx: &Tx, row: &scratch::ActiveModel) -> Result<()> {
    scratch::Entity::insert(row.clone()).exec_without_returning(tx).await?;
    Ok(())
}

#[db_test]
async fn an_error_rolls_everything_back(db: TestDb) {
    let store = store_on(&db).await;
    let row = &row(&db, "a", None);
    let outcome: Result<()> = store
        .write(|tx| async move {
            insert(&tx, row).await?;
            Err(StoreError::Missing { what: "anything" })
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Missing { what: "anything" })), "{outcome:?}");
    assert_eq!(count(&store).await, 0);
}

#[db_test]
async fn a_write_dropped_half_way_leaves_nothing_and_the_next_one_works(db: TestDb) {
    let store = store_on(&db).await;
    let (first, second) = (&row(&db, "a", None), &row(&db, "b", None));
    let hanging = store.write(|tx| async move {
        insert(&tx, first).await?;
        std::future::pending::<Result<()>>().await
    });
    assert!(tokio::time::timeout(Duration::from_millis(200), hanging).await.is_err());
    store.write(|tx| async move { insert(&tx, second).await }).await.unwrap();
    assert_eq!(count(&store).await, 1);
}

#[db_test]
async fn a_failed_statement_cannot_be_committed_over(db: TestDb) {
    let store = store_on(&db).await;
    let row = &row(&db, "a", None);
    let outcome = store
        .write(|tx| async move {
            insert(&tx, row).await?;
            // The same key again; the caller does not care.
            let _ = insert(&tx, row).await;
            Ok::<_, StoreError>(())
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::SwallowedFailure)), "{outcome:?}");
    assert_eq!(count(&store).await, 0);
}

#[db_test]
async fn a_transaction_kept_for_later_is_rolled_back(db: TestDb) {
    let store = store_on(&db).await;
    let (kept, row) = (&Mutex::new(None), &row(&db, "a", None));
    let outcome = store
        .write(|tx| async move {
            insert(&tx, row).await?;
            *kept.lock().unwrap() = Some(tx.clone());
            Ok::<_, StoreError>(())
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::TransactionEscaped)), "{outcome:?}");
    kept.lock().unwrap().take();
    assert_eq!(count(&store).await, 0);
}

#[db_test]
async fn a_transaction_the_database_wants_again_is_tried_six_times(db: TestDb) {
    let store = store_on(&db).await;
    if store.engine() == crate::Engine::Sqlite {
        return; // SQLite never asks for that: BEGIN IMMEDIATE takes all locks at the beginning.
    }
    let attempts = &AtomicU32::new(0);
    let outcome = store
        .write(|tx| async move {
            use sea_orm::ConnectionTrait;
            attempts.fetch_add(1, Ordering::SeqCst);
            tx.execute_unprepared("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$").await?;
            Ok::<_, StoreError>(())
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Busy(_))), "{outcome:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 6);
}

#[db_test]
async fn a_database_locked_by_another_process_is_busy_not_broken(db: TestDb) {
    let store = store_on(&db).await;
    if store.engine() == crate::Engine::Postgres {
        return; // PostgreSQL has no lock on the whole database.
    }
    let mut options = crate::StoreOptions::new(db.clock.clone(), db.ids.clone());
    options.acquire_timeout = Duration::from_millis(20);
    let impatient = Store::connect(db.url(), options).await.unwrap();
    let row = &row(&db, "a", None);
    let held = store.begin().await.unwrap();
    let outcome = impatient.write(|tx| async move { insert(&tx, row).await }).await;
    assert!(matches!(outcome, Err(StoreError::Busy(_))), "{outcome:?}");
    drop(held);
    impatient.write(|tx| async move { insert(&tx, row).await }).await.unwrap();
}

#[db_test]
async fn a_write_inside_a_write_is_refused_at_once(db: TestDb) {
    let store = &store_on(&db).await;
    let row = &row(&db, "a", None);
    let outcome: Result<()> = store
        .write(|tx| async move {
            insert(&tx, row).await?;
            store.write(|tx| async move { insert(&tx, row).await }).await
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::NestedWrite)), "{outcome:?}");
    assert_eq!(count(store).await, 0);
}

#[db_test]
async fn a_snapshot_does_not_move_and_a_transaction_sees_its_own_writes(db: TestDb) {
    let store = store_on(&db).await;
    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(scratch::Entity::find().count(&snapshot).await.unwrap(), 0);
    let row = &row(&db, "a", None);
    let inside = store
        .write(|tx| async move {
            insert(&tx, row).await?;
            Ok::<_, StoreError>(scratch::Entity::find().count(&tx).await?)
        })
        .await
        .unwrap();
    assert_eq!(inside, 1);
    assert_eq!(scratch::Entity::find().count(&snapshot).await.unwrap(), 0);
    assert_eq!(count(&store).await, 1);
}

#[db_test]
async fn a_read_handle_cannot_write_on_sqlite(db: TestDb) {
    let store = store_on(&db).await;
    if store.engine() == crate::Engine::Sqlite {
        let outcome = scratch::Entity::insert(row(&db, "a", None)).exec_without_returning(&store.read()).await;
        assert!(outcome.unwrap_err().to_string().contains("readonly"));
    }
}

#[db_test]
async fn changes_are_announced_after_the_commit_and_only_then(db: TestDb) {
    let store = store_on(&db).await;
    let other_node = connect(&db).await;
    let (mut here, mut there) = (store.changes(), other_node.changes());
    if store.engine() == crate::Engine::Postgres {
        // Both listeners say once that they may have missed something: they are listening now.
        assert_eq!(here.next().await, Some(Change::Everything));
        assert_eq!(there.next().await, Some(Change::Everything));
    }
    let rolled_back: Result<()> = store
        .write(|tx| async move {
            tx.after_commit_announce("site", "never");
            Err(StoreError::Missing { what: "anything" })
        })
        .await;
    assert!(rolled_back.is_err());
    store
        .write(|tx| async move {
            tx.after_commit_announce("site", 7);
            tx.after_commit_announce("site", 7);
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    let expected = Some(Change::Topic { topic: "site".into(), key: "7".into() });
    assert_eq!(here.next().await, expected);
    if store.engine() == crate::Engine::Postgres {
        let heard = tokio::time::timeout(Duration::from_secs(10), there.next()).await;
        assert_eq!(heard.expect("the other node hears of it"), expected);
    }
    let silence = tokio::time::timeout(Duration::from_millis(300), here.next()).await;
    assert!(silence.is_err(), "once is enough: {silence:?}");
}

#[db_test]
async fn the_whole_transaction_has_one_time(db: TestDb) {
    let store = store_on(&db).await;
    let clock = &db.clock;
    store
        .write(|tx| async move {
            let before = tx.now();
            clock.advance(Duration::from_secs(5));
            assert_eq!(tx.now(), before);
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}
