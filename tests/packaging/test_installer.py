"""The recipes of the installers, as far as they can be read without building; and the build."""

import os
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from woundtrack import __version__
from woundtrack.store.opener import OPENER_NAME

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
ENDING = Path(OPENER_NAME).suffix
needs_shell = pytest.mark.skipif(os.name == "nt", reason="there is no sh on Windows")


def text(name: str) -> str:
    return (PACKAGING / name).read_text(encoding="utf-8-sig")


def test_every_system_opens_the_clinics_file() -> None:
    assert f'pattern="*{ENDING}"' in text("linux/woundtrack.xml")
    assert "application/x-woundtrack-clinic" in text("linux/woundtrack.xml")
    assert "MimeType=application/x-woundtrack-clinic;" in text("linux/woundtrack.desktop")
    assert f'Software\\Classes\\{ENDING}"' in text("windows/woundtrack.iss")
    assert f'["{ENDING.removeprefix(".")}"]' in text("woundtrack.spec")


def test_an_upgrade_on_windows_takes_away_modules_and_nothing_else() -> None:
    script = text("windows/woundtrack.iss")
    deleted = re.findall(r'^Type: \w+; Name: "(.+)"', script, re.MULTILINE)
    assert deleted == [r"{app}\_internal", r"{app}\licences"]
    assert "[UninstallDelete]" not in script
    assert "PrivilegesRequired=admin" in script


def test_the_entitlements_can_be_read() -> None:
    with (PACKAGING / "macos/entitlements.plist").open("rb") as file:
        assert all(plistlib.load(file).values())


@needs_shell
def test_the_shell_scripts_are_sound() -> None:
    scripts = [PACKAGING / name for name in ("linux/postrm", "macos/make_dmg.sh", "lock.sh")]
    for script in scripts:
        assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


@needs_shell
def test_removal_names_the_clinics_of_every_account(tmp_path: Path) -> None:
    settings = tmp_path / "home/nurse/.config/woundtrack/settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[clinic]\nfolder=/srv/wounds\n\n[view]\nfolder=/elsewhere\n")
    getent = tmp_path / "bin/getent"
    getent.parent.mkdir()
    getent.write_text(f"#!/bin/sh\necho nurse:x:1000:1000::{tmp_path}/home/nurse:/bin/sh\n")
    getent.chmod(0o755)
    told = subprocess.run(
        ["sh", str(PACKAGING / "linux/postrm"), "remove"],
        env={"PATH": f"{getent.parent}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "No clinic was touched" in told
    assert "  /srv/wounds\n" in told
    assert "/elsewhere" not in told


def test_the_version_stands_in_one_place() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import freeze; print(freeze.version())"],
        cwd=PACKAGING, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told.strip() == __version__
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(
    "WOUNDTRACK_INSTALLER" not in os.environ,
    reason="builds and installs for a quarter of an hour: set WOUNDTRACK_INSTALLER=1, as root",
)
def test_the_debian_package_is_installed_run_upgraded_and_removed() -> None:
    command = [sys.executable, str(PACKAGING / "test_installer.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
