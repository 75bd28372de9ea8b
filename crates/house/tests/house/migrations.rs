//! Plain SQL migrations exist for both engines, under the same names, in one order.

use std::collections::BTreeSet;

use house::tree::paths;

fn names_of(engine: &str) -> BTreeSet<String> {
    let folder = format!("crates/store/migrations/{engine}/");
    paths().iter().filter_map(|path| path.strip_prefix(&folder)).map(str::to_owned).collect()
}

#[test]
fn every_migration_exists_for_both_engines() {
    let (sqlite, postgres) = (names_of("sqlite"), names_of("postgres"));
    assert!(!sqlite.is_empty(), "no migrations found under crates/store/migrations/sqlite");
    let only_one: Vec<&String> = sqlite.symmetric_difference(&postgres).collect();
    assert!(only_one.is_empty(), "these exist for one engine only: {only_one:?}");
}

#[test]
fn migration_numbers_are_never_given_twice() {
    let names = names_of("sqlite");
    let numbers: BTreeSet<&str> = names.iter().filter_map(|name| name.split('_').next()).collect();
    assert_eq!(numbers.len(), names.len(), "two migrations share a number: {names:?}");
}
