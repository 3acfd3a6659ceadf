# Two commands matter: `make demo` and `make test`. Both make their own .venv first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps
EXTRAS ?=
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup
INSTALLED := .venv/installed$(EXTRAS:%=-with-%)
PORT ?= 8080
DATA ?= data/demo
START ?=

.PHONY: demo test test-wide install lock sbom lint bench soak templates holidays clean

demo: $(INSTALLED) ## the whole program on this machine, no Telegram needed
	@$(BIN)/satcoso demo --port $(PORT) --data $(DATA) $(START:%=--start %)

test: .venv/installed-dev ## what every change is tried with, offline; names what took long
	$(PYTEST) --durations=5 --durations-min=5 -m "not bench and not soak and not wide"

test-wide: .venv/installed-dev ## the same code walked far: PostgreSQL, browsers, long lives
	$(PYTEST) -m "wide and not bench and not soak"

install: $(INSTALLED) ## EXTRAS=postgres: with the driver of PostgreSQL

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot storage

bench: .venv/installed-dev .venv/installed-floor ## benchmarks, each against a floor measured in the same run
	$(BIN)/python -m pytest -m bench -s tests/bench

.venv/bin/python:
	$(PYTHON) -m venv .venv

# Exact versions with the hashes of their files, so that nobody can slip another file in; our own
# package is built with what is locked too. What the bot starts with is compiled here: as a service
# it may not write beside the program, and would compile it at each start. The rest when first used.
$(INSTALLED): .venv/bin/python pyproject.toml $(wildcard .ci/locked/*.txt)
	@echo "Fetching what the program needs into .venv, once: a minute or two ..."
	$(PIP) --no-compile -r .ci/locked/build.txt -r .ci/locked/run.txt $(EXTRAS:%=-r .ci/locked/%.txt)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	$(BIN)/pip uninstall --quiet --yes setuptools # it has built our package: nothing needs it any more
	@$(BIN)/python -c "import bot.cli.running"
	@touch $@

.venv/installed-dev: $(INSTALLED) .ci/locked/dev.txt
	$(PIP) -r .ci/locked/dev.txt
	@touch $@

# The floor's versions are its own: nothing of ours sees them.
.venv/installed-floor: .venv/installed-dev .ci/locked/floor.txt
	rm -rf .venv/floor
	$(PIP) --target .venv/floor -r .ci/locked/floor.txt
	@touch $@

soak: .venv/installed-dev ## kills, faults and forgeries by the thousand; SATCOSO_SOAK_ROUNDS, _MINUTES
	$(BIN)/python -m pytest -m soak -s tests

lock: ## the locked versions, written anew from pyproject.toml; needs uv
	.ci/lock $(UPGRADE)

sbom: $(INSTALLED) ## what the program is made of, as CycloneDX
	@mkdir -p dist
	$(BIN)/python .ci/sbom.py > dist/satcoso.cdx.json

templates: $(INSTALLED) ## the Word templates of reports and minutes, built again
	$(BIN)/python -m bot.summaries.papers.template_builder

holidays: .venv/installed-dev ## the file of public holidays, written anew
	$(BIN)/python -m tests.holidays_file

clean: ## what was built; never data/, where a live database may be
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
