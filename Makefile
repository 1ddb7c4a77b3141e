# make run    opens the chat over the sample collection
# make test   runs every test; make lint runs ruff and mypy
# make eval   measures answers and the verifier on the sample, against evals/gates.toml
# make audit  looks the pinned versions up among known vulnerabilities; needs PyPI itself
# Each sets up .venv by itself, and does nothing twice.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860
STORE ?= .geungeo
DOCUMENTS ?= sample/documents

BIN := .venv/bin
READY := .venv/.ready
DEV_READY := .venv/.dev-ready
TREE := .venv/tree

.PHONY: run test lint eval audit constraints clean

run: $(READY)
	$(BIN)/geungeo ingest $(DOCUMENTS) --store $(STORE)
	$(BIN)/geungeo chat --store $(STORE) --host $(HOST) --port $(PORT)

test: $(DEV_READY)
	sh scripts/browser.sh $(BIN)/python
	sh scripts/postgres.sh
	$(BIN)/pytest

lint: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python scripts/package_tree.py $(TREE)
	MYPYPATH=$(TREE) $(BIN)/mypy -p geungeo -p tests -m app
	cd $(TREE) && $(CURDIR)/$(BIN)/lint-imports --no-logo $(CURDIR)/pyproject.toml

eval: $(READY)
	$(BIN)/geungeo eval check sample/questions.jsonl
	$(BIN)/geungeo ingest sample/documents --store .geungeo-eval
	$(BIN)/geungeo eval answers sample/questions.jsonl --store .geungeo-eval \
		--gate evals/gates.toml --record .geungeo-eval/runs --failures
	$(BIN)/geungeo ingest sample/tables/documents --store .geungeo-eval/tables
	$(BIN)/geungeo eval answers sample/tables/questions.jsonl --store .geungeo-eval/tables
	$(BIN)/geungeo eval verifier sample/claims.jsonl

$(BIN)/python:
	$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv .venv

# The page has a tab for the evals, so that running it installs them.
$(READY): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[evals]'
	touch $@

$(DEV_READY): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,evals]'
	touch $@ $(READY)

# Apart from what it looks at, so that it changes nothing of that.
audit: $(BIN)/python
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/pip install --quiet 'pip-audit>=2.10,<3'
	.venv/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip

# Pins every version anew from the ranges in pyproject.toml.
constraints: $(BIN)/python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		--extra dev --extra evals --extra local --extra milvus --extra openid --extra postgres --extra ray --extra s3 --upgrade pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv .geungeo-eval .mypy_cache .ruff_cache .pytest_cache
