//! Makes sure the folder of bundled front-end files exists, so that a checkout without Node still compiles.

use std::{fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=assets/dist");
    println!("cargo:rerun-if-changed=templates");
    let dist = Path::new("assets/dist");
    if !dist.is_dir()
        && let Err(error) = fs::create_dir_all(dist)
    {
        println!("cargo:warning=cannot create crates/web/assets/dist: {error}");
    }
    if !dist.join("console.css").is_file() {
        println!(
            "cargo:warning=front-end files are not bundled; run `make assets` (npm ci && npm run build in assets/)"
        );
    }
}
