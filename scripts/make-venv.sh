#!/usr/bin/env bash
# Creates the virtual environment with uv in it: make-venv.sh FOLDER. Keeps one that the Makefile calls sound.
set -euo pipefail
venv=$1
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}

fail() { printf 'make: %s\n' "$@" >&2; exit 1; }

command -v "$python" >/dev/null ||
  fail "no $python found. Vilnius Summit needs Python 3.11 or newer (Debian: apt install python3 python3-venv)." \
       "If it has another name: make PYTHON=python3.12 …"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old: Vilnius Summit needs Python 3.11 or newer." \
       "If a newer one has another name: make PYTHON=python3.12 …"
# Debian ships venv without ensurepip; asking first gives a clearer answer than a half-made folder.
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "this Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv"

# The Makefile's stamp .uv goes when the environment was moved or its Python is gone.
if [ ! -e "$venv/.uv" ]; then
  "$python" -m venv --clear "$venv"
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/uv.txt"
