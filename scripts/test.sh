#!/usr/bin/env bash
# `make test` once everything is installed: every check and every test, on real servers and a real browser.
# Leaves pytest-*.xml and vitest.json in var/reports for whoever counts (.ci/run).
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/stages.sh

reports=$PWD/var/reports
rm -rf "$reports"
mkdir -p "$reports"

static_stages
if [ -f clients/web/package.json ]; then
  stage "client tests" npm --prefix clients/web test --silent -- \
    --reporter=default --reporter=json --outputFile.json="$reports/vitest.json"
fi
export HYPOTHESIS_PROFILE="${HYPOTHESIS_PROFILE:-thorough}"
# What has a process or a browser beside it takes both cores by itself; the rest is spread over them.
beside_it="postgres or redis or browser"
stage tests pytest -q -n 2 -m "not ($beside_it)" --junitxml="$reports/pytest-alone.xml"
stage "tests with servers and browsers" pytest -q -m "$beside_it" --junitxml="$reports/pytest-beside.xml"
stages_done
