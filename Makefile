# `make help` lists what there is. Everything made here lives in .venv and var/.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
ADDRESS := 127.0.0.1:$(PORT)
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
TEMPLATES := $(shell find . -name '*.html' -not -path './.venv/*' -not -path './var/*' -not -path '*/vendor/*')
NOT_SECRET := SECRET_KEY=check-only-kQ7vXr2mZp9sLw4tYb8nHc3jDf6gAe1uRo5iTx0qWyBzMvNlKp ALLOWED_HOSTS=portal.example DATABASE_URL=sqlite:////nonexistent/check.sqlite3

CHECKS := check-format check-lint check-floors check-types check-migrations check-templates check-production check-house

FACTORS ?= 1 10

.PHONY: help demo test check bench bench-scale screens soak lock format $(CHECKS)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 12

demo: $(STAMP) ## install, load the facts and the demonstration, serve on 127.0.0.1:$PORT
	@PORT=$(PORT) $(BIN)/python -m deploy.demo

test: $(DEV_STAMP) ## checks and every test on SQLite and PostgreSQL, Chromium included
	@$(BIN)/python -m tests.run

check: $(DEV_STAMP) ## format, lint, types, floors, migrations, templates, production settings
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-format:
	$(BIN)/ruff format --quiet --check .
check-lint:
	$(BIN)/ruff check --quiet .
check-floors:
	$(BIN)/lint-imports --no-logo
check-types:
	$(BIN)/mypy
check-migrations:
	DJANGO_SETTINGS_MODULE=chuzhou_reform.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
check-templates:
	@$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	@$(BIN)/djlint --quiet --lint $(TEMPLATES)
check-production:
	@$(NOT_SECRET) $(BIN)/python manage.py check --deploy --fail-level WARNING --settings chuzhou_reform.settings.prod
check-house:
	$(BIN)/pytest -q -p no:randomly tests/test_house.py

bench: $(DEV_STAMP) ## speed against the floors, into docs/evidence/speed.json
	@$(BIN)/python -m benchmarks.bench

bench-scale: $(DEV_STAMP) ## pages and tallies of large databases, FACTORS="1 10", into docs/evidence/scale.json
	@$(BIN)/python -m benchmarks.bench_scale $(FACTORS)

screens: $(DEV_STAMP) ## every page of every role in three widths into var/screens
	@$(BIN)/python -m tests.screens

soak: $(DEV_STAMP) ## races and properties, ten times each, on both databases
	$(BIN)/pytest -q -m "race or hypothesis" --repetitions 10
	$(BIN)/python -m tests.postgres -- $(BIN)/pytest -q -m "race or hypothesis" --repetitions 10

lock: $(DEV_STAMP) ## compile requirements/*.in into pinned, hashed files
	cd requirements && for name in base dev; do ../$(BIN)/uv pip compile $$name.in -o $$name.txt \
	  --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --quiet; done

format: $(DEV_STAMP) ## format Python and templates
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install python3, 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $$($(PYTHON) -V) was found."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install python3-venv."; exit 1; }
	$(PYTHON) -m venv .venv

$(STAMP): .venv/bin/python requirements/base.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(DEV_STAMP): .venv/bin/python requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(STAMP)
