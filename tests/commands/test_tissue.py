"""`woundtrack tissue`: a line a photo, whether a network is installed or not."""

import json
from pathlib import Path

import numpy as np
import pytest

from woundtrack import cli
from woundtrack.outline.tissue import propose
from woundtrack.outline.tissue.types import Tissue


class Certain:
    """Stands for a network that sees slough everywhere."""

    version = "certain"

    def __init__(self) -> None:
        self.fraction_sd = {False: {Tissue.SLOUGH: 0.1, Tissue.GRANULATION: 0.1}}

    def __call__(self, view: np.ndarray) -> np.ndarray:
        likely = np.zeros((4, 40, 40), np.float32)
        likely[1] = 1
        return likely


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.main(["tissue", *arguments])
    return status, capsys.readouterr().out


def test_the_json_has_every_tissue_and_item(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(propose, "tissue_network", Certain)
    scale = "100,400,300,400=20"
    status, out = _run(capsys, str(photo), "--outline", str(square), "--scale", scale, "--json")
    line = json.loads(out)
    assert status == 0
    assert line["tissue"]["slough"] == {"fraction": 1.0, "fraction_sd": 0.1, "evaluated": True}
    assert line["tissue"]["necrosis"] == {
        "fraction": 0.0, "fraction_sd": None, "evaluated": False,
    }  # fmt: skip
    assert [(each["item"], each["score"]) for each in line["bwat"]] == [(5, None), (6, 5), (12, 4)]
    assert (line["light"], line["in_mm"], line["refused"]) == ("assumed", True, None)


def test_readable_lines_say_amounts_light_and_reasons(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(propose, "tissue_network", Certain)
    status, out = _run(capsys, str(photo), "--outline", str(square), "--scale", "none")
    assert status == 0
    assert out.replace("\N{NO-BREAK SPACE}", " ").startswith(
        "plain.png  slough or fibrin 100 % (80–100 %)"
    )
    assert "as the camera gave them" in out
    assert "BWAT 5: –" in out


def test_without_a_network_the_photo_is_refused_in_its_line(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOUNDTRACK_TISSUE_MODEL", "no such file")
    status, out = _run(capsys, str(photo), "--outline", str(square), "--json")
    line = json.loads(out)
    assert status == 3
    assert line["refused"]["code"] == "outline.no_tissue_network"
    assert (line["tissue"], line["bwat"]) == (None, None)


def test_measuring_tells_the_same_tissues_and_refuses_nothing_for_want_of_them(
    photo: Path, square: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(propose, "tissue_network", Certain)
    arguments = (str(photo), "--outline", str(square), "--scale", "100,400,300,400=20", "--json")
    _status, out = _run(capsys, *arguments)
    assert cli.main(["measure", *arguments]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert measured["tissue"] == json.loads(out)["tissue"]
    assert measured["tissue"]["slough"]["fraction"] == 1.0
    monkeypatch.setattr(propose, "tissue_network", lambda: None)
    assert cli.main(["measure", *arguments]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert (measured["tissue"], measured["refused"]) == (None, None)


def test_a_wish_that_is_none_is_wrong_usage(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tissue", str(photo), "--outline", "no such file"]) == 2
    assert capsys.readouterr().err.strip()
