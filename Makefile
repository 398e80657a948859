# What a newcomer needs: `make run` serves a market, `make test` tests it. Both set up .venv by themselves.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
# What `spapi serve` is told besides: make run ARGS="--limits off"
ARGS ?=

.PHONY: run test soak check lint audit bench dist format lock clean help

help:
	@echo "make run    serve a market with a demo seller on http://127.0.0.1:$(PORT)"
	@echo "           PORT=8765 is another port, ARGS=\"--limits off\" what \`spapi serve\` takes besides"
	@echo "make test   run the tests"
	@echo "make soak   the tests for some hours (SOAK=3: fewer): in any order, with many more examples, and those that take minutes"
	@echo "make check  everything that must hold before a change is taken: format, lint, types, imports, audit, tests"
	@echo "make audit  look for what is known to be unsafe, in the code and in what it is installed with"
	@echo "make bench  measure, side by side, on this machine"
	@echo "make dist   a wheel and a source distribution, in dist/"

run: .venv/.server
	$(BIN)/spapi serve --port $(PORT) $(ARGS)

test: .venv/.dev
	$(BIN)/pytest

# SOAK: how many times as many examples as in `make test`.
SOAK ?= 20
soak: .venv/.dev
	SPAPI_TEST_SOAK=$(SOAK) $(BIN)/pytest -m "soak or not soak" --order any -o timeout=3600

check: lint audit test

lint: .venv/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

# bandit reads the code; pip-audit asks about the pins, and says how many of them anything is known of.
audit: .venv/.dev
	$(BIN)/bandit --configfile pyproject.toml --quiet --recursive src --severity-level medium
	$(BIN)/python -m tools.audit

bench: .venv/.dev
	$(BIN)/python -m benchmarks

# What is installed elsewhere; `pytest -m soak tests/whole/test_installed.py` tries it in a clean environment.
dist: .venv/.dev
	rm -rf dist
	$(BIN)/python -m build --quiet

format: .venv/.dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# The versions that everything is tested with; `make lock` renews them.
lock: .venv/.dev
	$(BIN)/pip freeze --exclude-editable --exclude sellingpartner > requirements.lock

.venv/.python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("sellingpartner needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.server: .venv/.python pyproject.toml requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[server]'
	@touch $@

.venv/.dev: .venv/.python pyproject.toml requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch .venv/.server $@

# SDKs of others for Node; the tests that need them are skipped where they are not.
.venv/.node: .venv/.python tests/strangers/node/package-lock.json
	cd tests/strangers/node && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
