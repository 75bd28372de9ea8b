//! The divisions of the region that an instance starts with are those of the national register.

use std::collections::BTreeMap;

use domain::{division::register, identifier::DivisionRegister};

#[test]
fn the_seed_and_the_register_name_the_same_divisions_of_the_region() {
    let mut seed = BTreeMap::new();
    for registered in register::all() {
        let division = &registered.division;
        assert_eq!(registered.code.level(), division.level, "{}", registered.code);
        assert_eq!(registered.code.parent(), division.parent, "{}", registered.code);
        seed.insert(registered.code.to_string(), division.name.clone());
    }
    let register: BTreeMap<String, String> = DivisionRegister::embedded()
        .records()
        .iter()
        .filter(|record| record.is_in_use() && !record.zone && record.code.as_str().starts_with("15"))
        .map(|record| (record.code.to_string(), record.name.clone()))
        .collect();
    assert_eq!(seed, register);
}
