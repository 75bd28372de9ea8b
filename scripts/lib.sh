# Shared by the scripts beside it: steps with their time, version checks, system packages. Sourced, never run.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
target_dir=${CARGO_TARGET_DIR:-target}
[ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"
# A Node.js that setup-run.sh fetched because the system's is too old.
[ -x "$target_dir/tools/bin/node" ] && PATH="$(cd "$target_dir/tools/bin" && pwd):$PATH"
export PATH

say() { printf '\n== %s\n' "$*"; }
fail() { printf '\nerror: %s\n' "$*" >&2; exit 1; }

# step "what it does" command args… : runs it, says how long it took, stops everything when it fails.
step() {
  local title=$1 started=$SECONDS code=0
  shift
  say "$title"
  "$@" || code=$?
  if [ "$code" -ne 0 ]; then
    printf '\nFAILED after %d s (exit code %d): %s\n  command: %s\n' "$((SECONDS - started))" "$code" "$title" "$*" >&2
    exit "$code"
  fi
  printf -- '-- %d s: %s\n' "$((SECONDS - started))" "$title"
}

# at_least HAVE WANT : compares dotted version numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

on_debian() { command -v apt-get >/dev/null && grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null; }

# need_packages PACKAGE… : installs Debian packages as root; elsewhere says exactly what to install.
need_packages() {
  [ "$#" -gt 0 ] || return 0
  if on_debian && [ "$(id -u)" -eq 0 ]; then
    say "installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o Acquire::Retries=3 update >/dev/null || echo "apt-get update failed; trying with the lists at hand" >&2
    apt-get -qq -y -o Acquire::Retries=3 install --no-install-recommends "$@" >/dev/null ||
      fail "apt-get could not install: $*"
  elif on_debian; then
    fail "missing system packages. Run this, then try again:
  sudo apt-get update && sudo apt-get install -y $*"
  else
    fail "missing system packages. Install what your system calls these (Debian's names), then try again:
  $*"
  fi
}

# fresh STAMP FILE… : true when the stamp was written for exactly these file contents.
fingerprint() { printf '%s\0' "$@" | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }
fresh() {
  local stamp=$1
  shift
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

# npm_install FOLDER : `npm ci`, only when the folder's manifest or lock changed since the last time.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-from
  [ -f "$folder/package-lock.json" ] || fail "$folder/package-lock.json is missing"
  fresh "$stamp" "$folder/package.json" "$folder/package-lock.json" && return 0
  step "npm packages of $folder" \
    npm --prefix "$folder" ci --no-audit --no-fund --no-progress --loglevel=error
  fingerprint "$folder/package.json" "$folder/package-lock.json" >"$stamp"
}
