//! What must not stand in the repository: leftovers, silent test switches, addresses of registries and of the
//! machine somebody happened to work on. The words are put together here so that this file does not hold them.

use house::tree::{rust_files, text_files};

fn found(files: &[house::tree::SourceFile], words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word.as_str())) {
                found.push(format!("{}: {}", file.at(index), line.trim().chars().take(120).collect::<String>()));
            }
        }
    }
    found
}

fn joined(parts: &[[&str; 2]]) -> Vec<String> {
    parts.iter().map(|[start, end]| format!("{start}{end}")).collect()
}

#[test]
fn no_leftovers_in_rust_code() {
    let words = joined(&[["todo", "!("], ["unimplemented", "!("], ["db", "g!("], ["FIX", "ME"], ["XX", "X:"]]);
    let found = found(&rust_files(), &words);
    assert!(found.is_empty(), "finish or remove: {found:#?}");
}

#[test]
fn an_ignored_test_says_why() {
    let found = found(&rust_files(), &joined(&[["#[ign", "ore]"]]));
    assert!(found.is_empty(), "write the reason after the attribute's name: {found:#?}");
}

#[test]
fn no_registry_host_and_no_path_of_a_machine() {
    let words = joined(&[
        ["registry.npm", "js"],
        ["registry.yarn", "pkg"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
        ["files.python", "hosted"],
        ["/work/", "main"],
        ["/work/", "shared"],
        ["/work/", ".library"],
        ["/tmp/bash", "_jobs"],
        ["/root/", ".cargo"],
        ["/home/", "runner"],
        ["/fa", "rm/"],
    ]);
    let files: Vec<_> = text_files().into_iter().filter(|file| !file.path.ends_with("Cargo.lock")).collect();
    let found = found(&files, &words);
    assert!(found.is_empty(), "remove: {found:#?}");
}

#[test]
fn lock_files_of_npm_hold_no_download_addresses() {
    let files: Vec<_> = text_files().into_iter().filter(|file| file.path.ends_with("package-lock.json")).collect();
    let found = found(&files, &joined(&[["\"resolved\": \"ht", "tp"]]));
    assert!(found.is_empty(), "write the lock with omit-lockfile-registry-resolved=true: {found:#?}");
}
