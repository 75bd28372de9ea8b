//! The tree of units: paths, scopes, who oversees whom, what hangs on a unit.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    division::{Division, DivisionLevel},
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus, unit_path},
    unit_history::{FieldChange, UnitHistoryDetail, UnitHistoryKind},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use store::{Scope, Store, StoreError, unit::UnitFilter};
use testkit::{TestDb, db_test, identifier};

const REGION: &str = "150000";
const LEAGUE: &str = "152500";
const BANNER: &str = "152501";

async fn divisions(db: &TestDb) {
    let division = |code: &str, level, parent: Option<&str>| Division {
        code: identifier(code),
        name: format!("示例{code}"),
        level,
        kind: "示例".into(),
        parent: parent.map(identifier),
        short_name: code.into(),
        active: true,
    };
    let rows = &[
        division(REGION, DivisionLevel::Region, None),
        division(LEAGUE, DivisionLevel::League, Some(REGION)),
        division(BANNER, DivisionLevel::Banner, Some(LEAGUE)),
    ];
    db.store.write(|tx| async move { store::division::insert_all(&tx, rows).await }).await.unwrap();
}

fn unit(db: &TestDb, code: &str, kind: UnitKind, division: &str, parent: Option<&Unit>) -> Unit {
    let id: UnitId = db.ids.fresh();
    Unit {
        id,
        code: code.into(),
        name: format!("示例{code}"),
        short_name: code.into(),
        kind,
        division: identifier(division),
        parent: parent.map(|parent| parent.id),
        path: unit_path(parent.map_or("", |parent| &parent.path), id),
        administrative_sign: None,
        coordinator_role: None,
        organ_code: None,
        document_prefix: None,
        status: UnitStatus::Active,
        merged_into: None,
        lock_version: 1,
    }
}

async fn add(db: &TestDb, units: &[Unit]) {
    db.store.write(|tx| async move { store::unit::insert_all(&tx, units).await }).await.unwrap();
}

/// A root with `count - 1` units, each below one chosen from those before it.
async fn some_tree(db: &TestDb, choices: &[usize]) -> Vec<Unit> {
    divisions(db).await;
    let mut units = vec![unit(db, "u0", UnitKind::GovernmentOffice, REGION, None)];
    for (index, choice) in choices.iter().enumerate() {
        let parent = units[choice % units.len()].clone();
        units.push(unit(db, &format!("u{}", index + 1), UnitKind::Department, REGION, Some(&parent)));
    }
    add(db, &units).await;
    units
}

async fn move_to(store: &Store, unit: UnitId, parent: UnitId) -> Result<(), StoreError> {
    store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let unit = store::unit::by_id(&tx, unit).await?.unwrap();
            let parent = store::unit::by_id(&tx, parent).await?.unwrap();
            if unit.contains(&parent) || unit.parent.is_none() {
                return Ok(());
            }
            store::unit::move_subtree(&tx, &unit, &parent).await.map(drop)
        })
        .await
}

/// Every path is the parent's path plus the unit's own key, and a scope over a path sees exactly the units whose
/// chain of parents leads to it.
async fn assert_the_tree_is_sound(store: &Store) {
    let read = store.read();
    let units: BTreeMap<UnitId, Unit> =
        store::unit::all(&read).await.unwrap().into_iter().map(|unit| (unit.id, unit)).collect();
    for unit in units.values() {
        let above = unit.parent.map_or("", |parent| &units[&parent].path);
        assert_eq!(unit.path, unit_path(above, unit.id), "{}", unit.code);
    }
    for top in units.values() {
        let by_parents: BTreeSet<UnitId> =
            units.values().filter(|unit| leads_to(&units, unit, top.id)).map(|unit| unit.id).collect();
        let by_scope = store::unit::list(&read, &Scope::below([top.path.as_str()])).await.unwrap();
        assert_eq!(by_scope.iter().map(|unit| unit.id).collect::<BTreeSet<_>>(), by_parents, "below {}", top.code);
        let below = store::unit::list_below(&read, top).await.unwrap();
        assert_eq!(below.iter().map(|unit| unit.id).collect::<BTreeSet<_>>(), by_parents);
    }
}

fn leads_to(units: &BTreeMap<UnitId, Unit>, unit: &Unit, top: UnitId) -> bool {
    let mut next = Some(unit.id);
    let mut steps = 0;
    while let Some(id) = next {
        steps += 1;
        assert!(steps <= units.len(), "a circle");
        if id == top {
            return true;
        }
        next = units[&id].parent;
    }
    false
}

#[db_test]
async fn after_any_moves_every_path_is_the_parents_path_and_its_own_key(db: TestDb) {
    let mut runner = TestRunner::deterministic();
    let shape = prop::collection::vec(any::<usize>(), 14);
    let choices = shape.new_tree(&mut runner).unwrap().current();
    let units = some_tree(&db, &choices).await;
    assert_the_tree_is_sound(&db.store).await;
    let moves = prop::collection::vec((0..units.len(), 0..units.len()), 12);
    for _ in 0..5 {
        for (unit, parent) in moves.new_tree(&mut runner).unwrap().current() {
            move_to(&db.store, units[unit].id, units[parent].id).await.unwrap();
        }
        assert_the_tree_is_sound(&db.store).await;
    }
}

#[db_test]
async fn units_that_are_moved_below_each_other_at_once_make_no_circle(db: TestDb) {
    for round in 0..8 {
        let db = if round == 0 { &db } else { &TestDb::new(db.store.engine()).await.unwrap() };
        let units = some_tree(db, &[0, 0, 1, 2]).await;
        let other = db.another_store().await.unwrap();
        let (a, b) = (units[1].id, units[2].id);
        let (first, second) = tokio::join!(move_to(&db.store, a, b), move_to(&other, b, a));
        first.unwrap();
        second.unwrap();
        assert_the_tree_is_sound(&db.store).await;
        let moved =
            [a, b].map(|id| async move { store::unit::by_id(&db.store.read(), id).await.unwrap().unwrap().parent });
        let [first, second] = moved;
        let (first, second) = (first.await, second.await);
        assert!((first == Some(b)) != (second == Some(a)), "exactly one of the two moves happened");
    }
}

#[db_test]
async fn who_read_an_older_state_cannot_save_over_a_newer_one(db: TestDb) {
    let units = some_tree(&db, &[0, 0]).await;
    let mut seen = units[1].clone();
    seen.name = "示例新名".into();
    let seen = &seen;
    let version = db.store.write(|tx| async move { store::unit::update(&tx, seen).await }).await.unwrap();
    assert_eq!(version, 2);
    let again = db.store.write(|tx| async move { store::unit::update(&tx, seen).await }).await;
    assert!(matches!(again, Err(StoreError::Conflict { what: "unit" })), "{again:?}");
    let parent = &units[2];
    let moved = db.store.write(|tx| async move { store::unit::move_subtree(&tx, seen, parent).await }).await;
    assert!(matches!(moved, Err(StoreError::Conflict { .. })), "{moved:?}");
}

#[db_test]
async fn a_code_is_given_once(db: TestDb) {
    let units = some_tree(&db, &[0]).await;
    let again = &unit(&db, "u1", UnitKind::Department, REGION, Some(&units[0]));
    let error = db.store.write(|tx| async move { store::unit::insert(&tx, again).await }).await.unwrap_err();
    assert!(error.is_duplicate_of("unit", &["code"]), "{error}");
}

#[db_test]
async fn the_competent_office_is_the_divisions_own_or_the_nearest_above(db: TestDb) {
    divisions(&db).await;
    let region = unit(&db, "nmg-bgt", UnitKind::GovernmentOffice, REGION, None);
    let mut league = unit(&db, "xl-bgs", UnitKind::GovernmentOffice, LEAGUE, Some(&region));
    add(&db, &[region.clone(), league.clone()]).await;
    let office = async |division: &str| {
        store::unit::competent_office(&db.store.read(), &identifier(division)).await.unwrap().map(|unit| unit.code)
    };
    assert_eq!(office(REGION).await.as_deref(), Some("nmg-bgt"));
    assert_eq!(office(LEAGUE).await.as_deref(), Some("xl-bgs"));
    assert_eq!(office(BANNER).await.as_deref(), Some("xl-bgs"), "the banner has none, so its league's");
    league.status = UnitStatus::Inactive;
    let closed = &league;
    db.store.write(|tx| async move { store::unit::update(&tx, closed).await }).await.unwrap();
    assert_eq!(office(BANNER).await.as_deref(), Some("nmg-bgt"), "an office out of use oversees nothing");
    assert_eq!(office("110000").await, None);
}

#[db_test]
async fn coordinators_are_found_by_role_and_upwards(db: TestDb) {
    divisions(&db).await;
    let root = unit(&db, "root", UnitKind::GovernmentOffice, REGION, None);
    let with = |code: &str, kind, division: &str, role: &str| {
        let mut unit = unit(&db, code, kind, division, Some(&root));
        unit.coordinator_role = Some(role.into());
        unit
    };
    let units = [
        root.clone(),
        with("nmg-tgj", UnitKind::Coordinator, REGION, "通管"),
        with("nmg-ga", UnitKind::Department, REGION, "公安"),
        with("xl-ga", UnitKind::Department, LEAGUE, "公安"),
        with("xl-wx", UnitKind::PartyOrgan, LEAGUE, "网信"),
    ];
    add(&db, &units).await;
    let found = async |division: &str| -> Vec<String> {
        let found = store::unit::coordinators(&db.store.read(), &identifier(division)).await.unwrap();
        found.into_iter().map(|(role, unit)| format!("{role} {}", unit.code)).collect()
    };
    assert_eq!(found(REGION).await, ["公安 nmg-ga", "通管 nmg-tgj"]);
    assert_eq!(found(BANNER).await, ["公安 xl-ga", "通管 nmg-tgj", "网信 xl-wx"]);
}

#[db_test]
async fn units_are_found_by_words_former_names_and_division(db: TestDb) {
    divisions(&db).await;
    let root = unit(&db, "root", UnitKind::GovernmentOffice, REGION, None);
    let mut school = unit(&db, "xl-jyj", UnitKind::Department, LEAGUE, Some(&root));
    school.name = "示例盟教育局 100%_API".into();
    add(&db, &[root.clone(), school.clone()]).await;
    let id = school.id;
    db.store
        .write(|tx| async move {
            store::unit::remember_former_name(&tx, id, "示例盟文教局").await?;
            store::unit::remember_former_name(&tx, id, "示例盟文教局").await
        })
        .await
        .unwrap();
    let saved = &school;
    db.store.write(|tx| async move { store::unit::update(&tx, saved).await }).await.unwrap();
    let find = async |text: &str, scope: &Scope| -> Vec<String> {
        let filter = UnitFilter { text: Some(text.into()), ..UnitFilter::default() };
        let found = store::unit::search(&db.store.read(), scope, &filter, 10).await.unwrap();
        found.into_iter().map(|unit| unit.code).collect()
    };
    let all = Scope::everything();
    assert_eq!(find("文教局", &all).await, ["xl-jyj"], "former names survive later changes");
    assert_eq!(find("教育 XL-", &all).await, ["xl-jyj"], "every word counts, in either case");
    assert_eq!(find("api", &all).await, ["xl-jyj"]);
    assert_eq!(find("100%_", &all).await, ["xl-jyj"]);
    assert_eq!(find("1_0", &all).await, Vec::<String>::new(), "wildcards are ordinary characters");
    assert_eq!(find("教育", &Scope::below(["/nowhere/"])).await, Vec::<String>::new());
    let filter = UnitFilter { divisions: Some(vec![identifier(LEAGUE), identifier(BANNER)]), ..UnitFilter::default() };
    assert_eq!(store::unit::search(&db.store.read(), &all, &filter, 10).await.unwrap().len(), 1);
}

#[db_test]
async fn the_history_of_a_unit_reads_back_newest_first(db: TestDb) {
    let units = some_tree(&db, &[0]).await;
    let id = units[1].id;
    let detail = &UnitHistoryDetail {
        changes: vec![FieldChange { label: "名称".into(), before: "旧名".into(), after: "新名".into() }],
        other: Some((units[0].id, "示例".into())),
        reason: Some("示例发〔2026〕1号".into()),
    };
    for kind in [UnitHistoryKind::Created, UnitHistoryKind::Renamed] {
        db.store
            .write(|tx| async move { store::unit::append_history(&tx, id, kind, detail, "sl.admin").await })
            .await
            .unwrap();
        db.clock.advance(std::time::Duration::from_secs(60));
    }
    let history = store::unit::history(&db.store.read(), id).await.unwrap();
    assert_eq!(
        history.iter().map(|entry| entry.kind).collect::<Vec<_>>(),
        [UnitHistoryKind::Renamed, UnitHistoryKind::Created]
    );
    assert_eq!(&history[0].detail, detail);
    assert_eq!(history[0].by_login, "sl.admin");
}

#[db_test]
async fn every_column_that_points_to_a_unit_is_known_to_mergers(db: TestDb) {
    let schema = db.store.describe_schema().await.unwrap();
    let known: BTreeSet<(&str, &str)> = store::unit::known_columns().collect();
    let mut pointing = BTreeSet::new();
    for (name, table) in &schema {
        for key in table.foreign_keys.iter().filter(|key| key.table == "unit") {
            pointing.insert((name.as_str(), key.columns[0].as_str()));
        }
    }
    assert_eq!(pointing, known, "left: in the schema; right: in store::unit::references");
}
