#!/usr/bin/env bash
# Without a Chromium on the machine and without root to install one: unpacks one from npm into .venv/chromium.
# tests/fixtures/chromium.py looks there last. Does nothing where there is one.
set -euo pipefail
cd "$(dirname "$0")/portable-chromium"
target=$(cd ../.. && pwd)/.venv/chromium

(cd ../.. && python -m tests.fixtures.chromium) >/dev/null 2>&1 && exit 0
echo "· unpacking a portable Chromium into .venv/chromium"
npm ci --silent
mkdir -p "$target"
TMPDIR=$target node unpack.mjs >/dev/null
