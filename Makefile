# make run   sets up and does the main job on the five seeds, no key needed
# make test  sets up and runs every check and test
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup run test lint types unit bench judges golden docs lock clean

help:
	@echo "make run    set up, then turn the five seeds into five pieces under outputs/"
	@echo "make test   set up, then lint, types and tests"
	@echo "make setup  virtual environment, packages, LanguageTool where Java and Maven are at hand"
	@echo "make judges others' validators on pages and formats (npm); make bench  speed and memory, measured; make golden  rebuild the golden files; make docs  docs/checks.md"

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Marbre needs Python 3.11 or newer." >&2; exit 2; }
	@python3 -m venv $(VENV) || { echo "python3 has no venv module (Debian: apt install python3-venv)." >&2; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,local]'
	@$(BIN)/python -m compileall -q pipeline
	@$(BIN)/python -m pipeline.languagetool || true
	@touch $(READY)

# Exit code 3 means "written, but at least one piece needs work": true of working drafts, and no error here.
run: setup
	@$(BIN)/marbre batch seeds; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ] || exit $$code

# Types are checked beside the tests: these wait a third of their time, for programs that they start.
test: lint
	@$(MAKE) --no-print-directory -j 2 types unit

lint: setup
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: setup
	@$(BIN)/mypy

unit: setup
	@$(BIN)/pytest -n 3 --dist worksteal

bench: setup
	@$(BIN)/python -m tests.bench.speed
	@$(BIN)/python -m tests.bench.throughput
	@$(BIN)/python -m tests.bench.memory
	@$(BIN)/python -m tests.bench.rerun
	@$(BIN)/python -m tests.bench.checks
	@$(BIN)/python -m tests.bench.refresh
	@$(BIN)/python -m tests.bench.refresh_queue
	@$(BIN)/python -m tests.bench.near
	@$(BIN)/python -m tests.bench.archive
	@$(BIN)/python -m tests.bench.killed
	@$(BIN)/python -m tests.bench.ledger
	@$(BIN)/python -m tests.bench.workers

# Others' validators on the pages and formats; they need npm, Java and Chromium, so no test does.
judges: setup
	@tests/judges/run "$(CURDIR)/$(BIN)/python"

golden: setup
	MARBRE_REBUILD_GOLDEN=1 $(BIN)/pytest -q tests

docs: setup
	@$(BIN)/python -c 'from pipeline.checks import CHECKS; from pipeline.explain import markdown; print(markdown(CHECKS), end="")' > docs/checks.md

# Versions only: where packages come from is the user's choice.
lock: setup
	@$(BIN)/pip freeze --exclude-editable | grep -v -i '^marbre' > constraints.txt

clean:
	rm -rf $(VENV) outputs/* .mypy_cache .ruff_cache .pytest_cache
