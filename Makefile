# Zaguán. `make` alone says what there is. The work is done in scripts/.

PYTHON ?= python3
ARGS ?=

export PYTHONPATH := $(CURDIR):$(CURDIR)/libs:$(CURDIR)/services

setup := $(PYTHON) -m scripts.setup
python := .venv/bin/python
npm := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix frontend

.DEFAULT_GOAL := help
.PHONY: help up admin test test-compose lint format contracts lock clean reset roll logs backup restore dev-cert

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## set up what is missing, then run the whole platform until Ctrl-C (PORT=8080)
	@$(setup) && exec $(python) -m scripts.up $(ARGS)

admin: ## an administrator's command, such as: make admin ARGS="keys rotate"
	@$(setup) && exec $(python) -m scripts.admin $(ARGS)

test: ## everything that .ci/run checks; one part of it: make test ARGS="-k documents"
	@$(setup) --tests && exec $(python) -m scripts.test $(ARGS)

test-compose: ## the platform in containers, from a clean checkout; needs Docker
	@$(setup) --tests && exec $(python) -m scripts.test_compose $(ARGS)

lint: ## styles and types of every language
	@$(setup) --generator && exec $(python) -m scripts.lint

format: ## rewrite the sources in the common style
	@$(setup)
	@$(python) -m ruff check --fix-only --quiet . && $(python) -m ruff format .
	@$(npm) run --silent format

contracts: ## regenerate contracts/*.openapi.json and the app's typed client
	@$(setup) --generator && exec $(python) -m scripts.contracts

lock: ## recompile every requirements.txt; pins stay unless UPGRADE=1
	@$(setup) && exec $(python) -m scripts.lock

clean: ## remove what was installed, built or logged; data and secrets stay
	@rm -rf .venv frontend/node_modules frontend/tools/node_modules frontend/dist artifacts var/log var/nginx
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './*/node_modules/*' -prune -exec rm -rf {} +

reset: ## delete the local data and development secrets, after asking
	@$(PYTHON) -m scripts.reset

# --- the platform in containers: docs/operations.md. A server needs nothing for it that would have to be installed ---

roll: ## replace the running services, replica by replica, by those of this checkout
	@exec $(PYTHON) -m scripts.roll $(ARGS)

logs: ## what the containers say that is a warning or worse, as it comes; all of it: docker compose logs
	@exec $(PYTHON) -m scripts.container_logs

backup: ## data and secrets of the running containers, as two files in backups/
	@exec $(PYTHON) -m scripts.backup backup

restore: ## put a backup in place, after asking: make restore ARGS="backups/zaguan-…"
	@exec $(PYTHON) -m scripts.backup restore $(ARGS)

dev-cert: ## a certificate for https on this machine, into secrets/
	@$(setup) && exec $(python) -m scripts.dev_cert $(ARGS)
