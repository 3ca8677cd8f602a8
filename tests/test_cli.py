"""The command line's contract: lines, keys, exit statuses, sentences."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack import cli

KEYS = [
    "photo", "scale", "outline", "area_cm2", "area_cm2_sd", "perimeter_cm", "length_cm",
    "width_cm", "tissue", "refused", "seconds",
]  # fmt: skip
SQUARE = [[[100.0, 100.0], [300.0, 100.0], [300.0, 300.0], [100.0, 300.0]]]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A plain photo without anything in it."""
    path = tmp_path / "plain.png"
    cv2.imwrite(str(path), np.full((480, 640, 3), 180, np.uint8))
    return path


@pytest.fixture
def square(tmp_path: Path) -> Path:
    """A square outline of 200 px."""
    path = tmp_path / "square.json"
    path.write_text(json.dumps(SQUARE))
    return path


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_two_points_give_the_scale_and_the_square_its_area(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(
        ["measure", str(photo), "--scale", "100,400,300,400=20", "--outline", str(square), "--json"]
    )
    (line,) = _lines(capsys)
    assert status == 0
    assert list(line) == KEYS
    assert line["area_cm2"] == pytest.approx(4.0, rel=1e-6)
    assert line["perimeter_cm"] == pytest.approx(8.0, rel=1e-3)
    assert line["outline"] == SQUARE
    assert line["refused"] is None
    scale = line["scale"]
    assert isinstance(scale, dict)
    assert scale["mm_per_px"] == pytest.approx(0.1)
    assert scale["method"] == "two_points"


def test_a_photo_that_cannot_be_read_is_refused_and_the_rest_go_on(
    photo: Path, square: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_text("not a photo")
    status = cli.main(
        [
            *("measure", str(broken), str(tmp_path / "gone.jpg"), str(photo)),
            *("--scale", "100,400,300,400=20", "--outline", str(square), "--json"),
        ]
    )
    first, second, third = _lines(capsys)
    assert status == 3
    assert first["refused"]["code"] == "photo.not_a_photo"  # type: ignore[index]
    assert second["refused"]["code"] == "photo.gone"  # type: ignore[index]
    assert first["area_cm2"] is None
    assert third["refused"] is None


def test_a_photo_without_a_scale_is_refused_and_never_measured_as_zero(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["measure", str(photo), "--outline", str(square), "--json"])
    (line,) = _lines(capsys)
    assert status == 3
    assert line["scale"] is None
    assert line["area_cm2"] is None
    assert line["outline"] == SQUARE
    assert str(line["refused"]["code"]).startswith("scale.")  # type: ignore[index]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["measure"],
        ["measure", "PHOTO", "--scale", "yardstick"],
        ["measure", "PHOTO", "--scale", "1,2,3=4"],
        ["measure", "PHOTO", "--scale", "1,2,30,4=-4"],
        ["measure", "PHOTO", "--outline", "/nowhere.json"],
        ["measure", "PHOTO", "--unheard-of"],
    ],
)
def test_wrong_usage_exits_2(arguments: list[str], photo: Path) -> None:
    filled = [str(photo) if word == "PHOTO" else word for word in arguments]
    try:
        status = cli.main(filled)
    except SystemExit as stop:
        status = stop.code  # type: ignore[assignment]
    assert status == 2


def test_the_table_is_readable_in_french(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(
        [
            *("--language", "fr", "measure", str(photo)),
            *("--scale", "100,400,300,400=20", "--outline", str(square)),
        ]
    )
    assert "4,0" in capsys.readouterr().out


def test_a_card_is_a_pdf_and_a_wrong_code_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "card.pdf"
    assert cli.main(["card", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert cli.main(["card", "--out", str(out), "--patient", "AAAAAB"]) != 0
    assert "AAAAAB" in capsys.readouterr().err


def test_the_help_and_its_refusals_are_french_where_french_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--language", "fr", "measure", "--help"])
    told = capsys.readouterr().out
    assert told.startswith("utilisation\N{NO-BREAK SPACE}: woundtrack measure")
    assert "afficher cette aide" in told
    with pytest.raises(SystemExit):
        cli.main(["--language", "fr", "measure"])
    assert "les arguments suivants sont obligatoires" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["--language", "en", "measure"])
    assert "the following arguments are required" in capsys.readouterr().err
