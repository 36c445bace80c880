# Everything runs in .venv, which tools/setup.sh makes and keeps in step with the lock files.
PYTHON := .venv/bin/python

.PHONY: run test check bench picture setup setup-dev
run: setup
	$(PYTHON) -m streamlit run streamlit_app.py

test: setup-dev
	$(PYTHON) -m pytest

check: setup-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

bench: setup-dev
	$(PYTHON) -m tools.bench

picture: setup-dev
	$(PYTHON) -m tools.take_picture
	$(PYTHON) -m tools.record_run

setup:
	@sh tools/setup.sh requirements.txt

setup-dev:
	@sh tools/setup.sh requirements.txt requirements-dev.txt
