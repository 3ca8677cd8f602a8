"""Photos of known truth outside the project: each true to its own doubt, or refused."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.render import polygon_mm2
from woundtrack.errors import WoundtrackError
from woundtrack.photo.read import read_photo
from woundtrack.scale.ruler import find_ruler

TRUSTED = ("0.1%", "0.15%", "0.3%")

pytestmark = pytest.mark.real_photos


def test_phantoms_give_the_true_area(real_photos: Path) -> None:
    for path in sorted((real_photos / "phantoms").glob("00[0-3].jpg")):
        photo, pixels = read_photo(path)
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        scale = find_ruler(pixels, photo)
        area = polygon_mm2(scale.to_mm(truth["outline"]))
        assert area == pytest.approx(truth["area_mm2"], rel=0.005)
        assert scale.tilt_deg == pytest.approx(truth["tilt_deg"], abs=0.5)


def test_real_rulers_are_true_or_refused(real_photos: Path) -> None:
    read = 0
    with (real_photos / "rulers" / "truth.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["uncertainty"] in TRUSTED]
    for line in lines:
        try:
            photo, pixels = read_photo(real_photos / "rulers" / line["file"])
            scale = find_ruler(pixels, photo)
        except WoundtrackError:
            continue
        ends = [[float(line["x1"]), float(line["y1"])], [float(line["x2"]), float(line["y2"])]]
        places = scale.to_mm(ends)
        doubt = float(line["uncertainty"].split("%")[0]) / 100
        length = float(np.hypot(*(places[1] - places[0])))
        assert length == pytest.approx(float(line["mm"]), rel=0.005 + doubt)
        read += 1
    assert read >= 4
