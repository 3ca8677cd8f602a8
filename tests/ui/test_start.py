"""The front door: arguments, what start-up loads, and the screenshots."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main

ROOT = Path(main.__file__).resolve().parent
HEAVY = (
    "numpy", "cv2", "scipy", "shapely", "sqlcipher3", "sqlite_utils", "cryptography", "reportlab",
    "pypdfium2", "PIL",
)  # fmt: skip


def test_the_passphrase_prompt_waits_for_nothing_heavy() -> None:
    code = f"import sys, main, ui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_while_a_passphrase_is_typed_the_store_and_the_statistics_load() -> None:
    wanted = ["woundtrack.store.clinic", "statsmodels.duration.survfunc"]
    code = f"import sys, ui.app; ui.app.warm_up(); print([n in sys.modules for n in {wanted!r}])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[True, True]"


def test_main_stays_a_front_door() -> None:
    assert len((ROOT / "main.py").read_text().splitlines()) < 80


def test_arguments() -> None:
    options = main.parse(["--clinic", "demo/clinic", "--theme", "dark", "--language", "fr"])
    assert (options.clinic, options.theme, options.language) == (
        Path("demo/clinic"), "dark", "fr",
    )  # fmt: skip
    with pytest.raises(SystemExit) as caught:
        main.parse(["--theme", "pink"])
    assert caught.value.code == 2


def test_a_double_click_on_a_file_in_the_folder_opens_the_clinic(tmp_path: Path) -> None:
    (tmp_path / "clinic.woundtrack").write_text("")
    assert main.parse([str(tmp_path / "clinic.woundtrack")]).clinic == tmp_path
    assert main.parse([str(tmp_path)]).clinic == tmp_path
    assert main.parse([str(tmp_path), "--clinic", "other"]).clinic == Path("other")


def test_without_a_display_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main.main([]) == 2
    assert "--screenshots" in capsys.readouterr().err


def test_screenshots_are_written_in_both_languages_and_themes(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "--screenshots", str(tmp_path / "shots")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    names = {path.name for path in (tmp_path / "shots").iterdir()}
    assert names == {
        f"{language}-{theme}-{page}.png"
        for language in ("en", "fr")
        for theme in ("light", "dark")
        for page in ("sign-in", "set-up", "set-up-backups", "restore")
    }
