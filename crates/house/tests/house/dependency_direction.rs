//! `zhengtong → web → app → engines → domain`; engines do not know each other, only `app` combines them.

use house::graph::{crates, dependencies};

const ENGINES: &[&str] =
    &["policy", "screen", "extract", "search", "render", "fetch", "channels", "exchange", "report", "store", "jobs"];

/// Which crates of the house a crate may name; `None` for a crate this table does not know.
fn may_name(crate_name: &str) -> Option<Vec<&'static str>> {
    let allowed = match crate_name {
        "domain" | "house" | "db-test-macro" | "old-site" => vec![],
        // The queue writes in the caller's transaction, so it knows the transaction's type.
        "jobs" => vec!["domain", "store"],
        engine if ENGINES.contains(&engine) => vec!["domain"],
        "app" => ENGINES.iter().copied().chain(["domain"]).collect(),
        // `render` for the one template engine; never `store`, `policy` or `jobs`.
        "web" => vec!["app", "domain", "render"],
        // `fetch`: the binary opens the one door to other machines, and `extract` of an address needs nothing else.
        "zhengtong" => vec!["web", "app", "store", "jobs", "fetch", "domain"],
        "testkit" => vec!["web", "app", "store", "jobs", "fetch", "domain", "db-test-macro", "old-site"],
        _ => return None,
    };
    Some(allowed)
}

#[test]
fn crates_depend_downwards_only() {
    let wrong: Vec<String> = dependencies()
        .iter()
        .filter(|dependency| dependency.in_house)
        .filter(|dependency| {
            let allowed = may_name(&dependency.from).unwrap_or_default();
            // Tests of the web face prepare and look at rows; the face itself never does.
            let looks_at_rows = dependency.from == "web" && dependency.to == "store";
            let test_support = dependency.to == "testkit" || dependency.to == "old-site";
            // Reports are read back by the reader of attachments; tests of the web face put up a network of paper.
            let read_back = dependency.from == "report" && dependency.to == "extract";
            let paper_network = dependency.from == "web" && dependency.to == "fetch";
            let for_tests = dependency.only_for_tests && (test_support || looks_at_rows || read_back || paper_network);
            !for_tests && !allowed.contains(&dependency.to.as_str())
        })
        .map(|dependency| format!("{} → {}", dependency.from, dependency.to))
        .collect();
    assert!(wrong.is_empty(), "not drawn in ARCHITECTURE.md: {wrong:#?}");
}

#[test]
fn every_crate_has_its_place_in_the_drawing() {
    let unknown: Vec<String> = crates().into_iter().filter(|name| may_name(name).is_none()).collect();
    assert!(unknown.is_empty(), "decide who may name these, here and in ARCHITECTURE.md: {unknown:?}");
}

#[test]
fn testkit_is_never_part_of_the_product() {
    let wrong: Vec<String> = dependencies()
        .into_iter()
        .filter(|dependency| dependency.to == "testkit" && !dependency.only_for_tests)
        .map(|dependency| dependency.from)
        .collect();
    assert!(wrong.is_empty(), "testkit belongs under [dev-dependencies]: {wrong:?}");
}
