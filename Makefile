# make run                 set everything up and open the app on the sample papers
# make test                set everything up and run lint, types, spelling and all tests
# make index PAPERS=FOLDER add papers to the archive
# make sync                fetch what is new of the councils that are followed, and index it
# make sample              make the sample papers again from their manuscripts
# make bench               quality and speed on the sample papers, a start, indexing, and an archive of 10,000 passages
# make lock                write requirements.lock anew after a change of requirements.txt
# make sbom                write build/sbom.cdx.json, the list of all parts of a release (CycloneDX)
# make licences            print the licence of every installed package
# make clean               remove what was set up, the sample's archive too (never data/archive or data/papers)

# The first that runs and is new enough: a version manager's stand-in for a version that is not there does not run.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$name"; break; }; done)
BIN := .venv/bin
# A machine with a screen opens its browser; a server only prints the address.
SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname)))
OPEN := $(if $(SCREEN),--server.headless false --server.showEmailPrompt false)

# Without papers of one's own the app shows the sample; the sample's archive never mixes with theirs.
SHOWN := $(if $(wildcard data/archive),,data/sample-archive)

.PHONY: run test lint types unit sample index sync bench lock sbom licences clean
.DELETE_ON_ERROR:

run: .make/requirements $(SHOWN)
	@echo 'Step 4 of 4: starting the app; it says at which address. Control and C end it.'
	@$(BIN)/streamlit run app.py $(OPEN)

test: lint types unit

lint: .make/requirements-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: .make/requirements-dev
	$(BIN)/mypy

unit: .make/requirements-dev
	$(BIN)/python -m pytest -n 2

sample: .make/requirements-dev
	$(BIN)/python -m data.make_sample

index: .make/requirements
	@test -n "$(PAPERS)" || { echo 'Say which folder: make index PAPERS=/folder/of/papers' >&2; exit 2; }
	$(BIN)/python -m indexer index "$(PAPERS)"

sync: .make/requirements
	$(BIN)/python -m indexer sync

bench: .make/requirements-dev data/sample-archive
	$(BIN)/python -m search evaluate data/gold.jsonl --ablate --archive data/sample-archive
	$(BIN)/python -m benchmarks.speed data/gold.jsonl --archive data/sample-archive
	$(BIN)/python -m benchmarks.register
	$(BIN)/python -m benchmarks.start --archive data/sample-archive
	$(BIN)/python -m benchmarks.indexing data/sample/*/*/[AP]*.pdf --rounds 1
	$(BIN)/python -m benchmarks.scale .make/growth --sizes 10000 --questions 30

lock: .make/requirements-dev
	$(BIN)/python -m docs.lock

sbom: .make/requirements-dev
	$(BIN)/python -m docs.sbom

licences: .make/requirements-dev
	$(BIN)/pip-licenses --from=mixed --order=license

clean:
	rm -rf .venv .make .mypy_cache .ruff_cache .pytest_cache .hypothesis build data/models data/sample-archive

data/sample-archive: | .make/requirements
	@echo 'Step 3 of 4: reading the sample papers, which takes about half a minute.'
	@$(BIN)/python -m indexer index data/sample --archive $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or later is needed; none was found' >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or later is needed, found:' >&2; $(PYTHON) --version >&2; exit 2; }
	@echo 'Step 1 of 4: making an environment for Python packages, in .venv.'
	@$(PYTHON) -m venv .venv

.make/%: %.txt requirements.txt | .venv/bin/python
	@mkdir -p .make
	@echo 'Step 2 of 4: fetching the packages that $< names, once.'
	@$(BIN)/python docs/install.py $< $(if $(filter requirements.txt,$<),--light)
	@touch $@
