//! Rebuilds the crate when a migration is added or changed: the files are embedded by `include_dir!`.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=build.rs");
}
