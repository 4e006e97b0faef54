# `make demo` and `make test` set up what they need; a fresh clone and Python 3.11+ are enough.
PYTHON ?= python3
export NO_MKDOCS_2_WARNING := 1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: web check-web test-web demo test test-r test-ftm test-spark test-install bench-speed fuzz check docs bench clean help

help:  ## Show the targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(VENV)/.installed  ## Set up and code the reports of examples/.
	@$(BIN)/dateline code examples --format table --color

test: $(VENV)/.dev  ## Set up and run all tests.
	@$(BIN)/python -m pytest -n 2

test-spark: $(VENV)/.dev  ## Run the tests of the Spark job and of Dask; needs Java 17.
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[spark]' dask
	$(BIN)/python -m pytest tests/cluster

test-r: $(VENV)/.dev  ## Read the export layouts with R; installs r-base-core where it is missing.
	command -v Rscript > /dev/null || { apt-get update -qq && apt-get install -y -qq r-base-core > /dev/null; }
	$(BIN)/python -m pytest tests/exporting -k r_reads

test-ftm: $(VENV)/.dev  ## Read the FollowTheMoney export with its library, in an environment of its own.
	python3 -m venv $(VENV)-ftm
	$(VENV)-ftm/bin/python -m pip install --quiet followthemoney==4.11.2
	DATELINE_FTM_PYTHON=$(VENV)-ftm/bin/python $(BIN)/python -m pytest tests/exporting -k follow_the_money

test-install: $(VENV)/.dev  ## Install the built wheel into an empty environment, without a compiler.
	DATELINE_TEST_INSTALL=1 $(BIN)/python -m pytest tests/packaging -rP -k installs

bench-speed: $(VENV)/.dev  ## Measure speed beside bare spaCy and others; MOST=100000 draws the curve further.
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/speed/run.py --most $(or $(MOST),10000)

fuzz: $(VENV)/.dev  ## Look for texts that make a stage fail, for MINUTES (10).
	$(BIN)/python -m tools.fuzz --minutes $(or $(MINUTES),10)

check: $(VENV)/.dev  ## Lint, types, docs and the quality floor.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mkdocs build --strict --quiet

STATIC := src/dateline/server/static
NPM := npm --prefix web

web: $(STATIC)/index.html  ## Build the web app into the package; needs Node 20 or newer.

web/node_modules/.installed: web/package-lock.json
	$(NPM) ci --silent
	@touch $@

$(STATIC)/index.html: web/node_modules/.installed $(shell find web/src web/public web/index.html web/vite.config.ts -type f)
	$(NPM) run --silent build

check-web: web  ## Lint, types, unit tests and size of the web app.
	$(NPM) run --silent lint
	$(NPM) run --silent check
	$(NPM) test --silent
	$(NPM) run --silent size

test-web: $(VENV)/.dev web  ## Try the web app in Chromium; screenshots go to shots/.
	$(BIN)/python -m pytest tests/web

docs: $(VENV)/.dev  ## Build the documentation into site/.
	$(BIN)/mkdocs build --strict

bench: $(VENV)/.dev  ## Run the accuracy benchmarks on the gold data of DATELINE_EVAL.
	$(BIN)/python benchmarks/run.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dateline needs Python 3.11 or newer; name one with: make demo PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip -c constraints.txt

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

clean:  ## Remove the environment and what was built.
	rm -rf $(VENV) dist site .mypy_cache .ruff_cache .pytest_cache
