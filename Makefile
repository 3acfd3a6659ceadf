# Two commands matter: `make demo` and `make test`. Both make their own .venv first.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8080
DATA ?= data/demo

.PHONY: demo test install lint bench soak templates holidays clean

demo: .venv/installed ## the whole program on this machine, no Telegram needed
	@$(BIN)/satcoso demo --port $(PORT) --data $(DATA)

test: .venv/installed-dev ## all tests, offline
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not bench and not soak"

install: .venv/installed

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot storage

bench: .venv/installed-dev ## benchmarks, each against a floor measured in the same run
	$(BIN)/python -m pytest -m bench -s tests/bench

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml .ci/constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c .ci/constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check "pip==26.3"
	$(BIN)/pip install --quiet --disable-pip-version-check -c .ci/constraints.txt --group dev
	@touch $@

soak: .venv/installed-dev ## kills, faults and forgeries by the thousand; SATCOSO_SOAK_ROUNDS, _MINUTES
	$(BIN)/python -m pytest -m soak -s tests/soak

templates: .venv/installed ## the Word templates of reports and minutes, built again
	$(BIN)/python -m bot.summaries.papers.template_builder

holidays: .venv/installed-dev ## the file of public holidays, written anew
	$(BIN)/python -m tests.holidays_file

clean: ## what was built; never data/, where a live database may be
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
