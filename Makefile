# What can be done here; each target is a line or two. `make demo` and `make test` work on a bare clone.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo up down test test-fast lint bench bench-clean bench-tags bench-duplicates install clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

install:  ## make .venv and install exactly requirements.lock
	@PYTHON=$(PYTHON) ./install.sh

demo: install  ## crawl the bundled sample web through Airflow into Postgres, and show what came in
	@$(BIN)/bulletins demo

up: install  ## start the scheduled service for the real outlets
	@$(BIN)/bulletins up

down:  ## stop everything
	@if [ -x $(BIN)/bulletins ]; then $(BIN)/bulletins down; else echo "nothing is installed, so nothing runs"; fi

test: install  ## all tests, with a Postgres and an Airflow of their own
	@$(BIN)/python -m pytest

test-fast: install  ## the tests that need neither Postgres nor Airflow
	@$(BIN)/python -m pytest -m "not db and not airflow and not stack and not ui and not corpus"

lint: install  ## ruff, mypy --strict and the import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

bench: install  ## all benchmarks; results in benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

bench-clean: install  ## cleaning beside five other extractors and trafilatura's five ways
	@PYTHON=$(PYTHON) benchmarks/peers/install.sh
	@$(BIN)/python -m benchmarks extraction clean kinds encodings hostile language relevance boilerplate

bench-tags: install  ## places, actors, sources, numbers, days and statements beside gold data and plain matching
	@PYTHON=$(PYTHON) benchmarks/peers/install.sh
	@$(BIN)/python -m benchmarks tag citations resolved numbers when statements vocabulary

bench-duplicates: install  ## copies of real texts and stories, beside datasketch, SimHash and likeness of words
	@PYTHON=$(PYTHON) benchmarks/peers/install.sh
	@$(BIN)/python -m benchmarks duplicates stories threads orders

clean: down  ## remove .venv and all state below ./var
	@rm -rf .venv .venv-peers var
