# make demo: set up and serve a sample installation on 127.0.0.1:8080.  make test: everything that must hold.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -q --disable-pip-version-check

# Each says what is wrong under its own name; `check` runs two of them at a time.
CHECKS := format lint types imports risks texts

.PHONY: demo test setup setup-dev bytecode printing check $(CHECKS) tests bench crash fuzz lock clean

demo: setup
	$(BIN)/gehoor demo

test: setup-dev check tests

setup: $(VENV)/run.stamp $(VENV)/catalogues.stamp bytecode
setup-dev: $(VENV)/dev.stamp $(VENV)/catalogues.stamp $(VENV)/browser.stamp printing

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Gehoor needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# The hashes in the lock files decide what is installed. The project itself is put on the
# path by a .pth file, so that running it needs no build tool.
$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what Gehoor runs on (once) ..."
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python packaging/link.py
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the checks need (once) ..."
	$(PIP) --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

$(VENV)/catalogues.stamp: $(wildcard locales/*/LC_MESSAGES/*.po) $(VENV)/run.stamp
	$(BIN)/python -m locales.catalogues compile
	@touch $@

$(VENV)/browser.stamp: $(VENV)/dev.stamp
	@sh packaging/browser.sh
	@touch $@

# A start reads bytecode in four fifths of the time that it takes to read source; a service that may
# write nowhere beside its code cannot make it for itself.
bytecode: $(VENV)/run.stamp
	@$(BIN)/python -m compileall -q $$($(BIN)/python packaging/link.py --packages)

# Pango and fonts for posters and reports; only they need it.
printing:
	@sh packaging/printing.sh

check: setup-dev
	@$(MAKE) --no-print-directory --keep-going --jobs 2 --output-sync=target types $(CHECKS)

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

risks:
	$(BIN)/bandit -q -c pyproject.toml -r $$($(BIN)/python packaging/link.py --packages)

texts:
	$(BIN)/python -m locales.catalogues check

# The files that take longest come first (`tests/conftest.py`), so that none is left to the end.
# Compiled before, also where Python is told to write no bytecode: many tests start processes.
tests: setup-dev
	@$(BIN)/python -m compileall -q $$($(BIN)/python packaging/link.py --packages) bench tests
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Measures; rivals beside it in the same run where PEERS names a folder of them.
bench: setup-dev
	$(BIN)/python -m bench $(if $(PEERS),--peers $(PEERS))

# Kills an installation at random moments; its short form is among the tests.
crash: setup-dev
	$(BIN)/python -m tests.crash --times 300

# Strikes at everything that takes input; a million answers to the flows come first.
SECONDS ?= 600
fuzz: setup-dev
	$(BIN)/python -m tests.fuzz --answers 1000000
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

# Rebuilds the lock files; needs uv. They carry hashes and no addresses.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate -q --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV)
