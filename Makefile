# Everything lives in .venv, which `make setup` makes from the locked, hashed list; nothing else is touched.
# Needs Python 3.11 or later with its venv module. PYTHON=python3.13 make setup takes another one than python3.

PYTHON ?= python3
PYTEST_ARGS ?= -n auto --dist worksteal
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test check static fmt bench coverage lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: .venv/.installed ## what dondoc needs to run, in .venv

setup-test: .venv/.installed-test ## and what its tests and checks need

# A first look should show letters at any hour, and they only go into a folder: the send window is open around the clock.
# `dondoc run` by itself keeps the office's own, [mail] send_window in config.toml.
TRIAL := DONDOC_MAIL__SEND_WINDOW__FROM=00:00 DONDOC_MAIL__SEND_WINDOW__UNTIL=23:59 DONDOC_MAIL__SEND_WINDOW__DAYS=all

run: setup ## check the rule files, apply them, start the daemon
	$(BIN)/dondoc check
	$(BIN)/dondoc apply --yes
	$(TRIAL) $(BIN)/dondoc run

test: setup-test ## all tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: static test ## what CI runs

static: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fmt: setup-test ## format the code and repair what can be repaired
	$(BIN)/ruff check --fix-only --show-fixes .
	$(BIN)/ruff format .

bench: setup-test ## the benchmarks
	$(BIN)/python -m benchmarks

coverage: setup-test ## which lines and branches the tests reach
	$(BIN)/python -m coverage run -m pytest
	$(BIN)/python -m coverage report

clean: ## remove .venv and every cache, keep var/
	rm -rf .venv build dist .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- .venv -----------------------------------------------------------------------------------------------------------
# The build back-end is in the lists too, so that installing the project itself fetches nothing unhashed.

.venv/.installed: pyproject.toml requirements.lock
	@$(call install,requirements.lock)
	@touch $@

.venv/.installed-test: pyproject.toml requirements-test.lock
	@$(call install,requirements-test.lock)
	@touch .venv/.installed $@

# uv, where it is at hand, does the same faster; pip is the way that is tested.
define install
set -eu; \
"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || { \
    echo "dondoc needs Python 3.11 to 3.14, and $(PYTHON) is not: say PYTHON=python3.13 make setup, for one." >&2; exit 1; }; \
if command -v uv >/dev/null; then \
    [ -x $(BIN)/python ] || uv venv --quiet --python "$(PYTHON)" .venv; \
    uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
    uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
else \
    $(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv .venv || { \
        rm -rf .venv; \
        echo "No virtual environment could be made: on Debian or Ubuntu, apt-get install python3-venv." >&2; exit 1; }; \
    echo "Installing $(1) into .venv"; \
    $(BIN)/python -m pip install $(PIP_ARGS) --require-hashes -r $(1); \
    $(BIN)/python -m pip install $(PIP_ARGS) --no-deps --no-build-isolation --editable .; \
fi
endef
PIP_ARGS := --quiet --disable-pip-version-check --no-input

# --- the locked lists ------------------------------------------------------------------------------------------------
# One list for Python 3.11 to 3.14 on every platform, free of addresses. LOCK_ARGS=--upgrade make lock takes newer releases.

lock: ## work the locked lists out anew from pyproject.toml
	@set -eu; PATH="$$PATH:$(CURDIR)/.venv/lock/bin"; \
	command -v uv >/dev/null || { "$(PYTHON)" -m venv .venv/lock && .venv/lock/bin/python -m pip install $(PIP_ARGS) uv; }; \
	compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_ARGS) pyproject.toml "$$@"; }; \
	compile --extra build -o requirements.lock; \
	compile --extra build --extra test -c requirements.lock -o requirements-test.lock
