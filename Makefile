# Two commands do everything on a fresh machine: `make demo` and `make test`.
# Each installs what it needs and says what it does. docs/operating.md has the rest.

VENV := .venv
PYTHON := $(VENV)/bin/python
LOCK := requirements.lock
SPARK := .venv-spark
SPARK_LOCK := requirements-spark.lock
ADDRESS ?= 127.0.0.1:8000
# One more than cores, of which two are reckoned with: tests of faults wait for processes that start
# or come back, those in a browser for what it draws.
TEST_PROCESSES ?= 3
export NEWSROOM_DATA_DIR ?= $(CURDIR)/var
# Containers often have Python keep no compiled code: each of the many processes that are started
# here would then compile Django and all else anew, which is most of the time that it takes to start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install demo test test-spark lint types browser stop bench fault lock clean

install: $(VENV)/.installed

# The stamp is newer than what it was made from: again is quick.
$(VENV)/.installed: $(LOCK) pyproject.toml .python-version
	@bin/install $(VENV) $(LOCK)
	@touch $@

demo: install
	@NEWSROOM_DEMO=1 ADDRESS=$(ADDRESS) bin/demo

test: install browser lint types
	@echo "==> Running every test, the browser's included"
	$(PYTHON) -m pytest -n $(TEST_PROCESSES)

# Spark and a Java runtime for it, in a folder of their own.
$(SPARK)/.installed: $(SPARK_LOCK) | install
	@echo "==> Installing what $(SPARK_LOCK) names into $(SPARK)"
	@$(PYTHON) -m venv $(SPARK)
	@$(PYTHON) -m uv pip sync --quiet --require-hashes --python $(SPARK)/bin/python $(SPARK_LOCK)
	@touch $@

test-spark: install $(SPARK)/.installed
	@echo "==> Running the tests of Spark"
	NEWSROOM_SPARK_PYTHON=$(CURDIR)/$(SPARK)/bin/python $(PYTHON) -m pytest -m spark tests/related

lint: install
	@echo "==> Checking style, layers, templates and migrations"
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djade --check --target-version 6.1 $$(git ls-files 'templates/*.html')
	$(PYTHON) manage.py makemigrations --check --dry-run

types: install
	@echo "==> Checking types"
	$(VENV)/bin/mypy .

browser:
	@bin/browser

stop: install
	@$(PYTHON) manage.py postgres stop

bench: install
	@ls bench/*.py

# docs/operating.md, "Faults, tried", has its settings.
fault: install
	@echo "==> Killing the worker, Postgres and corrections at random moments; this takes a while"
	@$(PYTHON) -m tests.faults

# Exact versions with hashes, no addresses.
lock: install
	$(PYTHON) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--extra dev --extra ner --python-version 3.13 pyproject.toml -o $(LOCK)
	$(PYTHON) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--extra spark --python-version 3.13 -c $(LOCK) pyproject.toml -o $(SPARK_LOCK)

clean: stop
	rm -rf $(VENV) $(SPARK) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
