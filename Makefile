# The commands of the project. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COVERAGE ?=  # "--cov --cov-report=term:skip-covered" measures it and fails below the floor, as CI does
RUN_READY := $(VENV)/.ready-run
READY := $(VENV)/.ready-dev
# The requirement files are complete and hashed, so nothing is left to resolve: a resolver of an old pip refuses a lock
# as soon as an index offers something newer.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
KILLS ?= 100

.PHONY: help install demo tour run quick test torture prove check format bench lock clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(RUN_READY): requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV): installing what the bot needs to run (about half a minute, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements/run.txt
	@$(BIN)/python -m pip check
	@touch $@

$(READY): $(RUN_READY) requirements/dev.txt
	@echo "Setting up $(VENV): installing what the tests and checks need (about half a minute, once)"
	@$(INSTALL) -r requirements/dev.txt
	@$(BIN)/python -m pip check
	@touch $@

install: $(RUN_READY)  ## what the bot needs to run, into .venv

demo: $(RUN_READY)  ## the sandbox with its page of phones, and the real bot beside it
	$(BIN)/python -m bot demo

tour: $(RUN_READY)  ## the demo's story, played and checked without a person
	$(BIN)/python -m bot demo --tour

run: $(RUN_READY)  ## the bot against Telegram (settings from the environment or .env)
	$(BIN)/python -m bot run

quick: $(READY)  ## the tests without what is long or starts a process or a browser; about a minute
	$(BIN)/python -m pytest -q -m "not slow and not prove"

test: $(READY)  ## every test
	$(BIN)/python -m pytest $(COVERAGE)

torture: $(READY)  ## the bot killed KILLS times amid faults of every kind; the last line says what was lost
	$(BIN)/python -m tests.torture --kills $(KILLS)

prove: $(READY)  ## what is long: the laws with many examples each, an hour of histories, a thousand kills, named mutants
	$(BIN)/python -m pytest -q -m "not prove" --ignore=tests/e2e --ignore=tests/browser --ignore=tests/torture --hypothesis-profile=prove --timeout=3600
	$(BIN)/python -m pytest -q -m prove --timeout=5400
	$(MAKE) torture KILLS=1000
	$(BIN)/python -m tests.torture --kills 200 --later
	$(BIN)/python -m tests.mutants

check: $(READY)  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)  ## put the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## benchmarks: prints figures and ratios
	$(BIN)/python -m tests.benchmarks

lock: $(READY)  ## compile the hashed requirement files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -c requirements/run.txt --group dev pyproject.toml -o requirements/dev.txt

clean:  ## remove what the commands made
	rm -rf $(VENV) var .coverage .coverage.* htmlcov mutants .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
