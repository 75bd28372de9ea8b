//! The divisions of the region that an instance starts with are those of the national register.

use std::collections::BTreeMap;

use domain::identifier::{DivisionCode, DivisionRegister};

const SEED: &str = include_str!("../../app/data/divisions.csv");

#[test]
fn the_seed_and_the_register_name_the_same_divisions_of_the_region() {
    let mut lines = SEED.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    assert_eq!(header.get(..5), Some(&["code", "name", "level", "kind", "parent"][..]));
    let mut seed = BTreeMap::new();
    for line in lines {
        let code = DivisionCode::parse(line[0]).expect("a code");
        assert_eq!(code.level().as_str(), line[2], "{code}");
        assert_eq!(code.parent().as_ref().map_or("", |parent| parent.as_str()), line[4], "{code}");
        seed.insert(line[0].to_owned(), line[1].to_owned());
    }
    let register: BTreeMap<String, String> = DivisionRegister::embedded()
        .records()
        .iter()
        .filter(|record| record.is_in_use() && !record.zone && record.code.as_str().starts_with("15"))
        .map(|record| (record.code.to_string(), record.name.clone()))
        .collect();
    assert_eq!(seed, register);
}
