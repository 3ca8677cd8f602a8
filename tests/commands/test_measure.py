"""`woundtrack measure` on everything a script may hand it: a line a photo, never a traceback."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from woundtrack import cli, pipeline

SCALE = "100,400,300,400=20"


def measured(
    capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, list[dict[str, object]]]:
    """The exit status and the lines of a run with --json, of which each must be plain JSON."""
    capsys.readouterr()
    status = cli.main(["measure", *arguments, "--json"])
    lines = capsys.readouterr().out.splitlines()
    return status, [json.loads(line, parse_constant=pytest.fail) for line in lines]


@pytest.mark.parametrize(
    "scale",
    ["100,400,300,400=1000000", "100,400,300,400=0.0001", "100,400,300,400=1e308"],
)
def test_an_absurd_scale_is_refused_photo_by_photo(
    scale: str, photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, (line,) = measured(capsys, str(photo), "--scale", scale, "--outline", str(square))
    assert status == 3
    assert line["refused"]["code"] == "scale.implausible"  # type: ignore[index]
    assert (line["scale"], line["area_cm2"]) == (None, None)


@pytest.mark.parametrize("scale", ["1,2,300,4=nan", "1,2,300,4=inf", "1,2,300,4=-5", "1,2,3=4"])
def test_a_scale_that_is_none_is_wrong_usage_told_beside_the_output(
    scale: str, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["measure", str(photo), "--scale", scale, "--json"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.strip()


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        ([], "outline.empty"),
        ([[[1, 1], [50, 50]]], "outline.too_few_points"),
        ([[]], "outline.too_few_points"),
        ([[[10, 10], [200, 200], [200, 10], [10, 200]]], "outline.crosses_itself"),
        ([[[10, 10], [2000, 10], [200, 200]]], "outline.outside_photo"),
        ([[[10, 10], [20, 10], [30, 10]]], "outline.crosses_itself"),
        (
            [[[10, 10], [90, 10], [90, 90]], [[10, 10], [90, 10], [90, 90]]],
            "outline.crosses_itself",
        ),
    ],
)
def test_an_outline_without_an_area_is_refused(
    rings: object, code: str, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outline.json"
    file.write_text(json.dumps(rings))
    status, (line,) = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(file))
    assert (status, line["refused"]["code"], line["area_cm2"]) == (3, code, None)  # type: ignore[index]
    assert line["scale"] is not None


def test_one_outline_serves_several_photos_in_their_order(
    photo: Path, square: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.png"
    cv2.imwrite(str(other), np.full((500, 500, 3), 90, np.uint8))
    status, lines = measured(
        capsys, str(other), str(photo), "--scale", SCALE, "--outline", str(square)
    )
    assert status == 0
    assert [line["photo"] for line in lines] == [str(other), str(photo)]
    assert [line["area_cm2"] for line in lines] == [pytest.approx(4.0), pytest.approx(4.0)]


def test_holes_are_given_after_the_ring_they_lie_in(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def box(left: int, top: int, side: int) -> list[list[float]]:
        right, bottom = left + side, top + side
        return [[left, top], [right, top], [right, bottom], [left, bottom]]

    hole, island, other, outer = (
        box(50, 50, 100),
        box(80, 80, 20),
        box(300, 20, 50),
        box(20, 20, 200),
    )
    file = tmp_path / "rings.json"
    file.write_text(json.dumps([hole, island, other, outer]))
    status, (line,) = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(file))
    assert status == 0
    assert line["outline"] == [island, other, outer, hole]
    assert line["area_cm2"] == pytest.approx((200**2 - 100**2 + 20**2 + 50**2) / 10_000)


def test_an_outline_with_a_byte_order_mark_is_read(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    square.write_bytes(b"\xef\xbb\xbf" + square.read_bytes())
    status, (line,) = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(square))
    assert (status, line["area_cm2"]) == (0, pytest.approx(4.0))


def test_a_line_of_an_earlier_run_is_an_outline_again(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _status, (line,) = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(square))
    square.write_text(json.dumps(line))
    status, (again,) = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(square))
    assert (status, again["outline"]) == (0, line["outline"])


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_px_are_those_of_the_upright_photo(
    orientation: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90,
              8: Image.Transpose.ROTATE_270}  # fmt: skip
    upright = np.full((480, 640, 3), 200, np.uint8)
    upright[40:90, 500:600] = 20
    path, outline = tmp_path / "turned.jpg", tmp_path / "box.json"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(upright).transpose(turned[orientation]).save(path, quality=95, exif=exif)
    outline.write_text(json.dumps([[[499.5, 39.5], [599.5, 39.5], [599.5, 89.5], [499.5, 89.5]]]))
    status, (line,) = measured(
        capsys, str(path), "--scale", "20,470,620,470=60", "--outline", str(outline)
    )
    assert status == 0
    assert line["area_cm2"] == pytest.approx(0.5)
    # The edge is seen where the outline lies only if both are in the same px.
    assert line["area_cm2_sd"] < 0.2  # type: ignore[operator]


def test_a_failure_nobody_foresaw_is_that_of_one_photo(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = pipeline.measured, iter([True, False])

    def sometimes(*arguments: object) -> object:
        if next(calls):
            raise ZeroDivisionError
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "measured", sometimes)
    status, (first, second) = measured(
        capsys, str(photo), str(photo), "--scale", SCALE, "--outline", str(square)
    )
    assert status == 3
    assert first["refused"]["code"] == "cli.unforeseen"  # type: ignore[index]
    assert "ZeroDivisionError" in first["refused"]["sentence"]  # type: ignore[index]
    assert first["area_cm2"] is None
    assert second["area_cm2"] == pytest.approx(4.0)


NUMBERS = st.one_of(
    st.integers(-(10**400), 10**400), st.floats(), st.booleans(), st.floats(0, 480), st.none()
)
RINGS = st.lists(st.lists(st.lists(NUMBERS, max_size=3), max_size=6), max_size=4)
PLACES = st.lists(st.floats(0, 479), min_size=2, max_size=2)
NEAR_RINGS = st.lists(st.lists(PLACES, min_size=1, max_size=9), max_size=4)
ANYTHING = st.recursive(
    NUMBERS | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["outline", "rings", "x"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=ANYTHING | RINGS | NEAR_RINGS)
def test_any_json_is_an_outline_or_refused(
    content: object, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "any.json"
    file.write_text(json.dumps(content))
    status, lines = measured(capsys, str(photo), "--scale", SCALE, "--outline", str(file))
    assert status in (0, 2, 3)
    for line in lines:
        assert (status == 0) == (line["refused"] is None)
        assert (line["area_cm2"] is None) == (status == 3)
        assert line["area_cm2"] is None or line["area_cm2"] > 0  # type: ignore[operator]
