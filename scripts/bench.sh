#!/usr/bin/env bash
# Measures importing, rendering, releasing and serving, and prints one table with ratios.
# BENCH_DOCUMENTS=10000 sets the size; results depend on the machine, ratios less so.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

packages=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || packages+=(nginx)
command -v wrk >/dev/null || packages+=(wrk)
command -v hugo >/dev/null || packages+=(hugo)
need_packages "${packages[@]}"

step "build for release" cargo build --quiet --release -p zhengtong
ZHENGTONG_BIN=$(cd "$target_dir" && pwd)/release/zhengtong
export ZHENGTONG_BIN
exec node scripts/bench/main.mjs
