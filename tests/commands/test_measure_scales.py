"""The scales that `woundtrack measure --scale` takes beside card and two points."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack import cli

PX_PER_MM = 10


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A photo seen square on: a green dot of 12 mm, a red square of 16 mm."""
    pixels = np.full((900, 1200, 3), (150, 170, 205), np.uint8)
    cv2.circle(pixels, (300, 300), 6 * PX_PER_MM, (60, 190, 60), -1, cv2.LINE_AA)
    cv2.rectangle(pixels, (720, 220), (720 + 159, 220 + 159), (50, 40, 200), -1)
    noise = np.random.default_rng(1).normal(0, 2, pixels.shape)
    path = tmp_path / "marked.png"
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.0)
    cv2.imwrite(str(path), np.clip(soft + noise, 0, 255).astype(np.uint8))
    return path


def measured(
    capsys: pytest.CaptureFixture[str], photo: Path, outline: Path, scale: str
) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    asked = ["measure", str(photo), "--scale", scale, "--outline", str(outline), "--json"]
    status = cli.main(asked)
    (line,) = capsys.readouterr().out.splitlines()
    return status, json.loads(line)


@pytest.mark.parametrize(
    ("scale", "method"),
    [
        ("dot:295,310=12", "dot"),
        ("square:800,300=16", "square"),
        ("square:780,280=16x16", "square"),
    ],
)
def test_a_dot_or_a_square_gives_the_scale(
    scale: str, method: str, marked: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, line = measured(capsys, marked, square, scale)
    assert status == 0
    assert line["scale"]["method"] == method  # type: ignore[index]
    assert line["area_cm2"] == pytest.approx(4.0, rel=0.04)


def test_the_table_names_what_gave_the_scale_in_words(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["measure", str(marked), "--scale", "200,200,700,200=50", "--outline", "none"]
    assert cli.main(asked) == 0
    assert "two clicks, ± " in capsys.readouterr().out


def test_the_doubt_of_a_dot_s_tilt_is_told(
    marked: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _status, line = measured(capsys, marked, square, "dot:295,310=12")
    assert "scale.dot_tilt_open" in line["scale"]["warnings"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("scale", "code"),
    [
        ("dot:600,800=12", "scale.no_dot"),
        ("square:600,800=12", "scale.no_square"),
        ("dot:5000,800=12", "scale.points_outside"),
        ("ruler:1", "scale.no_ruler"),
    ],
)
def test_what_is_not_there_is_refused_with_its_reason(
    scale: str,
    code: str,
    marked: Path,
    square: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, line = measured(capsys, marked, square, scale)
    assert status == 3
    assert line["refused"]["code"] == code  # type: ignore[index]
    assert (line["scale"], line["area_cm2"]) == (None, None)


@pytest.mark.parametrize("scale", ["dot:1,2", "square:1,2=axb", "ruler:x", "coin:1,2=3"])
def test_a_text_that_is_no_scale_is_wrong_usage(
    scale: str, marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["measure", str(marked), "--scale", scale, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert scale in told.err
