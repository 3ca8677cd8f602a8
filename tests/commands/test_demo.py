"""`woundtrack demo`: whole, or not there at all."""

import datetime as dt
from pathlib import Path

import pytest

from woundtrack import cli
from woundtrack.demo import build, output
from woundtrack.store import keys

TOMORROW = (dt.datetime.now().astimezone() + dt.timedelta(days=2)).date().isoformat()


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key derivation costs nothing: what it costs is tested in the store."""
    monkeypatch.setattr(keys, "tuned_cost", lambda: keys.CHEAP)


def nothing(*_arguments: object, **_more: object) -> list[Path]:
    """Stands in for the half minute of painting."""
    return []


def test_a_demo_has_a_clinic_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "fill_clinic", nothing)
    monkeypatch.setattr(output, "write_output", nothing)
    folder = tmp_path / "demo"
    assert cli.main(["demo", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["clinic"]
    monkeypatch.setenv("WOUNDTRACK_PASSPHRASE", "woundtrack demo clinic")
    assert cli.main(["clinic", "check", str(folder / "clinic"), "--user", "demo"]) == 0
    assert cli.main(["demo", str(folder)]) == 3
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize("failure", [OSError(28, "full"), KeyboardInterrupt()])
def test_a_demo_that_was_stopped_leaves_nothing(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: object, **_more: object) -> None:
        raise failure

    monkeypatch.setattr(build, "fill_clinic", nothing)
    monkeypatch.setattr(output, "write_output", stopped)
    assert cli.main(["demo", str(tmp_path / "new")]) in (3, 130)
    assert not list((tmp_path / "new").iterdir())


def test_a_demo_where_nothing_can_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a file"
    file.write_text("")
    assert cli.main(["demo", str(file)]) == 3
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("day", ["gestern", TOMORROW, "2026-13-01", "0001-01-01"])
def test_a_last_day_that_cannot_be_is_wrong_usage(day: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["demo", str(tmp_path / "new"), "--until", day])
    assert stopped.value.code == 2
    assert not (tmp_path / "new").exists()
