# What there is to do here. `make` alone lists it; fibro/local/ does the work.

PYTHON ?= python3
export PORT HOST PG_BIN DATABASE_URL

launch = @$(new_python)exec $(PYTHON) -m fibro.local
tools = .venv/bin
templates = $(shell find . -path './.*' -prune -o -path '*/templates/*' -name '*.html' -print)
modules = $(shell find . -path './.*' -prune -o -path '*/migrations' -prune -o -name '*.py' -print)

# Empty where Python is new enough; make ends with this one line where it is not.
new_python = $(if $(shell $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) and print("yes")' 2>/dev/null),,$(error \
fibro needs Python 3.11 or newer, and $(PYTHON) is not. Name one: make $(MAKECMDGOALS) PYTHON=python3.12))

.DEFAULT_GOAL := help
.PHONY: help run serve test lint check-migrations manage tools

help: ## List what there is to do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Serve at http://127.0.0.1:8000 for development (PORT=8001, PG_BIN=..., DATABASE_URL=...)
	$(launch) run

serve: ## Serve as in production: gunicorn, collected static files, no debug pages
	$(launch) serve

test: ## Run the tests in a database of their own (ARGS="tests/sources -k search")
	$(launch) test -- $(ARGS)

lint: tools ## Check style, templates and idioms, changing nothing
	$(tools)/ruff check .
	$(tools)/ruff format --check .
	$(if $(templates),$(tools)/djade --target-version 5.2 --check $(templates))
	$(tools)/django-upgrade --target-version 5.2 --check $(modules)

check-migrations: ## Check that no migration is missing
	$(launch) exec --temporary -- python manage.py makemigrations --check --dry-run

manage: ## Run a management command beside the local database (ARGS="createsuperuser")
	$(launch) exec -- python manage.py $(ARGS)

tools:
	@$(new_python)$(PYTHON) -m fibro.local.venv runtime tests
