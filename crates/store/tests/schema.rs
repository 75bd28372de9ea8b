//! Both engines must end up with the same schema.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use store::{Engine, Store};
use testkit::{TestDb, db_test};

#[test]
fn both_engines_have_the_same_tables_columns_and_keys() {
    testkit::run_on(Engine::Postgres, |postgres| async move {
        let sqlite = TestDb::sqlite().await.unwrap();
        let (mut on_sqlite, mut on_postgres) =
            (sqlite.store.describe_schema().await.unwrap(), postgres.store.describe_schema().await.unwrap());
        assert!(on_sqlite.contains_key("job"), "{on_sqlite:?}");
        let names = |schema: &store::schema::Schema| schema.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&on_sqlite), names(&on_postgres));
        for (name, table) in std::mem::take(&mut on_sqlite) {
            assert_eq!(Some(table), on_postgres.remove(&name), "table {name}: SQLite is left, PostgreSQL right");
        }
    });
}

#[db_test]
async fn migrating_again_changes_nothing(db: TestDb) {
    assert_eq!(db.store.migrate().await.unwrap(), []);
}

#[db_test]
async fn nodes_that_start_together_migrate_once(db: TestDb) {
    // A second, empty database of the same engine.
    let fresh = db.empty_database().await.unwrap();
    let mut nodes = Vec::new();
    for _ in 0..4 {
        let store = Store::connect(fresh.url(), db.options()).await.unwrap();
        nodes.push(tokio::spawn(async move { store.migrate().await.unwrap().len() }));
    }
    let mut applied = 0;
    for node in nodes {
        applied += node.await.unwrap();
    }
    let again = Store::connect(fresh.url(), db.options()).await.unwrap();
    assert_eq!(again.migrate().await.unwrap(), []);
    assert_eq!(again.describe_schema().await.unwrap(), db.store.describe_schema().await.unwrap());
    assert!(applied > 0);
}
