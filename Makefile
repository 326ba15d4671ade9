# `make run` and `make test` need Python 3.11 or newer and make; everything else is fetched once.

VENV := .venv
PY := $(VENV)/bin/python
UV ?= uv
SOURCES := orangefriday community feedback awards
STATE := $(or $(STATE_DIR),.local)
ON_SERVERS = $(PY) -m orangefriday.embedded exec --state
LOCK = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
INSTALL = $(PY) -m pip install --require-hashes --only-binary :all: --no-input --disable-pip-version-check

# What makes up requests is slow to load, in each worker, and is for the walk alone.
WITHOUT_FUZZING = -p no:schemathesis --ignore=tests/journeys/test_api_schema.py

# Each of the many processes started from here would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

# What decides who wins: every line and every branch of these rooms is tested by their own tests.
COVERED = feedback/fourgrid awards/popcorn

.PHONY: help run test coverage walk check bench faults messages lock clean environment environment-dev \
  format lint types imports templates migrations migrations-on-servers translations

help:
	@echo "make run       the whole site here, with a demo community (HOST, PORT, DEMO=0, STATE_DIR)"
	@echo "make test      the tests, on real servers (ARGS='tests/awards -x')"
	@echo "make coverage  every line and branch of ballots, tally and award, by their own tests"
	@echo "make walk      every address: for every role, with anything sent, axe in both languages and schemes"
	@echo "make check     format, lint, types, imports, templates, migrations, translations"
	@echo "make bench     the measured claims of docs/performance.md"
	@echo "make bench-forum  the forum with a million posts, which it makes itself"
	@echo "make faults    kills and races, and what must survive them"
	@echo "make messages  take new strings into the catalogs of translations"
	@echo "make lock      pin the requirements anew (needs uv)"
	@echo "make clean     remove all that was made here, the data too"

run: environment
	@exec $(PY) -m orangefriday.embedded run

test: environment-dev
	$(PY) -m pytest -n 3 --dist worksteal -m "not faults and not walk" --ignore=tests/faults $(WITHOUT_FUZZING) $(ARGS)

coverage: environment-dev
	$(PY) -m pytest -n 3 --dist worksteal $(WITHOUT_FUZZING) --cov-branch --cov-fail-under=100 \
	  --cov-report=term-missing:skip-covered $(COVERED:%=--cov=%) $(COVERED:%=tests/%) $(ARGS)

walk: environment-dev
	$(PY) -m pytest -n 2 --dist worksteal -m walk $(ARGS)

check: format lint types imports templates migrations translations

format: environment-dev
	$(PY) -m ruff format --check .

lint: environment-dev
	$(PY) -m ruff check .

types: environment-dev
	$(PY) -m mypy

imports: environment-dev
	$(PY) $(VENV)/bin/lint-imports

templates: environment-dev
	find $(SOURCES) -name '*.html' -exec $(VENV)/bin/djade --check --target-version 5.2 {} +

migrations: environment-dev
	$(ON_SERVERS) $(STATE)/check -- $(MAKE) --no-print-directory migrations-on-servers

migrations-on-servers:
	$(PY) manage.py makemigrations --check --dry-run
	EXTRA_APPS=django_migration_linter $(PY) manage.py lintmigrations --project-root-path . \
	  --include-apps members honours media notices moderation conversations forum builds gifts polls proposals fourgrid reports popcorn
	ALLOWED_HOSTS=orangefriday.example $(PY) manage.py check --deploy --fail-level WARNING

translations: environment-dev
	$(PY) manage.py messages --check

bench: environment-dev
	$(ON_SERVERS) $(STATE)/bench -- $(PY) -m benchmarks $(ARGS)

bench-forum: environment-dev
	$(ON_SERVERS) $(STATE)/bench -- $(PY) -m benchmarks S4

faults: environment-dev
	TEST_SERVERS=lasting $(PY) -m pytest tests/faults -q $(ARGS)

messages: environment
	$(PY) manage.py messages --update
	$(PY) manage.py messages --compile

lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean:
	@if test -x $(PY); then $(PY) -m orangefriday.embedded remove; fi
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find $(SOURCES) -name '*.mo' -delete

# The virtual environment keeps a copy of the lock it was made from, put there last: one that is
# half made or made from another lock is made anew.
environment:
	@cmp -s requirements.txt $(VENV)/requirements.txt && $(PY) -c '' 2>/dev/null || { $(MAKE_VENV); }

environment-dev: environment
	@cmp -s requirements-dev.txt $(VENV)/requirements-dev.txt \
	  || { $(INSTALL) -r requirements-dev.txt && cp requirements-dev.txt $(VENV)/requirements-dev.txt; }

define MAKE_VENV
refuse() { echo "$$1" >&2; exit 1; }; \
test -w . || refuse "Cannot write to $(CURDIR): make it yours, or clone it where you may write."; \
for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python) none; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  found="$$python"; \
  "$$python" -c 'import venv, ensurepip' 2>/dev/null && break; \
done; \
test -n "$$found" || refuse "Python 3.11 or newer is needed: install it, or name it with PYTHON=."; \
test "$$python" != none \
  || refuse "$$found has no venv module: install it (Debian, Ubuntu: apt install python3-venv)."; \
echo "Making the virtual environment with $$("$$python" --version): once, a minute or two."; \
rm -rf $(VENV) && "$$python" -m venv $(VENV) && $(INSTALL) -r requirements.txt \
  && cp requirements.txt $(VENV)/requirements.txt
endef
