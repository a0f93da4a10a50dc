# From a fresh machine: `make demo` and `make test` bring all they need; setup/ says how. Needs make and bash.

BIN := .venv/bin
READY := .venv/ready
DEMO ?= demo
OFFSCREEN := QT_QPA_PLATFORM=offscreen
.DEFAULT_GOAL := help

.PHONY: help
help: ## show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(READY) ## the whole story without a screen; leaves everything in demo/
	@$(BIN)/leerwinkel demo $(DEMO)/

.PHONY: test
test: lint ## every check: style, types, imports, then all tests
	-@setup/system-libraries screen tests
	$(OFFSCREEN) $(BIN)/python -m pytest -n auto --dist loadgroup

.PHONY: run
run: $(READY) ## open the window
	@setup/system-libraries screen
	$(BIN)/leerwinkel

.PHONY: lint
lint: $(READY) ## style, types and imports only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(READY) ## let ruff put the style right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: coverage
coverage: $(READY) ## what the tests never reach; fails when that is a branch of codec, merge, vault or import
	-@setup/system-libraries screen tests
	$(BIN)/coverage erase
	$(OFFSCREEN) $(BIN)/coverage run -m pytest -q -n auto --dist loadgroup
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --include='*' --fail-under=0
	$(BIN)/coverage report

.PHONY: bench
bench: $(READY) ## how long things take, beside what was promised
	@$(OFFSCREEN) $(BIN)/python -m tests.benchmarks.run

.PHONY: soak
soak: $(READY) ## long random runs
	$(OFFSCREEN) $(BIN)/python -m pytest -m soak -n auto

.PHONY: screenshots
screenshots: $(READY) ## each page, dialog and theme as a picture, in screenshots/
	$(OFFSCREEN) $(BIN)/leerwinkel screenshots screenshots/

.PHONY: handbook
handbook: $(READY) ## the pictures of the handbook, drawn from the program
	$(OFFSCREEN) $(BIN)/python -m leerwinkel_desktop.ui.handbook_pictures

.PHONY: installer
installer: $(READY) ## a program that needs no Python, in dist/
	@setup/system-libraries installer screen
	$(BIN)/python build_installer.py

.PHONY: lock
lock: ## choose the newest allowed packages and write both lock files
	setup/lock

.PHONY: venv
venv: $(READY) ## only the set-up

$(READY): requirements-dev.lock pyproject.toml setup/environment setup/system-libraries
	@setup/environment $(PYTHON)
	@touch $@

.PHONY: clean
clean: ## throw away what was made here (never a vault of yours)
	rm -rf .venv .cache/bench bench.json build dist screenshots .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
