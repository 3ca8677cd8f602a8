"""Freeze the program into dist/woundtrack: `python packaging/freeze.py`, on each system itself.

Uses a virtual environment of its own in build/venv, so that nothing but the pinned packages of
requirements.lock can get in. Fixed dates and hash seed: the same source gives the same files as
far as PyInstaller allows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
PROGRAM = DIST / "woundtrack"
LOCKS = [ROOT / "packaging" / f"requirements{each}.lock" for each in ("", "-build")]
PYTHON = BUILD / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    """Build the folder; 0 when it is there."""
    if sys.version_info < (3, 11):
        print(f"woundtrack needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 1
    environment = reproducible(dict(os.environ))
    _environment_ready()
    for step in (
        ["packaging/catalogues.py", "compile"],
        ["packaging/program_icon.py", str(BUILD / "icons")],
        ["packaging/windows/version_info.py", str(BUILD / "version.txt")],
        [
            *("-m", "PyInstaller", "--noconfirm", "--log-level=WARN"),
            *("--distpath", str(DIST), "--workpath", str(BUILD / "frozen")),
            "packaging/woundtrack.spec",
        ],
        ["packaging/notices.py", str(PROGRAM)],
    ):
        print(step[0] if step[0] != "-m" else "PyInstaller …", flush=True)
        subprocess.run([PYTHON, *step], cwd=ROOT, env=environment, check=True)
    _strip()
    files = [path for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink()]
    size_mb = sum(path.stat().st_size for path in files) / 1e6
    print(f"{PROGRAM.relative_to(ROOT)}: {size_mb:.0f} MB in {len(files)} files")
    return 0


def _strip() -> None:
    """Leave out debugging symbols that the interpreter and SQLCipher may bring: 30 MB."""
    tool = shutil.which("strip") if sys.platform == "linux" else None
    for pattern in ("libpython*.so*", "sqlcipher3/*.so") if tool else ():
        for library in PROGRAM.joinpath("_internal").glob(pattern):
            subprocess.run([tool, "--strip-unneeded", str(library)], check=True)


def version() -> str:
    """The program's version, from its one place."""
    text = (ROOT / "woundtrack" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def reproducible(environment: dict[str, str]) -> dict[str, str]:
    """The environment with the date of the last commit and a fixed order of sets."""
    environment["PYTHONHASHSEED"] = "0"
    if "SOURCE_DATE_EPOCH" not in environment:
        told = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
        )
        environment["SOURCE_DATE_EPOCH"] = told.stdout.strip() or "1767225600"
    return environment


def _environment_ready() -> None:
    """build/venv with what the locks name, made anew when they or this Python change."""
    parts = [sys.version.encode(), *(lock.read_bytes() for lock in LOCKS)]
    wanted = hashlib.sha256(b"\0".join(parts)).hexdigest()
    stamp = BUILD / "venv" / "woundtrack-locks"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Making build/venv …", flush=True)
    shutil.rmtree(BUILD / "venv", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(BUILD / "venv")], check=True)
    quiet = ["-qq", "--disable-pip-version-check"]
    for lock in LOCKS:
        arguments = ["-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock)]
        subprocess.run([PYTHON, *arguments], check=True)
    stamp.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
