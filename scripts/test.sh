#!/usr/bin/env bash
# `make test` once everything is installed: every check and every test, on real servers and a real browser.
# Leaves pytest.xml and vitest.json in var/reports for whoever counts (.ci/run).
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
stage tests env HYPOTHESIS_PROFILE="${HYPOTHESIS_PROFILE:-thorough}" pytest -q --junitxml="$reports/pytest.xml"
stages_done
