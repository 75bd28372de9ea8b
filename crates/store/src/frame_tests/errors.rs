//! Errors say the same on both engines, and say in Chinese what an operator must do.

use sea_orm::EntityTrait;
use testkit::{TestClock, TestDb, db_test, identifier};

use super::{row, run, scratch, store_on};
use crate::{Result, Store, StoreError, StoreOptions, columns::insert_all};

#[db_test]
async fn a_taken_unique_key_is_named_alike(db: TestDb) {
    let store = store_on(&db).await;
    let first = row(&db, "a", Some(1));
    let same_key = scratch::ActiveModel { label: sea_orm::ActiveValue::Set("b".into()), ..first.clone() };
    let rows = [first, row(&db, "a", Some(1)), same_key];
    let insert = async |row: &scratch::ActiveModel| -> Result<()> {
        store
            .write(|tx| async move {
                scratch::Entity::insert(row.clone()).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await
    };
    insert(&rows[0]).await.unwrap();
    let taken = insert(&rows[1]).await.unwrap_err();
    assert!(taken.is_duplicate_of("scratch", &["label", "number"]), "{taken}");
    let taken = insert(&rows[2]).await.unwrap_err();
    assert!(taken.is_duplicate_of("scratch", &["id"]), "{taken}");
}

#[db_test]
async fn a_reference_to_nothing_is_refused(db: TestDb) {
    let store = store_on(&db).await;
    let nowhere = match store.engine() {
        crate::Engine::Sqlite => "INSERT INTO scratch_child VALUES (zeroblob(16))",
        crate::Engine::Postgres => "INSERT INTO scratch_child VALUES ('00000000-0000-0000-0000-000000000000')",
    };
    let outcome = run(&store, nowhere).await;
    assert!(matches!(outcome, Err(StoreError::BrokenReference { .. })), "{outcome:?}");
}

#[db_test]
async fn any_number_of_rows_can_be_inserted_at_once(db: TestDb) {
    use sea_orm::PaginatorTrait;
    let store = store_on(&db).await;
    let rows: &Vec<_> = &(0..12_000).map(|number| row(&db, "many", Some(number))).collect();
    store
        .write(|tx| async move {
            insert_all(&tx, rows.clone()).await?;
            insert_all(&tx, Vec::<scratch::ActiveModel>::new()).await
        })
        .await
        .unwrap();
    assert_eq!(scratch::Entity::find().count(&store.read()).await.unwrap(), 12_000);
}

#[db_test]
async fn a_stored_identifier_of_no_known_form_is_reported_with_its_place(db: TestDb) {
    use domain::unit::{Unit, UnitKind, UnitStatus};

    let store = store_on(&db).await;
    run(
        &store,
        "INSERT INTO division (code, name, level, kind, short_name, active)
         VALUES ('150000', '示例自治区', 'region', '自治区', '示例', TRUE)",
    )
    .await
    .unwrap();
    let unit = &Unit {
        id: db.ids.fresh(),
        code: "shili".into(),
        name: "示例单位".into(),
        short_name: "示例".into(),
        kind: UnitKind::GovernmentOffice,
        division: identifier("150000"),
        parent: None,
        path: "/".into(),
        administrative_sign: None,
        coordinator_role: None,
        organ_code: Some(identifier("11150000YL0000000X")),
        document_prefix: None,
        status: UnitStatus::Active,
        merged_into: None,
        lock_version: 1,
    };
    store.write(|tx| async move { crate::unit::insert(&tx, unit).await }).await.unwrap();
    assert_eq!(crate::unit::by_id(&store.read(), unit.id).await.unwrap().as_ref(), Some(unit));
    run(&store, "UPDATE unit SET organ_code = 'damaged'").await.unwrap();
    let error = crate::unit::by_id(&store.read(), unit.id).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreadable { table: "unit", column: "organ_code", .. }), "{error:?}");
    assert!(error.to_string().contains(&unit.id.to_string()) && error.to_string().contains("damaged"), "{error}");
}

#[tokio::test]
async fn unusable_database_addresses_are_answered_with_what_to_write() {
    let cases = [
        ("mysql://root:secret@db/zt", "请写成 sqlite:数据库文件路径"),
        ("", "无法识别"),
        ("sqlite:/no/such/folder/zt.db", "请先建立该文件夹"),
        ("postgres://zt:secret@db:port/zt", "请写成 postgres://"),
    ];
    for (url, expected) in cases {
        let error = Store::connect(url, options()).await.err().expect("not usable").to_string();
        assert!(error.contains(expected), "{url}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    let mut options = options();
    options.acquire_timeout = std::time::Duration::from_secs(2);
    let error = Store::connect("postgres://zt:secret@127.0.0.1:1/zt", options).await.err().expect("nobody listens");
    let error = error.to_string();
    assert!(error.contains("无法连接 postgres://zt:***@127.0.0.1:1/zt"), "{error}");
}

#[tokio::test]
async fn a_database_in_memory_lives_as_long_as_its_store() {
    let store = Store::connect("sqlite::memory:", options()).await.unwrap();
    store.migrate().await.unwrap();
    assert_eq!(crate::job::counts(&store.read()).await.unwrap(), []);
    assert_eq!(store.migrate().await.unwrap(), []);
}

fn options() -> StoreOptions {
    let clock = std::sync::Arc::new(TestClock::default());
    let ids = domain::ids::IdSource::new(clock.clone(), std::sync::Arc::new(testkit::TestEntropy::default()));
    StoreOptions::new(clock, ids)
}
