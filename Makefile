# Everything runs in .venv, which tools/setup.sh makes and keeps in step with the lock files.
PYTHON := .venv/bin/python

.PHONY: run test browsers hosts site package release test-host-way test-marked test-torch check messages bench bench-engine bench-class bench-room bench-memory mutants picture fuzz hogs faults faults-room image rehearse setup setup-dev setup-bench \
	setup-hosts setup-mutants
run: setup
	$(PYTHON) -m streamlit run streamlit_app.py

# What needs no browser takes all cores; browser tests wait for each other, since a page that gets no time is no page.
test: setup-dev
	$(PYTHON) -m pytest -n auto --dist worksteal --ignore tests/browser
	$(PYTHON) -m pytest tests/browser

# The same page where a server, or a proxy, has no room for the canvas's own channel.
HOST_WAY := $(addprefix tests/browser/test_,build.py resilience.py faults.py cut_off.py keeping.py slices.py)
test-host-way: setup-dev
	PLAYGROUND_CHANNEL=off $(PYTHON) -m pytest $(HOST_WAY)

# The whole page in marked English: every text that people read or hear and that has not come from the catalogues is told.
test-marked: setup-dev
	MARKED=1 $(PYTHON) -m pytest tests/browser

# The core in Firefox and in WebKitGTK, as far as they are installed; Firefox is among the tests anyway.
browsers: setup-dev
	EVERY_BROWSER=1 $(PYTHON) -m pytest tests/browser/test_other_browsers.py

# The PyTorch scripts that students copy, run by PyTorch: large, and so in the benchmark's environment.
# One thread: the tensors are small, and on a busy machine threads would wait for each other.
test-torch: setup-bench
	OMP_NUM_THREADS=1 .venv-bench/bin/python -m pytest tests/pytorch

# The widget in JupyterLab and in marimo, which have an environment of their own, and the page without a server.
hosts: setup-dev setup-hosts
	$(PYTHON) -m pytest tests/hosts

# The page without a server, written into a folder that any host of static files serves; PYODIDE_PACKAGES may name a
# folder with packages that are built for Pyodide. To look at it: python -m http.server --directory dist/site
SITE := dist/site
site: setup-dev
	$(PYTHON) -m tools.site --folder "$(SITE)"

# The wheel and the sdist, built into dist, and the wheel tried in an environment of its own.
package: setup-dev
	$(PYTHON) -m tools.package

# Check everything, build, and tag: make release VERSION=0.2.0. Nothing is sent anywhere.
release: setup-dev
	$(PYTHON) -m tools.release $(VERSION)

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

# Three hundred students who open and edit, and a thousand, by the page's protocol.
bench-class: setup-dev
	$(PYTHON) -m tools.bench_class

# Three hundred students in one room: who follows, who answers, how far the teacher's spread is behind, and what a room costs
# those who build meanwhile.
bench-room: setup-dev
	$(PYTHON) -m tools.bench_room

# What the server holds while ten classes, one after the other, come, build, vote in ten rooms and go.
bench-memory: setup-dev
	$(PYTHON) -m tools.bench_memory

# Break core, edits, tasks and exchange on purpose: what no test notices is printed, with the score. Takes hours; docs/mutants.md tells the last one.
mutants: setup-mutants
	.venv-mutants/bin/python -m tools.mutants

# Random events by hand with every panel open, documents, links and scripts, NumPy expressions, and every op at special
# values against PyTorch and exact arithmetic; SIZE of each. In an hour, some 200 000 events: make fuzz SIZE=200000.
SEED := 1
SIZE := 10000
fuzz: setup-dev setup-bench
	$(PYTHON) -m tools.fuzz --seed $(SEED) --size $(SIZE)
	OMP_NUM_THREADS=1 .venv-bench/bin/python -m tools.fuzz.special_values --seed $(SEED) --size $(SIZE)

# Every edit and command in graphs at the limits: those that hold the process longest. make hogs GRAPH=MatMul TASK=steps
hogs: setup-dev
	$(PYTHON) -m tools.hogs --graph "$(GRAPH)" --task "$(TASK)"

# Two tabs at work while the server is killed, the line is cut for up to five minutes, and tabs sleep: half an hour.
EVENTS := 1000
faults: setup-dev
	$(PYTHON) -m tools.faults --seed $(SEED) --events $(EVENTS)

# Five hundred vote on two servers while one is killed, PostgreSQL is restarted and the network is cut.
faults-room: setup-dev
	$(PYTHON) -m tools.faults_room --seed $(SEED)

# The Dockerfile's commands as they stand, without Docker, and then what compose.yaml starts: as root on Linux; minutes.
image: setup-dev
	$(PYTHON) -m tools.image

# A class of 50 minutes in a real browser, teacher and student, in every language: what they see is left in PICTURES.
PICTURES := test-results/rehearsal
rehearse: setup-dev
	$(PYTHON) -m tools.rehearse --pictures "$(PICTURES)"

# A lesson in a class's room: five questions, each voted on twice; STUDENTS of whom some sit at BROWSERS, the others
# speak the room's protocol. On SQLite, and on PostgreSQL (apt install postgresql) with two servers.
STUDENTS := 30
BROWSERS := 6
.PHONY: rehearse-room
rehearse-room: setup-dev
	$(PYTHON) -m tools.rehearse_room --students $(STUDENTS) --browsers $(BROWSERS) --pictures "$(PICTURES)-room"
	$(PYTHON) -m tools.rehearse_room --students $(STUDENTS) --browsers $(BROWSERS) --pictures "$(PICTURES)-room" --database postgres

picture: setup-dev
	$(PYTHON) -m tools.take_picture
	$(PYTHON) -m tools.record_run

setup:
	@sh tools/setup.sh requirements.txt

setup-dev:
	@sh tools/setup.sh requirements.txt requirements-dev.txt

setup-bench:
	@SETUP_VENV=.venv-bench sh tools/setup.sh requirements-bench.txt

setup-mutants:
	@SETUP_VENV=.venv-mutants sh tools/setup.sh requirements.txt requirements-dev.txt requirements-mutants.txt

setup-hosts:
	@SETUP_VENV=.venv-hosts sh tools/setup.sh requirements.txt requirements-hosts.txt
