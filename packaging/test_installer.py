"""The Debian package tried for real: installed, run, upgraded and removed in a Debian of its own.

`sudo python3 packaging/test_installer.py [--deb FILE]` makes a bare Debian 12 with debootstrap,
installs the package and only what it asks for, and runs it there as an unprivileged user without
any network. What the installed program measures is compared with what the source measures.
"""

import argparse
import hashlib
import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bare_debian import DISPLAY, HOME, NURSE, PASSPHRASE, Debian, Trial, display, mounted

ROOT = Path(__file__).resolve().parent.parent
SOURCE = [str(ROOT / "build/venv/bin/python"), "-m", "woundtrack"]
LOCAL_PRINTING = re.compile(r"htons\(631\).*(127\.0\.0\.1|::1)")
SKELETON = {".bash_logout", ".bashrc", ".profile"}
OWN = {".cache", ".config", ".local"}
CLINIC = f"{HOME}/demo/clinic"


def main() -> int:
    """Run the trial; the count of false facts, at most 1, is the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deb", type=Path, help="the package; built where it is not given")
    parser.add_argument("--place", type=Path, default=Path("/var/tmp/woundtrack-trial"))
    options = parser.parse_args()
    if os.geteuid() or not shutil.which("debootstrap"):
        print("This needs root and debootstrap: a whole Debian is made to install into.")
        return 2
    deb = options.deb or _built()
    newer = _newer(deb, options.place)
    debian = Debian(options.place / "debian")
    with mounted(debian), display(options.place):
        trial = Trial(debian, options.place / "out")
        trial.out.mkdir(exist_ok=True)
        _install(trial, deb)
        _command_line(trial)
        _backups(trial)
        _same_figures(trial)
        _window(trial)
        _traces(trial)
        _upgrade_and_remove(trial, newer)
    print(f"\n{trial.failed} failed. Screenshots: {trial.out}")
    return min(trial.failed, 1)


def _built() -> Path:
    for script in (["freeze.py"], ["debian.py", "--quick"]):
        command = [sys.executable, str(ROOT / "packaging" / script[0]), *script[1:]]
        subprocess.run(command, check=True)
    return max((ROOT / "dist").glob("*.deb"), key=lambda path: path.stat().st_mtime)


def _newer(deb: Path, place: Path) -> Path:
    """The same package with a higher version, quickly packed."""
    place.mkdir(parents=True, exist_ok=True)
    unpacked, made = place / "newer", place / "newer.deb"
    shutil.rmtree(unpacked, ignore_errors=True)
    subprocess.run(["dpkg-deb", "-R", str(deb), str(unpacked)], check=True)
    control = unpacked / "DEBIAN/control"
    lines = [
        line + "+newer" if line.startswith("Version:") else line
        for line in control.read_text(encoding="utf-8").splitlines()
    ]
    control.write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = ["--root-owner-group", "-Zzstd", "-z1"]
    subprocess.run(["dpkg-deb", *options, "-b", str(unpacked), str(made)], check=True)
    shutil.rmtree(unpacked)
    return made


def _install(trial: Trial, deb: Path) -> None:
    debian = trial.debian
    debian.as_root("sh", "-c", f"id {NURSE} 2>/dev/null || useradd -m {NURSE}")
    shutil.rmtree(debian.path(f"{HOME}/demo"), ignore_errors=True)
    shutil.copy(deb, debian.path("srv/woundtrack.deb"))
    debian.path("etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    debian.as_root("apt-get", "update", "-qq")
    debian.as_root("sh", "-c", "! dpkg -s woundtrack >/dev/null 2>&1 || dpkg --purge woundtrack")
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    debian.as_root(*install, "/srv/woundtrack.deb")
    listed = debian.as_root("dpkg", "-l")
    trial.fact("installed with what its Depends name", "ii  woundtrack " in listed)
    trial.fact("no Python and no Qt of the system", not _any(listed, ("python3", "libqt")))
    desktop = debian.path("usr/share/applications/woundtrack.desktop").read_text()
    trial.fact("menu entry, file type, icon", "x-woundtrack-clinic" in desktop)


def _any(text: str, words: tuple[str, ...]) -> bool:
    return any(f"ii  {word}" in text for word in words)


def _command_line(trial: Trial) -> None:
    stamp = trial.debian.path("tmp/stamp")
    stamp.touch()
    trial.runs("help in English", "woundtrack", "--help", says="measure the wound in each photo")
    trial.runs("help in French", "woundtrack", "--language", "fr", "--help", says="mesurer")
    trial.runs("the demonstration clinic is made", "woundtrack", "demo", f"{HOME}/demo")
    signed = ("--user", "demo")
    trial.runs(
        "the clinic is sound", "woundtrack", "clinic", "check", CLINIC, *signed, says="sound"
    )
    rows = trial.runs("the cohort", "woundtrack", "cohort", CLINIC, *signed, "--json")
    copy = trial.out / "clinic"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(trial.debian.path(CLINIC), copy)
    told = subprocess.run(
        [*SOURCE, "cohort", str(copy), *signed, "--json"],
        cwd=ROOT, env={**os.environ, "WOUNDTRACK_PASSPHRASE": PASSPHRASE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    same = told.stdout.strip() and _alike(json.loads(rows), json.loads(told.stdout))
    trial.fact("gives the figures of the source", same, f"{told.stderr}\n{rows}\n{told.stdout}")
    code = _a_code(trial)
    report = ("woundtrack", "--language", "fr", "report", CLINIC, "--patient", code, *signed)
    trial.runs("a report in French", *report, "--out", f"{HOME}/report.pdf")
    text = _text_of(trial.debian.path(f"{HOME}/report.pdf"))
    trial.fact("its words are French", "cicatris" in text.lower() and "cm²" in text, text[:500])
    table = ("woundtrack", "export", CLINIC, *signed, "--out", f"{HOME}/tables.xlsx")
    trial.runs("tables for Excel", *table)


def _backups(trial: Trial) -> None:
    for name in ("backups", "restored"):
        shutil.rmtree(trial.debian.path(f"{HOME}/{name}"), ignore_errors=True)
    trial.debian.as_nurse("mkdir", f"{HOME}/backups")
    signed, backups, restored = ("--user", "demo"), f"{HOME}/backups", f"{HOME}/restored"
    run = ("woundtrack", "clinic")
    trial.runs("a backup", *run, "backup", CLINIC, "--to", backups, *signed)
    trial.runs("every byte of it is read", *run, "verify", backups, *signed)
    trial.runs("it is brought back", *run, "restore", backups, "--to", restored, *signed)
    trial.runs("what came back is sound", *run, "check", restored, *signed, says="sound")


def _a_code(trial: Trial) -> str:
    """The code of a patient with photos, from the names of the demonstration's pictures."""
    pictures = sorted(trial.debian.path(f"{HOME}/demo/out").glob("measured-*.jpg"))
    return pictures[0].stem.removeprefix("measured-")


def _text_of(pdf: Path) -> str:
    code = (
        "import pypdfium2, sys; print(*[page.get_textpage().get_text_range() "
        "for page in pypdfium2.PdfDocument(sys.argv[1])])"
    )
    told = subprocess.run([SOURCE[0], "-c", code, str(pdf)], capture_output=True, text=True)
    return told.stdout


def _same_figures(trial: Trial) -> None:
    """Photos out of the clinic, also as HEIC, measured by the installed program and the source."""
    folder = f"{HOME}/record"
    shutil.rmtree(trial.debian.path(folder), ignore_errors=True)
    export = ("woundtrack", "clinic", "export", CLINIC, "--user", "demo", "--out", folder)
    trial.runs("whole records in the open format", *export)
    photos = sorted(trial.debian.path(folder).rglob("*.jpg"))[:4]
    heic = trial.debian.path(f"{HOME}/photo.heic")
    code = (
        "import pillow_heif, sys; from PIL import Image; pillow_heif.register_heif_opener(); "
        "Image.open(sys.argv[1]).save(sys.argv[2], quality=90)"
    )
    subprocess.run([SOURCE[0], "-c", code, str(photos[0]), str(heic)], check=True)
    outside = [str(path) for path in (*photos, heic)]
    inside = [path.removeprefix(str(trial.debian.folder)) for path in outside]
    told = trial.debian.as_nurse("woundtrack", "measure", "--json", *inside)
    installed = str(trial.debian.path("usr/lib/woundtrack/woundtrack"))
    frozen, source = (
        _figures(subprocess.run(
            [*program, "measure", "--json", *outside], cwd=ROOT, capture_output=True, text=True
        ).stdout)
        for program in ([installed], SOURCE)
    )  # fmt: skip
    count = f"{len(source)} photos, one of them HEIC,"
    whole = len(source) == len(photos) + 1
    trial.fact(f"{count} give the very figures of the source", whole and frozen == source)
    trial.fact(f"{count} and there nearly", _alike(_figures(told.stdout), source), told.stderr)


def _alike(one: object, other: object) -> bool:
    """Equal, numbers to four digits: another Debian brings another library of mathematics."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return one == other


def _figures(lines: str) -> list[dict[str, object]]:
    found = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
    for each in found:
        each["photo"] = Path(str(each["photo"])).name
        del each["seconds"]
    return found


def _window(trial: Trial) -> None:
    opener = f"{CLINIC}/clinic.woundtrack"
    trial.fact("a clinic's folder holds its opener", trial.debian.path(opener).is_file())
    for platform, screen in (("offscreen", ""), ("xcb", DISPLAY)):
        shots = f"{HOME}/shots-{platform}"
        shutil.rmtree(trial.debian.path(shots), ignore_errors=True)
        command = ("woundtrack-window", opener, "--user", "demo", "--screenshots", shots)
        trial.runs(
            f"every page on {platform}", *command, QT_QPA_PLATFORM=platform, DISPLAY=screen,
            tracing=None if screen else trial.out / "window.strace",
        )  # fmt: skip
        made = sorted(trial.debian.path(shots).glob("*.png"))
        trial.fact(f"{len(made)} pictures of them", len(made) > 200)
        shutil.copytree(trial.debian.path(shots), trial.out / platform, dirs_exist_ok=True)


def _traces(trial: Trial) -> None:
    """What it asked the system for, and what it left behind."""
    trace = trial.out / "measure.strace"
    record = f"{HOME}/record"
    photo = sorted(trial.debian.path(record).rglob("*.jpg"))[0]
    inside = str(photo).removeprefix(str(trial.debian.folder))
    trial.debian.as_nurse("woundtrack", "measure", "--json", inside, tracing=trace)
    lines = trace.read_text(errors="replace").splitlines()
    window = (trial.out / "window.strace").read_text(errors="replace").splitlines()
    asked = [line for line in (*window, *lines) if "AF_INET" in line and "sin" in line]
    reached = [line for line in asked if not LOCAL_PRINTING.search(line)]
    sentence = "nothing is reached but, for printing, this computer's own print service"
    trial.fact(sentence, window and not reached, "\n".join(reached[:5]))
    children = [line for line in lines if "execve(" in line and "multiprocessing-fork" in line]
    trial.fact("photos are decoded in a child process", children)
    stamp = trial.debian.path("tmp/stamp").stat().st_mtime
    beside = [
        path
        for path in trial.debian.path("usr/lib/woundtrack").rglob("*")
        if path.lstat().st_mtime > stamp
    ]
    trial.fact("nothing is written beside the program", not beside, str(beside[:5]))
    left = {path.name for path in trial.debian.path(HOME).iterdir()}
    hidden = {name for name in left if name.startswith(".")} - SKELETON
    trial.fact("in the account it has its own folders alone", hidden <= OWN, str(hidden))


def _upgrade_and_remove(trial: Trial, newer: Path) -> None:
    debian = trial.debian
    before = _sums(debian.path(CLINIC))
    shutil.copy(newer, debian.path("srv/newer.deb"))
    debian.as_root("apt-get", "install", "-y", "-qq", "--no-install-recommends", "/srv/newer.deb")
    told = debian.as_root("dpkg-query", "-W", "woundtrack")
    trial.fact("a newer version goes over it", "+newer" in told, told)
    trial.fact("the upgrade left the clinic byte for byte", _sums(debian.path(CLINIC)) == before)
    check = ("woundtrack", "clinic", "check", CLINIC, "--user", "demo")
    trial.runs("the newer version opens it", *check, says="sound")
    settings = debian.path(f"{HOME}/.config/woundtrack/settings.ini")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"[clinic]\nfolder={CLINIC}\n")
    before = _sums(debian.path(CLINIC))
    told = debian.as_root("apt-get", "purge", "-y", "-qq", "woundtrack")
    trial.fact("removal names the clinic's folder", CLINIC in told, told)
    trial.fact("removal leaves it byte for byte", _sums(debian.path(CLINIC)) == before)
    gone = not any(
        debian.path(each).exists() for each in ("usr/lib/woundtrack", "usr/bin/woundtrack")
    )
    trial.fact("the program is gone", gone)


def _sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
