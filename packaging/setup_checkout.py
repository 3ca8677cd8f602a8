"""Make the checkout ready: .venv, pinned packages, system libraries, catalogues.

Run by `make setup` with the system's Python (3.11 or later); does nothing when all is there.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "packaging" / "requirements-dev.lock"
STAMP = VENV / "woundtrack-setup"

# What Qt's window and offscreen platforms load from a Debian or Ubuntu system.
QT_SYSTEM_PACKAGES = [
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1"),
    *("libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4"),
    *("libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0"),
    *("libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1"),
]
QT_LIBRARIES = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6PrintSupport.so.6",
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqoffscreen.so",
)


def main() -> int:
    """Set up what is missing; 0 when the checkout is ready."""
    if sys.version_info < (3, 11):
        print(f"woundtrack needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 1
    wanted = _fingerprint()
    if not (STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists()):
        if not _make_venv():
            return 1
        _pip("--require-hashes", "-r", str(LOCK))
        _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        STAMP.write_text(wanted)
    if sys.platform.startswith("linux") and not _system_libraries():
        return 1
    return subprocess.call([PYTHON, str(ROOT / "packaging" / "catalogues.py"), "compile"])


def _fingerprint() -> str:
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode()])).hexdigest()


def _make_venv() -> bool:
    print("Making .venv …", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    # Debian's python3 comes without ensurepip; its own message says less than we can do.
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    # Such a system lacks Qt's libraries as well: one line for everything.
    return _apt(["python3-venv", *QT_SYSTEM_PACKAGES]) and subprocess.call(command) == 0


def _pip(*arguments: str) -> None:
    print("Installing", "packages …" if "-r" in arguments else "woundtrack …", flush=True)
    quiet = ["-qq", "--disable-pip-version-check"]
    subprocess.check_call([PYTHON, "-m", "pip", "install", *quiet, *arguments])


def _missing_libraries() -> set[str]:
    """Shared libraries that Qt asks for and the system does not have."""
    site = next((VENV / "lib").glob("python3*")) / "site-packages" / "PySide6" / "Qt"
    missing: set[str] = set()
    for library in QT_LIBRARIES:
        listing = subprocess.run(
            ["ldd", str(site / library)], capture_output=True, text=True, check=False
        )
        missing |= {line.split()[0] for line in listing.stdout.splitlines() if "not found" in line}
    return missing


def _system_libraries() -> bool:
    missing = _missing_libraries()
    if not missing:
        return True
    print("Qt needs system libraries that are not here:", ", ".join(sorted(missing)))
    if not _apt(QT_SYSTEM_PACKAGES):
        return False
    still = _missing_libraries()
    if still:
        print("Still missing:", ", ".join(sorted(still)))
    return not still


def _apt(packages: list[str]) -> bool:
    """Install Debian packages where we may; else print the one line that would."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=environment)
        return subprocess.call(["sh", "-c", line + " -qq >/dev/null"], env=environment) == 0
    print(f"Please run this line, then try again:\n\n    sudo {line}\n")
    return False


if __name__ == "__main__":
    sys.exit(main())
