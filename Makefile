# `make run` sets everything up in this folder and serves the demo; `make help` lists the rest.

PORT ?= 8000
export PORT
export UV_COMPILE_BYTECODE = 1
export UV_LINK_MODE = copy
export UV_NO_CONFIG = 1
export UV_PYTHON_DOWNLOADS = never
# A company's own certificates count; a machine without any gets uv's.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS ?= 1
endif
export PYTHONUNBUFFERED = 1

V := .venv
PY := $(V)/bin/python
UV := .bootstrap/bin/uv
SYNC := $(UV) pip sync -q --require-hashes --only-binary :all: --python $(PY)
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help doctor setup run up down test check lint format format-check types floors migrations templates \
	bench lock clean

help:
	@echo "make run      set up everything here and serve the demo at http://127.0.0.1:$(PORT)"
	@echo "make up/down  the same in the background"
	@echo "make setup    set up without starting"
	@echo "make test     every test, on servers of their own"
	@echo "make check    format, lint, types, floors, missing migrations, templates"
	@echo "make format   put the code into shape"
	@echo "make bench    measure; BENCH_SCALE=medium for a quick look"
	@echo "make lock     resolve the dependencies anew"
	@echo "make clean    remove everything that was generated, the data too"

doctor:
	@python=$$(deploy/find-python); test -n "$$python" || { \
		echo "Python 3.11 or newer is missing. On Debian or Ubuntu: apt-get install -y python3 python3-venv"; exit 1; }; \
	"$$python" deploy/doctor.py $(DOCTOR)

check lint format-check format types floors migrations templates lock: DOCTOR = --quiet

$(UV): requirements-uv.lock | doctor
	@"$$(deploy/find-python)" -m venv --clear .bootstrap
	@.bootstrap/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: \
		-r requirements-uv.lock
	@touch $@

$(V)/bin/python: | $(UV)
	@$(UV) venv -q --allow-existing --python "$$(deploy/find-python)" $(V)

# An environment that has the development tools keeps them.
$(V)/.run: requirements.lock | $(PY)
	@echo "Installing packages …"
	@lock=requirements.lock; test ! -e $(V)/.dev || lock=requirements-dev.lock; $(SYNC) $$lock
	@touch $@

$(V)/.dev: requirements-dev.lock | $(PY)
	@echo "Installing packages and development tools …"
	@$(SYNC) requirements-dev.lock
	@touch $@ $(V)/.run

setup: doctor $(V)/.run
	@$(PY) -m deploy setup

run: doctor $(V)/.run
	@exec $(PY) -m deploy run

up: doctor $(V)/.run
	@$(PY) -m deploy up

down:
	@if test -x $(PY); then $(PY) -m deploy down; else echo "Nothing was running."; fi

test: doctor $(V)/.dev
	@$(PY) -m pytest -n 2 $(ARGS)

check: lint format-check types floors migrations templates

lint: $(V)/.dev
	@$(V)/bin/ruff check .

format-check: $(V)/.dev
	@$(V)/bin/ruff format --check .

format: $(V)/.dev
	@$(V)/bin/ruff check --fix .
	@$(V)/bin/ruff format .

types: $(V)/.dev
	@$(V)/bin/mypy .

floors: $(V)/.dev
	@$(V)/bin/lint-imports

migrations: $(V)/.dev
	@DJANGO_SETTINGS_MODULE=oms.settings.test $(PY) manage.py makemigrations --check --dry-run

templates: $(V)/.dev
	@if test -d templates; then $(V)/bin/djlint templates --lint --quiet; fi

bench: doctor $(V)/.run
	@$(PY) manage.py bench --scale $${BENCH_SCALE:-large}

lock: | $(UV)
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --extra dev -o requirements-dev.lock
	@echo uv | $(COMPILE) --no-annotate - -o requirements-uv.lock

clean: down
	@if test -x $(PY); then $(PY) -m deploy clean; fi
	rm -rf var staticfiles .venv .bootstrap .mypy_cache .ruff_cache .pytest_cache .hypothesis
