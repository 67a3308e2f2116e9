# The doors of the house. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
PY := $(VENV)/bin/python
UV_INSTALL := $(VENV)/bin/uv pip install --quiet --python $(PY)
WEB := clients/web
# The venv first: its Node, its tools, whatever the machine has besides.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

# A .venv that was copied or moved, or whose Python is gone, does not work here: then everything in it is made anew.
# Its stamp .uv says where it was made.
ifneq ($(wildcard $(VENV)/.uv),)
ifneq ($(file < $(VENV)/.uv) $(shell $(PY) -c 'import uv; print("sound")' 2>/dev/null),$(CURDIR)/$(VENV) sound)
$(shell rm -f $(VENV)/.uv $(VENV)/.base $(VENV)/.dev)
endif
endif

# ------------------------------------------------------------------------------------------------------------ set-up
.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14

.PHONY: setup
setup: $(VENV)/.dev client ## .venv with everything in it, Node included, and the built client
	@echo "· ready: $(VENV)/bin/summit"

# Stamps: each step runs again only when what it was made from has changed.
$(VENV)/.uv: requirements/uv.txt scripts/make-venv.sh
	@echo "· creating $(VENV)"
	@scripts/make-venv.sh $(VENV)
	@echo $(CURDIR)/$(VENV) > $@

$(VENV)/.base: requirements/base.txt pyproject.toml $(VENV)/.uv
	@echo "· installing what the server needs"
	@$(UV_INSTALL) --require-hashes -r requirements/base.txt
	@$(UV_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "· installing what the checks and tests need"
	@$(UV_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

ifeq ($(wildcard $(WEB)/package.json),)
.PHONY: client client-modules
client client-modules:
	@echo "· no client here ($(WEB)/package.json is missing): skipped"
else
CLIENT_SOURCES := $(shell find $(WEB) \( -name node_modules -o -name dist \) -prune -o -type f -print)
MODULES := $(WEB)/node_modules/.installed

.PHONY: client client-modules
client: $(WEB)/dist/index.html
client-modules: $(MODULES)

$(MODULES): $(WEB)/package-lock.json $(WEB)/package.json | $(VENV)/.base
	@echo "· installing what the client is built with"
	@cd $(WEB) && npm ci --no-audit --no-fund --silent
	@mkdir -p $(@D) && touch $@

$(WEB)/dist/index.html: $(CLIENT_SOURCES) $(MODULES)
	@echo "· building the client"
	@cd $(WEB) && npm run --silent build
	@touch $@
endif

# --------------------------------------------------------------------------------------------------------------- play
.PHONY: run
run: $(VENV)/.base client ## set up what play needs, then serve the game; HOST=0.0.0.0 for a room full of people
	@exec $(VENV)/bin/summit serve --host $(HOST) --port $(PORT)

.PHONY: demo
demo: $(VENV)/.base client ## the same with a game in the middle of its consultations and a link for each seat
	@exec $(VENV)/bin/summit demo --host $(HOST) --port $(PORT)

# ------------------------------------------------------------------------------------------------------------- checks
.PHONY: check
check: $(VENV)/.dev client-modules ## the inner loop, about a minute: format, lint, types, contracts, tests on SQLite
	@scripts/check.sh

.PHONY: test
test: ## everything, system packages included: the checks, PostgreSQL, Redis, the client, a real browser
	@scripts/system-packages.sh
	@$(MAKE) setup
	@scripts/portable-chromium.sh
	@scripts/test.sh

.PHONY: gen
gen: $(VENV)/.dev client-modules ## write generated files anew: TypeScript types, schemas, reference pages
	@$(PY) -m scripts.generate

.PHONY: replays
replays: $(VENV)/.dev ## record the golden replays anew
	@$(PY) -m tests.replays.record

.PHONY: screenshots
screenshots: $(VENV)/.dev client ## take the pictures of the tour anew
	@$(PY) -m tests.web.tour

.PHONY: bench
bench: $(VENV)/.dev client ## the benchmarks as one table, ratios first
	@$(PY) -m benchmarks

.PHONY: chaos
chaos: $(VENV)/.dev client ## the long fault injections, with a report
	@$(PY) -m tests.chaos

.PHONY: mutate
mutate: $(VENV)/.dev ## which small mistakes in the procedures and the scoring the tests notice; MUTANTS=400 SEED=2023
	@$(PY) -m tests.mutation $(if $(MUTANTS),--sample $(MUTANTS)) $(if $(SEED),--seed $(SEED))

# -------------------------------------------------------------------------------------------------------------- build
.PHONY: dist
dist: $(VENV)/.base client ## a wheel and an sdist that serve the game with no Node on the machine
	@rm -rf dist
	@$(PY) -m hatchling build
	@ls -l dist

.PHONY: lock
lock: $(VENV)/.uv ## write requirements/*.txt anew from pyproject.toml; UPGRADE=1 takes the newest of everything
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## remove everything that make made
	@rm -rf $(VENV) dist build $(WEB)/dist $(WEB)/node_modules \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
