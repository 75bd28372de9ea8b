#!/usr/bin/env bash
# Bundles the front-end libraries and our own scripts and styles into crates/web/assets/dist,
# from where the binary embeds them. Does nothing when no input changed.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

out=crates/web/assets/dist
stamp=assets/node_modules/.built-from

npm_install assets
mapfile -d '' inputs < <(find assets crates/web/assets -type f \
  -not -path '*/node_modules/*' -not -path "$out/*" -print0)
if [ -n "$(ls -A "$out" 2>/dev/null)" ] && fresh "$stamp" "${inputs[@]}"; then
  exit 0
fi
step "front-end bundle" npm --prefix assets run --silent build
[ -n "$(ls -A "$out" 2>/dev/null)" ] || fail "the front-end build left nothing in $out"
fingerprint "${inputs[@]}" >"$stamp"
