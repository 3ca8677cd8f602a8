"""`python -m benchmarks [NAME…]`: run the benchmarks and write benchmarks/RESULTS.md.

With names, runs those only and prints their tables, without writing. Each benchmark is a
module of this folder with `TITLE` and `run() -> list[Row]`; a `Skip` says why it could not be.
"""

import datetime as dt
import importlib
import importlib.metadata
import os
import platform
import sys
import time
from pathlib import Path

from benchmarks.table import Row, Skip, markdown

FOLDER = Path(__file__).resolve().parent
NAMES = (
    "card_accuracy",
    "measure_speed",
    "startup",
    "startup_frozen",
    "import_gaps",
    "store_speed",
    "backup",
    "window_speed",
    "timeline",
    "routine_visit",
    "nothing_readable",
    "hostile",
    "faults",
    "after_a_kill",
    "scale",
    "references",
    "outline",
    "outline_classic",
    "tissue",
    "carry",
    "compare",
    "compare_window",
    "healing",
    "chart",
    "cohort",
    "report",
    "deidentify",
)
PACKAGES = (
    "numpy",
    "opencv-python-headless",
    "PySide6-Essentials",
    "sqlcipher3",
    "sqlite-utils",
    "statsmodels",
)


def main(names: list[str]) -> int:
    """Run, print, and write unless only some were asked for; 1 where a bar was missed."""
    unknown = set(names) - set(NAMES)
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    parts, missed = [_head()], False
    for name in names or NAMES:
        text, rows = _section(name)
        print(text, flush=True)
        parts.append(text)
        missed |= any(row.met is False for row in rows)
    if not names:
        (FOLDER / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
    return 1 if missed else 0


def _section(name: str) -> tuple[str, list[Row]]:
    module = importlib.import_module(f"benchmarks.{name}")
    start = time.perf_counter()
    try:
        rows = module.run()
    except Skip as skip:
        return f"## {module.TITLE}\n\nNot run: {skip}.\n", []
    seconds = time.perf_counter() - start
    note = f"`python -m benchmarks {name}`, {seconds:.0f} s"
    return f"## {module.TITLE}\n\n{markdown(rows)}\n{note}\n", rows


def _head() -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    day = dt.datetime.now(dt.UTC).date().isoformat()
    return (
        "# Results\n\n"
        "Written by `make bench`. A figure is a median unless its name says otherwise; times "
        "are also given as a ratio to a floor taken in the same run.\n\n"
        f"- date: {day}\n"
        f"- machine: {_processor()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.machine()}\n"
        f"- Python {platform.python_version()}, {versions}\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
