//! Files stay small: one noun or one verb each. Median ≤ 120 lines is the aim, 600 the limit.

use house::tree::{rust_files, text_files};

const LIMIT: usize = 600;

#[test]
fn no_source_file_is_longer_than_600_lines() {
    let too_long: Vec<String> = text_files()
        .iter()
        .filter(|file| file.has_extension(&["rs", "js", "ts", "css", "html", "sql", "sh"]))
        .map(|file| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > LIMIT)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(too_long.is_empty(), "split these by noun or verb: {too_long:#?}");
}

#[test]
fn half_of_the_rust_files_have_at_most_120_lines() {
    let mut lengths: Vec<usize> = rust_files().iter().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    let p90 = lengths[lengths.len() * 9 / 10];
    println!("{} Rust files: median {median} lines, p90 {p90}, longest {}", lengths.len(), lengths[lengths.len() - 1]);
    assert!(median <= 120, "median is {median} lines");
    assert!(p90 <= 350, "one file in ten is longer than {p90} lines");
}
