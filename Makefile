# `make help` lists what there is. Everything happens in .venv; PYTHON=... chooses
# the interpreter that makes it.

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

PICTURE := demo.png

.PHONY: help
help:
	@echo "make run        open the window (without a display: train, and save a picture)"
	@echo "make fast       add numba, 208 MB, for the engine \"compiled\": 70 times as fast"
	@echo "make test       run every check: style, types, architecture, tests"
	@echo "make test-long  run the batteries that take minutes"
	@echo "make clean      remove all that make has made"

.PHONY: run
run:
	@sh .ci/setup
	@if $(BIN)/python -m microgpt_gui.gui.display; then $(BIN)/microgpt-gui; else \
	    $(BIN)/microgpt-gui demo --screenshot $(PICTURE) && \
	    echo "There is no display here. The window's picture: $(CURDIR)/$(PICTURE)"; fi

.PHONY: fast
fast:
	@sh .ci/setup fast

.PHONY: test
test:
	@sh .ci/setup tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile

.PHONY: test-long
test-long:
	@sh .ci/setup tests
	$(BIN)/pytest -m long

.PHONY: clean
clean:
	rm -rf .venv build dist $(PICTURE) .pytest_cache .mypy_cache .ruff_cache \
	    .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
