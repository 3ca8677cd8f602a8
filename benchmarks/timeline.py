"""Scrolling a strip of 300 photos: the time of a frame, and what the program takes in memory.

One patient with 300 photos, read from an encrypted clinic that has never been scrolled before. The
window is 1920 × 1080 px, painted in software, in a process of its own. A frame runs from when it
is due, 60 a second, until the strip is painted: work between two frames that makes the next one
late is counted. The floor is the time of the same frames without a photo coming in, once all are
there.
"""

import datetime as dt
import io
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.frames import frame_rows, frames_ms, memory_mb, patient_shown, until
from benchmarks.table import Row, Skip, markdown
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    PhotoView,
    Side,
    SizeMethod,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Writer

TITLE = "The timeline: a strip of 300 photos"
PHOTOS = 300
BAR_MB = 600.0
SIZE_PX = (1920, 1080)
_FIRST_ON = dt.date(2020, 1, 6)
_MM_PER_PX = 0.05
_RING_POINTS = 240
_SIGN_IN = {"user_name": "bench", "passphrase": "a bench passphrase"}


def run() -> list[Row]:
    """Build the clinic, scroll in a process of its own."""
    if not Path("/proc/self/status").exists():
        raise Skip("what a process takes in memory is read from /proc")
    from woundtrack.store import keys
    from woundtrack.store.clinic import create_clinic, open_clinic

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        create_clinic(folder, clinic_name="B", cost=keys.CHEAP, **_SIGN_IN)
        clinic = open_clinic(folder, **_SIGN_IN)
        patient_id = clinic.write(lambda writer: fill(writer, count=PHOTOS))
        clinic.close()
        command = [sys.executable, "-m", "benchmarks.timeline", str(folder), str(patient_id)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return _rows(json.loads(done.stdout.splitlines()[-1]))


def _rows(found: dict[str, Any]) -> list[Row]:
    rows = frame_rows("timeline", found["frames"])
    memory = found["memory_mb"]
    spread = f"at its most; {found['before_mb']:.0f} MB with the patient's page open"
    rows.append(
        Row("timeline: memory of the whole program", memory, "MB", spread,
            f"≤ {BAR_MB:g} MB", memory <= BAR_MB)
    )  # fmt: skip
    return rows


# -- the clinic


def fill(writer: Writer, *, count: int) -> int:
    """A patient with `count` photos of one lesion, every fifth upright; the patient's id.

    Some have no outline, no scale, a second photo of their day, or a view that a person told.
    """
    patient = writer.add(Patient("H1", "Timeline", "Anne", dt.date(1950, 1, 1)))
    lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT)).id
    for number, therapy in enumerate(("sts_iv", "rheopheresis", "hbot", "other")):
        start = _FIRST_ON + dt.timedelta(weeks=4 * number)
        writer.add(TherapyCourse(patient.id, therapy, f"Therapy {number}", start_on=start))
    number = 0
    while number < count:
        on = _FIRST_ON + dt.timedelta(weeks=number)
        visit = writer.add(Visit(patient.id, on)).id
        if number % 7 == 3:
            _photo(writer, visit, number, view=PhotoView.OVERVIEW, on=on)
            number += 1
        _measured(writer, visit, lesion, number, on)
        number += 1
    return patient.id


def _photo(
    writer: Writer, visit_id: int, number: int, *, view: PhotoView | None, on: dt.date
) -> int:
    upright = number % 5 == 4
    size = (3000, 4000) if upright else (4000, 3000)
    taken_at = None if number % 11 == 5 else dt.datetime.combine(on, dt.time(9, 30))
    data = b"photo %d" % number
    photo = Photo(*size, "image/jpeg", len(data), taken_at)
    kept = writer.import_photo(data, photo, _thumbnail(number, upright=upright))
    return writer.add(VisitPhoto(visit_id, kept.vault_name, photo, view=view)).id


def _measured(writer: Writer, visit_id: int, lesion_id: int, number: int, on: dt.date) -> None:
    photo_id = _photo(writer, visit_id, number, view=None, on=on)
    radius_px = 600.0 * math.exp(-0.004 * number) * (1 + 0.1 * math.sin(number))
    ring = tuple(
        (1500 + radius_px * math.cos(a), 1500 + radius_px * math.sin(a))
        for a in (2 * math.pi * i / _RING_POINTS for i in range(_RING_POINTS))
    )
    drawn, scaled = number % 13 != 6, number % 13 != 9
    rows = ((_MM_PER_PX, 0.0, 0.0), (0.0, _MM_PER_PX, 0.0), (0.0, 0.0, 1.0))
    scale = Scale(ScaleMethod.CARD, rows, 0.01) if scaled else None
    kept = writer.add(PhotoScale(photo_id, scale, confirmed=True))
    outline = writer.add(
        PhotoOutline(photo_id, lesion_id, Outline((ring,) if drawn else ()), confirmed=True)
    )
    counts = None
    if drawn and scaled:
        across_cm = 2 * radius_px * _MM_PER_PX / 10
        area_cm2 = math.pi * across_cm**2 / 4
        ends = ((900.0, 1500.0), (2100.0, 1500.0))
        sized = Measurement(
            area_cm2, 0.02 * area_cm2, math.pi * across_cm, across_cm, across_cm, ends, ends
        )
        counts = writer.add(
            LesionMeasurement(visit_id, lesion_id, photo_id, outline.id, 1, kept.id, 1, sized, True)
        ).id
    method = SizeMethod.TRACED if counts else SizeMethod.NOT_MEASURED
    writer.add(Assessment(visit_id, lesion_id, method, counts, confirmed=True))


def _thumbnail(number: int, *, upright: bool) -> bytes:
    """A small JPEG of a wound on grained skin, as heavy to decode as a real one."""
    from PIL import Image, ImageDraw

    size = (384, 512) if upright else (512, 384)
    random = np.random.default_rng(number)
    grain = random.normal(0, 9, (size[1], size[0], 1))
    skin = (np.array([214, 170, 146]) + grain).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(skin)
    wide = 40 + 90 * math.exp(-0.004 * number)
    middle = (size[0] / 2, size[1] / 2)
    box = (middle[0] - wide, middle[1] - 0.7 * wide, middle[0] + wide, middle[1] + 0.7 * wide)
    ImageDraw.Draw(image).ellipse(box, fill=(150, 32 + number % 40, 38))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


# -- the window


def _scroll(folder: Path, patient_id: int) -> dict[str, Any]:
    shown = patient_shown(folder, patient_id, sign_in=_SIGN_IN, size_px=SIZE_PX)
    with shown as (app, window):
        before_mb = memory_mb("VmRSS")
        strip = window.workspace.patient_page.strip
        bar = strip.horizontalScrollBar()
        frames = {"first scroll": frames_ms(app, strip.viewport(), _acts(bar))}
        until(app, lambda: not window.background.is_busy())
        frames["floor, the same again"] = frames_ms(app, strip.viewport(), _acts(bar))
        most_mb = memory_mb("VmHWM")
    return {"frames": frames, "before_mb": before_mb, "memory_mb": most_mb}


def _acts(bar: Any) -> Iterator[Callable[[], None]]:
    """To each place of the script where the bar is not already."""
    for place in _script(bar.maximum()):
        if place != bar.value():
            yield partial(bar.setValue, place)


def _script(most_px: int) -> Iterator[int]:
    """Where the bar is from frame to frame: back as by a wheel, forth as by a pull, then leaps."""
    yield from range(most_px, 0, -90)
    yield from range(0, most_px, 250)
    for share in (0.0, 0.5, 0.1, 0.9, 0.3, 0.7):
        start = round(share * most_px)
        yield from range(start, min(start + 400, most_px), 20)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(_scroll(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        print(markdown(run()))
