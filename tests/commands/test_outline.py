"""`woundtrack outline`: proposed, clicked, boxed, as words and as JSON."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack import cli
from woundtrack.outline import network as room

SEES_RED = Path(__file__).resolve().parent.parent / "data" / "sees_red.onnx"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photo with two wounds."""
    monkeypatch.setenv(room.PLACE, str(SEES_RED))
    pixels = np.full((480, 640, 3), (130, 150, 190), np.uint8)
    cv2.circle(pixels, (200, 200), 40, (40, 40, 200), -1)
    cv2.circle(pixels, (420, 300), 30, (40, 40, 200), -1)
    cv2.imwrite(str(tmp_path / "photo.png"), cv2.GaussianBlur(pixels, (0, 0), 1.2))
    return tmp_path / "photo.png"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert cli.main(["outline", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_proposal_is_told_in_one_object(path: Path, capsys) -> None:
    told = said(capsys, str(path))
    assert list(told) == [
        "photo", "outline", "area_px2", "relative_area_sd", "method", "warnings", "refused",
        "seconds",
    ]  # fmt: skip
    assert len(told["outline"]) == 2
    assert told["area_px2"] == pytest.approx(np.pi * (40**2 + 30**2), rel=0.04)
    assert told["warnings"] == ["outline.learned_on_feet"]


def test_clicks_and_a_box_ask_for_one_wound(path: Path, capsys) -> None:
    told = said(capsys, str(path), "--click", "420,300", "--click", "420,220,-")
    assert told["area_px2"] == pytest.approx(np.pi * 30**2, rel=0.06)
    told = said(capsys, str(path), "--box", "140,140,262,258")
    assert told["area_px2"] == pytest.approx(np.pi * 40**2, rel=0.1)
    assert told["method"] == "colours"


def test_its_output_is_an_outline_that_measure_reads(path: Path, capsys, tmp_path: Path) -> None:
    told = said(capsys, str(path))
    file = tmp_path / "outline.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    ends = "--scale", "0,0,639,0=640"
    assert cli.main(["measure", str(path), *ends, "--outline", str(file), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert measured["area_cm2"] == pytest.approx(told["area_px2"] / 100, rel=0.02)


def test_a_measured_proposal_has_the_networks_doubt(path: Path, capsys) -> None:
    told = said(capsys, str(path))
    ends = "--scale", "0,0,639,0=640"
    assert cli.main(["measure", str(path), *ends, "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    scale_sd = 2 * measured["scale"]["relative_sd"]
    both = np.hypot(told["relative_area_sd"], scale_sd) * measured["area_cm2"]
    assert measured["area_cm2_sd"] == pytest.approx(both, rel=0.1)
    assert cli.main(["--language", "en", "measure", str(path), *ends]) == 0
    assert "calciphylaxis" in capsys.readouterr().out


def test_words_say_what_to_beware_of(path: Path, capsys) -> None:
    assert cli.main(["--language", "en", "outline", str(path)]) == 0
    out = capsys.readouterr().out
    assert "2 rings" in out
    assert "calciphylaxis" in out
    one = ("outline", str(path), "--click", "420,300", "--click", "420,220,-")
    assert cli.main(["--language", "en", *one]) == 0
    assert "1 ring," in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["--click=1", "--click=a,b", "--click=1,2,x", "--box=1,2,3"])
def test_wrong_hints_are_refused_in_words(wrong: str, path: Path, capsys) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--language", "en", "outline", str(path), wrong])
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert "in pixels" in told
    assert "_click" not in told
    assert "_box" not in told


def test_where_nothing_is_found_without_the_network_that_is_said(
    path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setenv(room.PLACE, str(path.with_name("none.onnx")))
    cv2.imwrite(str(path), np.full((120, 160, 3), (130, 150, 190), np.uint8))
    assert cli.main(["outline", str(path), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["refused"]["code"] == "outline.nothing_found"
    assert told["warnings"] == ["outline.no_network"]
    assert cli.main(["--language", "en", "outline", str(path)]) == 3
    assert "not installed" in capsys.readouterr().err


def test_a_click_outside_and_an_unread_photo_are_refusals(path: Path, capsys) -> None:
    assert cli.main(["--language", "en", "outline", str(path), "--click", "900,20"]) == 3
    assert "click is not in the photo" in capsys.readouterr().err
    assert cli.main(["outline", str(path.with_name("none.jpg")), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["refused"]["code"].startswith("photo.")
