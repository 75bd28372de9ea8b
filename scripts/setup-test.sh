#!/usr/bin/env bash
# What `make test` needs beyond `make run`: PostgreSQL's server programs, Chromium, a CJK font, npm packages.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

scripts/setup-run.sh

packages=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
command -v chromium >/dev/null || packages+=(chromium)
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || packages+=(fonts-noto-cjk)
need_packages "${packages[@]}"

npm_install tests/browser
scripts/assets.sh
