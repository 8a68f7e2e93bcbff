# The two commands of the README, and those of a contributor. Each makes what it needs first.

PYTHON ?= python3
BIN = .venv/bin
KINDS = site gateway provider agent
PROJECTS = . $(wildcard examples/*)

.PHONY: build test lint schema rules lock clean

build: .venv/installed
	for project in $(PROJECTS); do $(BIN)/guidewright build -C $$project || exit 1; done

test: .venv/installed tests/mdx/node_modules/.package-lock.json
	$(BIN)/pytest

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The JSON Schemas that editors use for the spec files.
schema: .venv/installed
	mkdir -p spec/schema
	for kind in $(KINDS); do $(BIN)/guidewright schema $$kind > spec/schema/$$kind.json || exit 1; done

# The page of the documentation about the rules for pages.
rules: .venv/installed
	$(BIN)/guidewright rules > RULES.md

# Pins every dependency of every platform, with its hashes.
lock: .venv/installed
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --group dev --python-version 3.11 \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

# The lock is installed with its hashes checked; then the project itself, for which nothing is left to resolve.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

tests/mdx/node_modules/.package-lock.json: tests/mdx/package-lock.json
	@if command -v npm > /dev/null; then npm ci --prefix tests/mdx --no-audit --no-fund --silent; \
	else echo "npm is missing: tests that compile MDX are skipped"; fi

clean:
	rm -rf .venv tests/mdx/node_modules
