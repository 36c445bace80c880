# Everything runs in .venv, which tools/setup.sh makes and keeps in step with the lock files.
PYTHON := .venv/bin/python

.PHONY: run test check messages bench bench-engine picture setup setup-dev setup-bench
run: setup
	$(PYTHON) -m streamlit run streamlit_app.py

test: setup-dev
	$(PYTHON) -m pytest

check: setup-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	@sh tools/check_canvas.sh

# Every message for people, for whoever translates; to be run whenever one is written or changed.
messages: setup-dev
	$(PYTHON) -m tools.messages

bench: setup-dev
	$(PYTHON) -m tools.bench
	$(MAKE) bench-engine

# Against the engine's peers, which have an environment of their own.
bench-engine: setup-bench
	.venv-bench/bin/python -m tools.bench_engine

picture: setup-dev
	$(PYTHON) -m tools.take_picture
	$(PYTHON) -m tools.record_run

setup:
	@sh tools/setup.sh requirements.txt

setup-dev:
	@sh tools/setup.sh requirements.txt requirements-dev.txt

setup-bench:
	@SETUP_VENV=.venv-bench sh tools/setup.sh requirements-bench.txt
