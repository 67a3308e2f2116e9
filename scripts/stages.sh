# Runs a list of checks to the end, whichever fail, and says at the end which. To be sourced.
# `stage NAME COMMAND…` runs one, `stages_done` prints the sum and gives the exit status.
failed_stages=()

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

stages_done() {
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
