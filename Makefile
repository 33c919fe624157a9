# Needs Python 3.11, Node 20 and make. Everything else is brought along.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test soak check docs bench lock clean

help: ## List what can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/.ready ## Bring the parts that everything needs

$(VENV)/.ready: requirements.lock package-lock.json scripts/copy_assets.py scripts/find_python.sh
	sh scripts/find_python.sh $(PYTHON) $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	npm ci --silent --no-audit --no-fund
	$(BIN)/python scripts/copy_assets.py
	@touch $@

run: setup ## Start the service with the invented sample partnership
	$(BIN)/pathway demo --port $(PORT)

test: setup ## Pass every test: SQLite, a real PostgreSQL, a real browser
	$(BIN)/python scripts/find_browser.py
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup

soak: setup ## Walk referrals at random, WALKS of them (200), then break what they run on, FAULTS times (1000)
	PATHWAY_WALKS=$(or $(WALKS),200) $(BIN)/python -m pytest -q tests/flows/test_whole_cases.py
	PATHWAY_FAULTS=$(or $(FAULTS),1000) $(BIN)/python -m pytest -q tests/faults

check: setup ## Lint, types, import contracts, and the proofs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pathway documents check
	$(BIN)/pathway check

docs: setup ## Make the reference, the diagrams and the screenshots afresh
	$(BIN)/python scripts/make_docs.py
	$(BIN)/python scripts/api_reference.py
	PATHWAY_PICTURES=1 $(BIN)/python -m pytest -q tests/journeys

bench: setup ## Measure what everything costs, or ONLY one figure of it, into docs/performance.md
	PYTHONPATH=scripts $(BIN)/python -m bench $(ONLY)

lock: setup ## Pin every part afresh, by hash and without addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --no-header --quiet --output-file requirements.lock

clean: ## Take away what was brought along; never the data in var/
	rm -rf $(VENV) node_modules pathway/web/static/vendor
