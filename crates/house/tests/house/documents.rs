//! Documents that drift apart are worse than none.

use house::graph::crates;
use house::tree::{paths, read, root, rust_files};

/// Heading levels and code fences in order: the shape two translations must share.
fn shape(markdown: &str) -> Vec<String> {
    let mut shape = Vec::new();
    let mut in_code = false;
    for line in markdown.lines() {
        if let Some(language) = line.strip_prefix("```") {
            if !in_code {
                shape.push(format!("code {language}"));
            }
            in_code = !in_code;
        } else if !in_code && line.starts_with('#') {
            shape.push(line.split(' ').next().unwrap_or_default().to_owned());
        }
    }
    shape
}

#[test]
fn both_readmes_have_the_same_sections_and_code_blocks() {
    assert_eq!(shape(&read("README.md")), shape(&read("README.zh-CN.md")));
}

#[test]
fn the_architecture_page_explains_every_crate() {
    let page = read("ARCHITECTURE.md");
    let missing: Vec<String> = crates().into_iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md says nothing about {missing:?}");
}

#[test]
fn every_crate_opens_with_its_story() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|file| file.path.ends_with("src/lib.rs") || file.path.ends_with("src/main.rs"))
        .filter(|file| !file.text.starts_with("//!") && !file.text.starts_with("#![doc = include_str!("))
        .map(|file| file.path)
        .collect();
    assert!(silent.is_empty(), "start these with a //! module doc: {silent:?}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    for path in paths().iter().filter(|path| path.ends_with(".md")) {
        let folder = root().join(path).parent().expect("a file lies in a folder").to_owned();
        for target in relative_links(&read(path)) {
            if !folder.join(&target).exists() {
                broken.push(format!("{path}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "broken links: {broken:#?}");
}

/// Targets of `[text](target)` that are neither web addresses nor places on the same page.
fn relative_links(markdown: &str) -> Vec<String> {
    markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
        .map(str::to_owned)
        .collect()
}
