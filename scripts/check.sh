#!/usr/bin/env bash
# `make check`: everything that needs no server beside it. The venv is on PATH (the Makefile sees to that).
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/stages.sh

# Most of the static checks know one core only: beside the tests they cost little, and what they say comes first.
beside tests pytest -q -n 2 -m "not postgres and not redis and not browser and not slow"
static_stages
stages_done
