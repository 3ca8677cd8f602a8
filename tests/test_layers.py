"""Dependencies point one way: main → ui → woundtrack → migrations."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _modules(room: str) -> list[str]:
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / room).rglob("*.py"))
    ]


def test_the_domain_never_imports_qt_or_ui() -> None:
    script = (
        "import importlib, sys\n"
        f"for name in {_modules('woundtrack')!r}: importlib.import_module(name)\n"
        "bad = [n for n in sys.modules if n.split('.')[0] in ('PySide6', 'ui')]\n"
        "sys.exit(' '.join(bad) if bad else 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert run.returncode == 0, run.stderr


def _imported_roots(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def _imports(path: Path, name: str) -> bool:
    """Whether a module imports this; only one that says the name is worth parsing."""
    return name in path.read_text(encoding="utf-8") and name in _imported_roots(path)


def test_only_the_report_room_knows_reportlab() -> None:
    users = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "woundtrack").rglob("*.py")
        if _imports(path, "reportlab")
    }
    assert users <= {"report"}


def test_only_one_module_speaks_to_pdfium() -> None:
    # PDFium breaks the heap when two threads use it; this module alone holds the lock.
    users = {
        path.name
        for room in ("woundtrack", "ui")
        for path in (ROOT / room).rglob("*.py")
        if _imports(path, "pypdfium2")
    }
    assert users == {"raster.py"}


def test_migrations_import_no_program_code() -> None:
    for path in (ROOT / "migrations").glob("*.py"):
        assert not _imported_roots(path) & {"woundtrack", "ui", "PySide6"}, path.name


@pytest.mark.parametrize("room", ["woundtrack", "ui", "migrations", "main.py"])
def test_modules_stay_small_enough_to_read(room: str) -> None:
    place = ROOT / room
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    lengths = {path.name: len(path.read_text().splitlines()) for path in paths}
    assert {name: n for name, n in lengths.items() if n > 400} == {}
