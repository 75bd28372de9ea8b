//! A rule pack is read or refused with a line; observations and assessments of any shape are judged without a panic,
//! and a score is what it was after a journey through JSON.
#![no_main]

use domain::{
    indicator::{Observed, evaluate},
    rule::{Pack, RuleBook, RulesInForce, builtin::book},
    score::{Assessment, Score, score},
};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Pack::parse("fuzzed.toml", text) {
        Ok(pack) => {
            let _ = RuleBook::from_files([(pack.file.as_str(), text)]).is_ok();
        }
        Err(problems) => {
            let lines = text.lines().count().max(1) + 1;
            assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{problems:?}");
        }
    }
    let rules = RulesInForce::plain(book(), date(2026, 6, 30));
    if let Ok(observed) = serde_json::from_str::<Observed>(text) {
        for rule in rules.all() {
            let _ = evaluate(&rule, rules.date(), &observed);
        }
    }
    if let Ok(assessment) = serde_json::from_str::<Assessment>(text) {
        let made = score(&rules, &assessment);
        let _ = made.explain();
        let json = serde_json::to_string(&made).expect("a score is JSON");
        assert_eq!(serde_json::from_str::<Score>(&json).expect("its own JSON"), made);
    }
});
