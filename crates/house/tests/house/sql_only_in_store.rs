//! `store` is the only crate that knows SQL.

use house::graph::dependencies;
use house::tree::rust_files;

const DATABASE_CRATES: &[&str] = &[
    "sea-orm",
    "sea-query",
    "sqlx",
    "sqlx-core",
    "rusqlite",
    "libsqlite3-sys",
    "tokio-postgres",
    "postgres",
    "diesel",
];

/// Beginnings of statements. Upper case, as SQL is written in this house, so that prose does not match.
const STATEMENTS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "UPDATE ",
    "PRAGMA ",
];

#[test]
fn only_store_depends_on_a_database_library() {
    let wrong: Vec<String> = dependencies()
        .iter()
        .filter(|dependency| DATABASE_CRATES.contains(&dependency.to.as_str()))
        .filter(|dependency| dependency.from != "store" && dependency.from != "testkit")
        .map(|dependency| format!("{} → {}", dependency.from, dependency.to))
        .collect();
    assert!(wrong.is_empty(), "SQL belongs in store: {wrong:?}");
}

#[test]
fn only_store_writes_sql_statements() {
    let mut found = Vec::new();
    for file in rust_files() {
        // testkit creates and drops whole databases; this file names the statements it looks for.
        let knows_sql = ["crates/store/", "crates/testkit/", "crates/house/"];
        if knows_sql.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            if STATEMENTS.iter().any(|statement| starts_a_string(line, statement)) {
                found.push(format!("{}: {}", file.at(index), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "SQL belongs in store: {found:#?}");
}

/// The statement stands right after an opening quote, or opens a line of a longer string.
fn starts_a_string(line: &str, statement: &str) -> bool {
    line.contains(&format!("\"{statement}")) || line.trim_start().starts_with(statement)
}
