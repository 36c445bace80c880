"""Run the tests against mutants of some rooms: `python -m tools.mutants [core|edits|tasks|exchange] [--sample N]`.

cosmic-ray changes one operator, comparison, number or branch at a time, in a copy of the project; a mutant that no test
notices survives and is printed as a difference. The score is the share of those that were noticed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS_A_RUN = 120
SEED = 16


@dataclass(frozen=True)
class Part:
    """A part of the project: the files that are broken, and the tests that should notice, as pytest takes them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


PARTS = {
    "core": Part(("engine/autograd/core.py", "engine/autograd/variants.py"), ("tests/engine/autograd",)),
    "edits": Part(
        ("engine/edits",),
        ("tests/engine/edits", "tests/engine/training", "tests/engine/test_pieces.py", "tests/engine/document"),
    ),
    "tasks": Part(("engine/tasks",), ("tests/engine/tasks",)),
    "exchange": Part(
        ("components/exchange",),
        ("tests/components/exchange", "tests/components/state/test_outbox.py", "tests/components/state/test_typed.py"),
    ),
}

# Of the many ways to replace an operator, one or two that a tired hand would take. `|` stands in types alone.
LEFT_OUT = (
    "core/ReplaceBinaryOperator_BitOr_.*",
    "core/ReplaceBinaryOperator_(Add|Sub|Mul|Div|FloorDiv|Mod|Pow)_(Mod|FloorDiv|Pow|RShift|LShift|Bit.*)",
    "core/ReplaceBinaryOperator_(Add_(Mul|Div)|Sub_(Mul|Div)|Mul_(Add|Sub)|Div_(Add|Sub))",
    "core/ReplaceComparisonOperator_Is_(?!IsNot)[A-Za-z]*",
    "core/ReplaceComparisonOperator_IsNot_(?!Is$)[A-Za-z]*",
    "core/ReplaceComparisonOperator_Eq_(?!NotEq$)[A-Za-z]*",
    "core/ReplaceComparisonOperator_NotEq_(?!Eq$)[A-Za-z]*",
    "core/ReplaceComparisonOperator_(Lt|LtE|Gt|GtE)_(Eq|NotEq|Is|IsNot)",
    "core/ReplaceUnaryOperator_.*_Invert",
)


def main() -> int:
    """Run the parts that were asked for; the exit code is 0 whatever survives: the figures are to be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts to break")
    parser.add_argument("--sample", type=int, default=0, help="run only so many mutants of each part, drawn by chance")
    asked = parser.parse_args()
    for name in asked.parts or PARTS:
        run_part(name, PARTS[name], asked.sample)
    return 0


def run_part(name: str, part: Part, sample: int) -> None:
    """Break one part in a copy of the project, and print what survived and the score."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "project"
        _copy_project(copy)
        config, session = Path(folder) / "config.toml", Path(folder) / "session.sqlite"
        config.write_text(_config(copy, part), "utf-8")
        _cosmic_ray(copy, "cosmic_ray.cli", "init", str(config), str(session))
        _cosmic_ray(copy, "cosmic_ray.tools.filters.operators_filter", str(session), str(config))
        if sample:
            _draw(session, sample)
        _cosmic_ray(copy, "cosmic_ray.cli", "exec", str(config), str(session))
        _report(name, session)


def _copy_project(copy: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in filter(None, listed.splitlines()):
        if (ROOT / line).is_file():
            (copy / line).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / line, copy / line)


def _config(copy: Path, part: Part) -> str:
    files = [str(found) for each in part.files for found in _python_files(copy, each)]
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {' '.join(part.tests)}"
    excluded = "".join(f"  {pattern!r},\n" for pattern in LEFT_OUT)
    return (
        f"[cosmic-ray]\nmodule-path = {files!r}\ntimeout = {SECONDS_A_RUN}.0\nexcluded-modules = []\n"
        f"test-command = {command!r}\n[cosmic-ray.distributor]\nname = 'local'\n"
        f"[cosmic-ray.filters.operators-filter]\nexclude-operators = [\n{excluded}]\n"
    )


def _python_files(copy: Path, each: str) -> list[Path]:
    path = copy / each
    found = [path] if path.is_file() else sorted(path.glob("*.py"))
    return [file.relative_to(copy) for file in found if file.name != "__init__.py"]


def _cosmic_ray(copy: Path, module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=copy, check=True)


def _draw(session: Path, sample: int) -> None:
    """Leave only a sample of the mutants that are to be run; of the same code the same one every time."""
    with sqlite3.connect(session) as database:
        waiting = database.execute(
            "select job_id from mutation_specs where job_id not in (select job_id from work_results)"
            " order by module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        ).fetchall()
        kept = set(random.Random(SEED).sample(waiting, min(sample, len(waiting))))
        for job in waiting:
            if job not in kept:
                database.execute("delete from mutation_specs where job_id = ?", job)
                database.execute("delete from work_items where job_id = ?", job)


def _report(name: str, session: Path) -> None:
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "select specs.module_path, specs.start_pos_row, specs.operator_name, results.test_outcome, results.diff"
            " from work_results results join mutation_specs specs on specs.job_id = results.job_id"
            " where results.worker_outcome = 'NORMAL'"
        ).fetchall()
    survivors = [row for row in rows if "SURVIVED" in str(row[3]).upper()]
    for path, line, operator, _, difference in survivors:
        print(f"\nsurvived: {path}:{line} {operator.removeprefix('core/')}\n{difference}")
    noticed = len(rows) - len(survivors)
    print(f"\n{name}: {noticed} of {len(rows)} mutants were noticed ({noticed / max(len(rows), 1):.1%}).")


if __name__ == "__main__":
    sys.exit(main())
