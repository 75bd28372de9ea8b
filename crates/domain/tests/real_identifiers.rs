//! Identifiers of real documents, sites and divisions.
//!
//! Reads `ZHENGTONG_DATA` (default `../shared/data` beside the repository) and says so when it is absent.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::identifier::{
    DivisionRegister, DivisionStatus, DocumentNumber, IcpRecord, IdentifierKind, IndexNumber, SiteCode, check,
};

fn data(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("SKIPPED: no {folder} at {} (set ZHENGTONG_DATA)", path.display());
    None
}

/// The rows of a CSV without line breaks inside its fields.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("a readable file");
    text.trim_start_matches('\u{FEFF}').lines().skip(1).map(fields).collect()
}

fn fields(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    for character in line.trim_end_matches('\r').chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => found.push(String::new()),
            other => found.last_mut().expect("never empty").push(other),
        }
    }
    found
}

#[test]
fn document_and_index_numbers_of_real_documents_are_read() {
    let Some(folder) = data("02-docs") else { return };
    let (mut numbers, mut indexes, mut corrected) = (0, 0, 0);
    for file in fs::read_dir(folder).expect("a folder").flatten() {
        if file.path().extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(file.path()).expect("UTF-8").lines() {
            let document: serde_json::Value = serde_json::from_str(line).expect("JSON lines");
            let text = |name: &str| document[name].as_str().map(str::trim).filter(|text| !text.is_empty());
            if let Some(number) = text("doc_no") {
                numbers += 1;
                if let Err(error) = DocumentNumber::parse(number) {
                    corrected += 1;
                    let right = error.suggestion.unwrap_or_else(|| panic!("{number}: {}", error.message));
                    assert!(DocumentNumber::parse(&right).is_ok(), "{number} → {right}");
                }
            }
            if let Some(number) = text("index_no") {
                indexes += 1;
                assert!(IndexNumber::parse(number).is_ok(), "{number}");
                assert!(check(IdentifierKind::IndexNumber, number).valid);
            }
        }
    }
    println!("{numbers} document numbers ({corrected} with a corrected form), {indexes} index numbers");
    assert!(numbers > 0 && indexes > 0 && corrected * 20 < numbers, "{corrected} of {numbers}");
}

#[test]
fn site_codes_and_records_of_real_sites_are_read() {
    let Some(folder) = data("03-sites") else { return };
    for row in rows(&folder.join("site_id_codes.csv")) {
        let [_, _, code, icp, police, ..] = row.as_slice() else { panic!("{row:?}") };
        assert!(SiteCode::parse(code).is_ok(), "{code}");
        if !icp.is_empty() {
            let record = IcpRecord::parse(icp);
            assert!(record.is_ok() || record.is_err_and(|error| error.suggestion.is_some()), "{icp}");
        }
        if !police.is_empty() {
            let found = check(IdentifierKind::Police, police);
            assert!(found.valid || found.suggestion.is_some_and(|text| text.contains(police)), "{police}");
        }
    }
}

#[test]
fn the_register_agrees_with_the_official_list_of_divisions() {
    let Some(folder) = data("01-divisions") else { return };
    let mut seen = 0;
    for row in rows(&folder.join("divisions_mca_2025.csv")) {
        let [code, name, level, ..] = row.as_slice() else { panic!("{row:?}") };
        if level.parse::<u8>().is_ok_and(|level| level <= 3) && code.ends_with("000000") {
            let record = DivisionRegister::embedded().current(&code[..6]).unwrap_or_else(|| panic!("{code} {name}"));
            assert_eq!(&record.name, name);
            seen += 1;
        }
    }
    assert!(seen > 3000, "{seen}");
}

/// Lists of changes differ in where they let a chain end; the great majority must agree.
#[test]
fn the_register_agrees_with_the_known_changes() {
    let Some(folder) = data("01-divisions") else { return };
    let register = DivisionRegister::embedded();
    let (mut agreed, mut differed) = (0, Vec::new());
    for row in rows(&folder.join("division_changes_1980_2026.csv")) {
        let [year, _, _, _, old, old_name, _, new, new_name, ..] = row.as_slice() else { panic!("{row:?}") };
        let (Some(old), Some(new)) = (old.get(..6), new.get(..6)) else { continue };
        // The whole country was numbered anew in the first years.
        if year.parse::<i16>().is_ok_and(|year| year < 1984) || old == new {
            continue;
        }
        assert_ne!(register.status(old), DivisionStatus::Unknown, "{old} {old_name}");
        let targets: Vec<_> =
            register.of_code(new).filter(|record| record.name == *new_name).flat_map(|r| register.became(r)).collect();
        let ends: Vec<_> =
            register.of_code(old).filter(|record| record.name == *old_name).flat_map(|r| register.became(r)).collect();
        if ends.iter().any(|end| end.code.as_str() == new || targets.iter().any(|target| target.code == end.code)) {
            agreed += 1;
        } else {
            differed.push(format!("{year} {old} {old_name} → {new} {new_name}"));
        }
    }
    println!("{agreed} agree, {} differ: {differed:#?}", differed.len());
    assert!(differed.len() * 20 < agreed, "{agreed} agree, {} differ: {differed:#?}", differed.len());
}
