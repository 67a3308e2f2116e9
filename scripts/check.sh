#!/usr/bin/env bash
# `make check`: everything that needs no server beside it. The venv is on PATH (the Makefile sees to that).
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/stages.sh

static_stages
stage tests pytest -q -n 2 -m "not postgres and not redis and not browser and not slow"
stages_done
