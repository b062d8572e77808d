# Two commands: `make run` and `make test`. Both install what they need into this folder, from the pinned lock files.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check bench mutants lock clean

run: $(VENV)/.runtime
	@$(BIN)/buddy begin

test: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.lab.install
	@$(BIN)/python -m pytest --numprocesses 2

bench: $(VENV)/.test
	@$(BIN)/python -m bench

# Breaks the product in every way that is named in `mutants/ways`, and shows that a test notices each.
mutants: $(VENV)/.test
	@$(BIN)/python -m mutants

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed.")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing what the bot needs (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements-test.lock
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

# Needs network, and uv (`pip install uv`).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --group build pyproject.toml --output-file requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --group build --group test --constraint requirements.lock pyproject.toml --output-file requirements-test.lock

clean:
	rm -rf $(VENV) .cache build *.egg-info
