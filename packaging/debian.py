"""The Debian package of the frozen folder: `debian.py [--revision N]`, after freeze.py.

Everything lies in /usr/lib/woundtrack; what it needs of the system is found by dpkg-shlibdeps.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from freeze import BUILD, DIST, PROGRAM, ROOT, reproducible, version

LINUX = ROOT / "packaging" / "linux"
STAGE = BUILD / "debian"
ICON_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
PROGRAMS = ("woundtrack", "woundtrack-window")
DESCRIPTION = """wound photographs measured, stored and charted, offline
 A wound clinic's photographs with their scale, outline, area and scores,
 kept in one encrypted folder, with healing curves over the therapies and
 reports for the patient's file. In English and French; no account, no network.
 .
 It records and measures. It is not a certified medical device, and recommends
 no treatment."""


def main(arguments: list[str] | None = None) -> int:
    """Write dist/woundtrack_VERSION-REVISION_ARCHITECTURE.deb."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revision", type=int, default=1, help="of the package; the higher wins")
    parser.add_argument("--quick", action="store_true", help="packed in seconds, and larger")
    options = parser.parse_args(arguments)
    if not PROGRAM.is_dir():
        print("There is no frozen program: run packaging/freeze.py first.")
        return 1
    os.environ.update(reproducible(dict(os.environ)))
    shutil.rmtree(STAGE, ignore_errors=True)
    root = STAGE / "root"
    shutil.copytree(PROGRAM, root / "usr/lib/woundtrack", symlinks=True)
    _beside(root)
    _control(root, f"{version()}-{options.revision}")
    _one_date_and_mode(root)
    made = DIST / f"woundtrack_{version()}-{options.revision}_{_architecture()}.deb"
    packing = ["-Zzstd", "-z3"] if options.quick else ["-Zxz", "-z6"]
    command = ["dpkg-deb", "--root-owner-group", *packing, "--build", str(root), str(made)]
    subprocess.run(command, check=True)
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


def _beside(root: Path) -> None:
    """Commands, menu, file type, icons, manual pages, licences."""
    share = root / "usr/share"
    (root / "usr/bin").mkdir(parents=True)
    for name in PROGRAMS:
        (root / "usr/bin" / name).symlink_to(f"../lib/woundtrack/{name}")
        _manual_page(name, share / "man/man1")
    _copied(LINUX / "woundtrack.desktop", share / "applications")
    _copied(LINUX / "woundtrack.xml", share / "mime/packages")
    for side in ICON_SIZES_PX:
        apps = share / f"icons/hicolor/{side}x{side}/apps"
        _copied(BUILD / "icons" / f"woundtrack-{side}.png", apps, "woundtrack.png")
    drawn = ROOT / "resources/program/woundtrack.svg"
    _copied(drawn, share / "icons/hicolor/scalable/apps")
    documents = share / "doc/woundtrack"
    for path in [ROOT / "docs/installing.md", *sorted((ROOT / "docs/guide").iterdir())]:
        _copied(path, documents)
    _copied(PROGRAM / "licences/THIRD-PARTY-NOTICES.txt", documents, "copyright")
    change = (ROOT / "CHANGELOG.md").read_bytes()
    (documents / "CHANGELOG.md.gz").write_bytes(gzip.compress(change, mtime=0))


def _manual_page(name: str, folder: Path) -> None:
    """The page, with what the program itself says of its arguments."""
    told = subprocess.run(
        [PROGRAM / name, "--help"],
        env={"LANG": "C.UTF-8", "COLUMNS": "78", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    page = (LINUX / f"{name}.1").read_text(encoding="utf-8")
    escaped = told.strip().replace("\\", "\\e").replace("-", "\\-").replace("\n.", "\n\\&.")
    page = page.replace("@VERSION@", version()).replace("@HELP@", escaped)
    page = page.replace("@DATE@", _date())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.1.gz").write_bytes(gzip.compress(page.encode(), mtime=0))


def _control(root: Path, full_version: str) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    fields = {
        "Package": "woundtrack",
        "Version": full_version,
        "Architecture": _architecture(),
        "Maintainer": "the woundtrack authors <woundtrack@localhost>",
        "Installed-Size": str(sum(p.stat().st_size for p in _files(root)) // 1024),
        "Depends": _depends(root),
        "Recommends": "shared-mime-info, desktop-file-utils, hicolor-icon-theme",
        # Where there is one, it remembers the list of users for the account.
        "Suggests": "gnome-keyring | kwalletmanager, cups-client",
        "Section": "science",
        "Priority": "optional",
        "Description": DESCRIPTION,
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (control / "control").write_text(text, encoding="utf-8")
    shutil.copy(LINUX / "postrm", control / "postrm")
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(root).as_posix()}\n"
        for path in _files(root)
        if control not in path.parents
    ]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def _depends(root: Path) -> str:
    """The system's packages whose libraries ours ask for, with the least versions that do."""
    binaries = [path for path in _files(root) if path.read_bytes()[:4] == b"\x7fELF"]
    (STAGE / "debian").mkdir()
    stanzas = "Source: woundtrack\n\nPackage: woundtrack\nArchitecture: any\n"
    (STAGE / "debian/control").write_text(stanzas)
    own = sorted({str(path.parent) for path in binaries})
    told = subprocess.run(
        [
            *("dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"),
            *(f"-l{folder}" for folder in own),
            *(f"-e{path}" for path in binaries),
        ],
        cwd=STAGE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise SystemExit(told.stderr)
    return told.stdout.strip().removeprefix("shlibs:Depends=")


def _one_date_and_mode(root: Path) -> None:
    """The same dates and modes whenever and by whomever it is built."""
    date = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.name in (*PROGRAMS, "postrm")
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (date, date), follow_symlinks=False)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def _copied(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _architecture() -> str:
    told = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, check=True)
    return told.stdout.decode().strip()


def _date() -> str:
    return f"{dt.datetime.fromtimestamp(int(os.environ['SOURCE_DATE_EPOCH']), dt.UTC):%Y-%m-%d}"


if __name__ == "__main__":
    sys.exit(main())
