# Two commands matter: `make run` and `make test`. Both set up what is missing first.
PYTHON3 ?= python3
VENV_PYTHON := .venv/bin/python

.PHONY: setup run test lint format bench installer installer-test lock words clean

setup:
	@$(PYTHON3) packaging/setup_checkout.py

# Opens the window on the demo clinic; without a display, does the same job offscreen.
run: setup
	@$(VENV_PYTHON) packaging/run_demo.py

test: setup
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: setup
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) packaging/catalogues.py check

# The accuracy and speed tables; writes benchmarks/RESULTS.md.
bench: setup
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m benchmarks

# The frozen program and the offline installer of this system, in dist/ (packaging/README.md).
installer:
	@$(PYTHON3) packaging/make_installer.py

# As root, with debootstrap: installs, runs, upgrades and removes the package in a bare Debian.
installer-test:
	@$(PYTHON3) packaging/test_installer.py

format: setup
	@$(VENV_PYTHON) -m ruff check --fix-only .
	@$(VENV_PYTHON) -m ruff format .

words: setup
	@$(VENV_PYTHON) packaging/catalogues.py update

lock:
	@packaging/lock.sh

clean:
	rm -rf demo build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
