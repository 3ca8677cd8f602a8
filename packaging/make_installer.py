"""The offline installer for the system that this runs on: `python packaging/make_installer.py`.

Windows: Inno Setup (ISCC on the path, or WOUNDTRACK_ISCC). Debian and its kin: dpkg-deb.
macOS: a disk image. Each also leaves the frozen folder in dist/.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian
import freeze

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Freeze, then pack; the exit status of what failed."""
    status = freeze.main()
    if status:
        return status
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return subprocess.call([str(HERE / "macos" / "make_dmg.sh"), freeze.version()])
    if shutil.which("dpkg-shlibdeps"):
        return debian.main([])
    print("dpkg-dev is not here: no Debian package. The folder in dist/ runs as it is.")
    return 0


def _windows() -> int:
    compiler = os.environ.get("WOUNDTRACK_ISCC") or shutil.which("ISCC")
    if not compiler:
        print("Inno Setup is not here (ISCC.exe). Install it, or name it in WOUNDTRACK_ISCC.")
        return 1
    script = HERE / "windows" / "woundtrack.iss"
    return subprocess.call([compiler, f"/DVersion={freeze.version()}", str(script)])


if __name__ == "__main__":
    sys.exit(main())
