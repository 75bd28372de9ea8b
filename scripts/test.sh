#!/usr/bin/env bash
# Format, lints, tests on both engines, browser tests; the first failure stops and is named.
# Everything compiles in cargo's dev profile with one set of features, so nothing is compiled twice.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --profile "$1"
  else
    cargo test --workspace --quiet
  fi
}

profile=default
[ -n "${CI:-}" ] && profile=ci

step "format" cargo fmt --all --check
step "lints" cargo clippy --quiet --workspace --all-targets -- -D warnings
step "build tests and binary" cargo build --quiet --workspace --bins --tests --examples
step "tests (SQLite and PostgreSQL)" rust_tests "$profile"
ZHENGTONG_BIN=$(cd "$target_dir" && pwd)/debug/zhengtong
export ZHENGTONG_BIN
step "browser tests" npm --prefix tests/browser test

say "all passed in $((SECONDS / 60)) min $((SECONDS % 60)) s"
