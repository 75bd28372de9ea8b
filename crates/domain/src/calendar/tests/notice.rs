//! Reading holiday notices.

use super::{super::*, date};
use std::{collections::BTreeMap, path::PathBuf};

/// Date → off, of a text read as the arrangement of `year`.
fn days(year: i16, text: &str) -> (BTreeMap<String, bool>, Vec<String>) {
    let read = read_arrangement(text, Some(year));
    let days = read.arrangement.iter().flat_map(YearArrangement::days).map(|(date, off, _)| (date.to_string(), off));
    (days.collect(), read.problems.iter().filter(|p| p.serious).map(ArrangementProblem::sentence).collect())
}

#[test]
fn all_published_sentences_are_read_as_their_day_lists_say() {
    let folder =
        std::env::var_os("ZHENGTONG_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let file = folder.join("09-calendar/description_parsing_cases.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("SKIPPED: no sentences at {} (set ZHENGTONG_DATA)", file.display());
        return;
    };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 40);
    for case in &cases {
        let description = case["description"].as_str().unwrap();
        let (found, problems) = days(case["year"].as_i64().unwrap() as i16, description);
        let listed = case["expected"].as_array().unwrap().iter();
        let expected: BTreeMap<String, bool> =
            listed.map(|day| (day["date"].as_str().unwrap().to_owned(), day["isOffDay"].as_bool().unwrap())).collect();
        assert_eq!(found, expected, "{description}");
        assert_eq!(problems, Vec::<String>::new(), "{description}");
    }
}
