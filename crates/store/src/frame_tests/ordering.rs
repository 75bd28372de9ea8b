//! Sorting, searching and values come out the same on both engines.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use testkit::{TestDb, db_test};

use super::{row, scratch, store_on};
use crate::{
    Store,
    columns::{contains_pattern, from_instant, insert_all, order_nulls_first, order_nulls_last, to_instant},
};

async fn store_with(db: &TestDb, rows: Vec<scratch::ActiveModel>) -> Store {
    let store = store_on(db).await;
    let rows = &rows;
    store.write(|tx| async move { insert_all(&tx, rows.clone()).await }).await.unwrap();
    store
}

fn labels(rows: Vec<scratch::Model>) -> String {
    rows.into_iter().map(|row| row.label).collect::<Vec<_>>().join(" ")
}

#[db_test]
async fn null_is_where_the_helper_says_in_either_direction(db: TestDb) {
    let rows = vec![row(&db, "one", Some(1)), row(&db, "none", None), row(&db, "two", Some(2))];
    let store = store_with(&db, rows).await;
    let last = async |order| {
        let query = order_nulls_last(scratch::Entity::find(), scratch::Column::Number, order);
        labels(query.all(&store.read()).await.unwrap())
    };
    let first = async |order| {
        let query = order_nulls_first(scratch::Entity::find(), scratch::Column::Number, order);
        labels(query.all(&store.read()).await.unwrap())
    };
    assert_eq!(last(Order::Asc).await, "one two none");
    assert_eq!(last(Order::Desc).await, "two one none");
    assert_eq!(first(Order::Asc).await, "none one two");
    assert_eq!(first(Order::Desc).await, "none two one");
}

#[db_test]
async fn text_sorts_by_code_point_whatever_the_servers_language(db: TestDb) {
    let names = ["b", "A", "a", "B", "阿", "中", "一", "-"];
    let store = store_with(&db, names.map(|name| row(&db, name, None)).to_vec()).await;
    let sorted = scratch::Entity::find().order_by_asc(scratch::Column::Label).all(&store.read()).await.unwrap();
    assert_eq!(labels(sorted), "- A B a b 一 中 阿");
}

#[db_test]
async fn a_search_finds_what_contains_it_and_takes_wildcards_literally(db: TestDb) {
    let store =
        store_with(&db, ["100% 完成", "1000 件", "a_b", "axb", r"c\d"].map(|name| row(&db, name, None)).to_vec()).await;
    let find = async |text: &str| {
        let query = scratch::Entity::find()
            .filter(scratch::Column::Label.like(contains_pattern(text)))
            .order_by_asc(scratch::Column::Label);
        labels(query.all(&store.read()).await.unwrap())
    };
    assert_eq!(find("0%").await, "100% 完成");
    assert_eq!(find("A_B").await, "a_b");
    assert_eq!(find(r"\").await, r"c\d");
    assert_eq!(find("完").await, "100% 完成");
}

#[db_test]
async fn values_survive_the_round_trip(db: TestDb) {
    let instants =
        ["2026-03-02T01:00:00Z", "2026-03-02T01:00:00.5Z", "1969-12-31T23:59:59.999Z", "9999-12-01T00:00:00Z"];
    for instant in instants {
        let instant: Timestamp = instant.parse().unwrap();
        assert_eq!(from_instant(to_instant(instant)), instant);
    }
    let finer: Timestamp = "2026-03-02T01:00:00.123456789Z".parse().unwrap();
    let day: sea_orm::entity::prelude::Date = "2024-02-29".parse().unwrap();
    let mut model = row(&db, "x", Some(i64::MIN));
    model.happened_at = Set(Some(to_instant(finer)));
    model.happened_on = Set(Some(day));
    model.done = Set(true);
    let id = model.id.clone().unwrap();
    let store = store_with(&db, vec![model]).await;
    let stored = scratch::Entity::find_by_id(id).one(&store.read()).await.unwrap().unwrap();
    assert_eq!(from_instant(stored.happened_at.unwrap()).to_string(), "2026-03-02T01:00:00.123Z");
    assert_eq!(stored.happened_on, Some(day));
    assert_eq!((stored.done, stored.number), (true, Some(i64::MIN)));
}

#[db_test]
async fn instants_compare_in_time_order_in_sql(db: TestDb) {
    let instants =
        ["2026-03-02T01:00:00Z", "2026-03-02T01:00:00.001Z", "2026-03-02T01:00:00.500Z", "2026-03-02T01:00:01Z"];
    let rows = instants.iter().rev().map(|instant| {
        let mut model = row(&db, instant, None);
        model.happened_at = Set(Some(to_instant(instant.parse().unwrap())));
        model
    });
    let store = store_with(&db, rows.collect()).await;
    let sorted = scratch::Entity::find().order_by_asc(scratch::Column::HappenedAt).all(&store.read()).await.unwrap();
    assert_eq!(labels(sorted), instants.join(" "));
    let late = to_instant("2026-03-02T01:00:00.400Z".parse().unwrap());
    let later = scratch::Entity::find().filter(scratch::Column::HappenedAt.gt(late)).all(&store.read()).await.unwrap();
    assert_eq!(later.len(), 2);
}

#[db_test]
async fn an_empty_scope_sees_nothing_and_a_scope_sees_its_subtree(db: TestDb) {
    use crate::Scope;
    let paths = ["r/", "r/u_1/", "r/u_1/x/", "r/uu1/"];
    let store = store_with(&db, paths.map(|path| row(&db, path, None)).to_vec()).await;
    let seen = async |scope: Scope| {
        let query = scratch::Entity::find()
            .filter(scope.condition(scratch::Column::Label))
            .order_by_asc(scratch::Column::Label);
        labels(query.all(&store.read()).await.unwrap())
    };
    assert_eq!(seen(Scope::below(Vec::<String>::new())).await, "");
    assert_eq!(seen(Scope::below(["r/u_1/"])).await, "r/u_1/ r/u_1/x/");
    assert_eq!(seen(Scope::everything()).await, paths.join(" "));
}
