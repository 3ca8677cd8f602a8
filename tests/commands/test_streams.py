"""Output that cannot be shown, or goes nowhere, ends in a status and never in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCALE = ("--scale", "100,400,300,400=20")


def ran(
    photo: Path, square: Path, *arguments: str, stdout: int, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "woundtrack.cli", "measure", str(photo), *SCALE,
         "--outline", str(square), *arguments],
        stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_terminal_without_the_signs_shows_others(photo: Path, square: Path) -> None:
    done = ran(photo, square, stdout=subprocess.PIPE, PYTHONIOENCODING="ascii")
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"4.0" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_the_output_is_told(photo: Path, square: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = ran(photo, square, stdout=full)
    finally:
        os.close(full)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"could not be written" in done.stderr


def test_a_reader_that_goes_away_is_no_failure_of_ours(photo: Path, square: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = ran(photo, square, "--json", stdout=writing)
    finally:
        os.close(writing)
    assert done.stderr == b""


def test_the_language_may_stand_after_the_command(photo: Path, square: Path) -> None:
    done = ran(photo, square, "--language", "fr", stdout=subprocess.PIPE)
    assert done.returncode == 0
    assert "périmètre" in done.stdout.decode("utf-8", "replace")
