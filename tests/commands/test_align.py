"""`woundtrack align`: as words, as JSON, by points, refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.align.skins import Seen, outline, quickly, skin
from woundtrack import cli
from woundtrack.outline.rings import outline_to_json
from woundtrack.scale.types import projected

KEYS = [
    "earlier", "later", "method", "homography", "bend", "residual_mm", "residual_px", "margin_mm",
    "margin_px", "homography_off_mm", "homography_off_px", "places", "tried", "widest_gap_deg",
    "wound", "refused", "seconds",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    """The photos are small: less is tried."""
    with pytest.MonkeyPatch.context() as patch:
        quickly(patch)
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Seen]:
    """Two photos and the earlier outline, as arguments."""
    folder: Path = tmp_path_factory.mktemp("pair")
    seen = Seen()
    cv2.imwrite(str(folder / "a.png"), skin(1))
    cv2.imwrite(str(folder / "b.png"), seen.photo(skin(1)))
    (folder / "a.json").write_text(outline_to_json(outline()), encoding="utf-8")
    photos = [str(folder / "a.png"), str(folder / "b.png")]
    return [*photos, "--outline", str(folder / "a.json"), "--later-outline", "none"], seen


def test_the_homography_takes_the_margin_to_the_later_photo(files, capsys) -> None:
    arguments, seen = files
    assert cli.main(["align", *arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == KEYS
    ring = np.array(outline().rings[0])
    off = projected(np.array(told["homography"]), ring) - seen.to_later(ring)
    assert np.linalg.norm(off, axis=1).max() < 1.5
    assert told["method"] == "skin"
    assert told["wound"] is True
    assert told["residual_mm"] is None
    assert told["residual_px"] > 0
    assert told["refused"] is None


def test_words_tell_px_where_there_is_no_scale(files, capsys) -> None:
    assert cli.main(["--language", "en", "align", *files[0]]) == 0
    out = capsys.readouterr().out
    assert "places of the skin" in out
    assert " px" in out
    assert " mm" not in out


def test_pairs_of_points(files, capsys) -> None:
    arguments, seen = files
    places = np.array(outline(90.0).rings[0])[::15]
    pairs = [
        f"{a:.2f},{b:.2f}={c:.2f},{d:.2f}"
        for (a, b), (c, d) in zip(places, seen.to_later(places), strict=True)
    ]
    status = cli.main(["align", *arguments, "--json", "--points", *pairs])
    told = json.loads(capsys.readouterr().out)
    assert (status, told["method"], told["places"]) == (0, "points", len(pairs))
    ring = np.array(outline().rings[0])
    off = projected(np.array(told["homography"]), ring) - seen.to_later(ring)
    assert np.linalg.norm(off, axis=1).max() < told["margin_px"] + told["homography_off_px"]
    assert cli.main(["align", *arguments, "--json", "--points", pairs[0]]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["refused"]["code"] == "align.too_few_points"
    assert told["homography"] is None


@pytest.mark.parametrize("wrong", ["1,2", "1,2=3", "a,b=c,d", "1,2=3,nan"])
def test_what_is_no_pair_is_told(wrong: str, files, capsys) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--language", "en", "align", *files[0], "--points", wrong])
    assert end.value.code == 2
    assert "in pixels" in capsys.readouterr().err


def test_refusals_have_a_sentence(files, capsys, tmp_path: Path) -> None:
    arguments, _seen = files
    other = tmp_path / "other.png"
    cv2.imwrite(str(other), skin(8))
    assert cli.main(["--language", "en", "align", arguments[0], str(other), *arguments[2:]]) == 3
    assert "Click two or three pairs" in capsys.readouterr().err
    assert cli.main(["align", arguments[0], str(tmp_path / "none.png"), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["refused"]["code"].startswith("photo.")


def test_without_an_outline_the_middle_is_taken_and_that_is_said(files, capsys) -> None:
    photos = files[0][:2]
    none = ["--outline", "none", "--later-outline", "none"]
    assert cli.main(["--language", "en", "align", *photos, *none]) == 0
    assert "middle was taken" in capsys.readouterr().out
