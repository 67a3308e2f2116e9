# Runs a list of checks to the end, whichever fail, and says at the end which. To be sourced.
# `stage NAME COMMAND…` runs one, `beside NAME COMMAND…` one beside those that follow; `stages_done` waits for it, prints
# the sum and gives the exit status.
failed_stages=()
beside_name=

stage() {
  local name=$1 started=$SECONDS
  shift
  printf '\n── %s\n' "$name"
  if "$@"; then
    printf '   %s: ok, %d s\n' "$name" $((SECONDS - started))
  else
    printf '   %s: FAILED, %d s\n' "$name" $((SECONDS - started))
    failed_stages+=("$name")
  fi
}

# Keeps what the command says until `stages_done`, so that two never speak at once. Only one at a time.
beside() {
  beside_name=$1
  shift
  beside_said=$(mktemp)
  "$@" >"$beside_said" 2>&1 &
  beside_process=$!
  # a script's background does not hear Ctrl-C by itself
  trap 'kill "$beside_process" 2>/dev/null; rm -f "$beside_said"; exit 130' INT TERM
}

stage_beside() { local status=0; wait "$beside_process" || status=$?; cat "$beside_said"; rm -f "$beside_said"; return $status; }

stages_done() {
  [ -z "$beside_name" ] || stage "$beside_name" stage_beside
  if [ ${#failed_stages[@]} -eq 0 ]; then
    printf '\nAll good, %d s.\n' "$SECONDS"
  else
    printf '\nFAILED after %d s: %s\n' "$SECONDS" "$(IFS=,; echo "${failed_stages[*]}" | sed 's/,/, /g')"
    return 1
  fi
}

# Whatever needs no test run: shared by check.sh and test.sh.
static_stages() {
  local sources=(game_rules server tests scripts)
  [ -d benchmarks ] && sources+=(benchmarks)
  stage format ruff format --check .
  stage lint ruff check --quiet .
  stage types mypy --no-error-summary "${sources[@]}"
  stage imports lint-imports --no-cache --no-logo
  stage "generated files" python -m scripts.generate --check
  if [ -f clients/web/package.json ]; then
    stage client npm --prefix clients/web run --silent check
  fi
}
