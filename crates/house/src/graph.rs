//! Which crate of the workspace depends on which, from `cargo metadata` (no network needed).

use std::process::Command;

use serde_json::Value;

/// One dependency line of a crate of ours.
pub struct Dependency {
    pub from: String,
    pub to: String,
    /// Named under `[dev-dependencies]`: seen by tests only.
    pub only_for_tests: bool,
    /// `to` is a crate of the workspace too.
    pub in_house: bool,
}

/// Names of the crates in the workspace.
pub fn crates() -> Vec<String> {
    packages(&metadata()).iter().map(name_of).collect()
}

/// Every dependency of every crate in the workspace.
pub fn dependencies() -> Vec<Dependency> {
    let metadata = metadata();
    let mut found = Vec::new();
    for package in packages(&metadata) {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            found.push(Dependency {
                from: name_of(package),
                to: name_of(dependency),
                only_for_tests: dependency["kind"] == "dev",
                in_house: dependency["path"].is_string(),
            });
        }
    }
    found
}

fn packages(metadata: &Value) -> &Vec<Value> {
    metadata["packages"].as_array().expect("cargo metadata lists packages")
}

fn name_of(value: &Value) -> String {
    value["name"].as_str().expect("cargo metadata names every package").to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
        .current_dir(crate::tree::root())
        .output()
        .expect("cargo is running this test, so it is there");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}
