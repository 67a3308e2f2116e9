#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: exact versions with hashes for every platform, and no host name.
# Keeps what is locked unless told otherwise: lock.sh [--upgrade | --upgrade-package NAME].
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
  .venv/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}

compile requirements/uv.in -o requirements/uv.txt "$@"
compile pyproject.toml -o requirements/server.txt "$@"
# The constraints keep the files at the same versions: base is server and more, dev is base and more.
compile pyproject.toml --extra build -c requirements/server.txt -o requirements/base.txt "$@"
compile pyproject.toml --extra build --extra dev -c requirements/base.txt -o requirements/dev.txt "$@"
