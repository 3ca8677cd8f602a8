"""A report of 12 visits with 24 photos of 12 megapixels: how long, how large, how sharp in print.

Each visit has a close-up that was measured and an overview. The photos are painted; sharpness is
read out of the PDF: the px of each close-up over the inches that it takes on paper. The floor is
the decoding of the 24 files, one after the other, in the same run: it and the processor time
tell how busy the machine was.
"""

import datetime as dt
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2

from benchmarks.chart import FIRST_ON, kept, long_history
from benchmarks.table import Row, markdown
from woundtrack.demo.wound import Wound, paint_wound, skin
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    LesionMeasurement,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    SizeMethod,
    Visit,
    VisitPhoto,
)
from woundtrack.report.build import build_report
from woundtrack.report.content_types import PhotoChoice, ReportOptions
from woundtrack.scale.types import Scale, ScaleMethod

TITLE = "A report of 12 visits with 24 photos of 12 megapixels"
VISITS, ROUNDS, PAINTED = 12, 7, 4
SIZE_PX = (4000, 3000)
MM_PER_PX = 0.06
MOST_S, MOST_MB, LEAST_DPI = 2.0, 5.0, 300.0
_POINTS_PER_INCH = 72.0


def run() -> list[Row]:
    """Make it again and again; the clock stands still while nothing is made."""
    history, files = history_and_files()
    options = ReportOptions(photos=PhotoChoice.EVERY)
    now = dt.datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001 (a local time, as printed)

    def made() -> bytes:
        return build_report(
            history, photo_bytes=files.__getitem__, clinic_name="Clinic", user_name="Marie",
            now=now, options=options,
        )  # fmt: skip

    data = made()  # once before, so that the libraries' imports are not timed
    floor_s, floor_work_s, whole_s, work_s = [], [], [], []
    for _round in range(ROUNDS):
        work = time.process_time()
        floor_s.append(_took(lambda: [_decoded(each) for each in files.values()]))
        floor_work_s.append(time.process_time() - work)
        work = time.process_time()
        whole_s.append(_took(made))
        work_s.append(time.process_time() - work)
    sharpness = close_ups_dpi(data)
    whole, floor = statistics.median(whole_s), statistics.median(floor_s)
    size_mb, least_dpi = len(data) / 1e6, min(sharpness)
    told = f"{min(whole_s):.2f} to {max(whole_s):.2f}; {whole / floor:.2f} × floor"
    had = statistics.median(floor_work_s) / floor
    return [
        Row("report: floor, decoding its 24 photos", floor, "s",
            f"{min(floor_s):.2f} to {max(floor_s):.2f}; it had {had:.0%} of a processor"),
        Row("report: made", whole, "s", told, f"≤ {MOST_S:g} s", whole <= MOST_S),
        Row("report: processor time of all threads", statistics.median(work_s), "s"),
        Row("report: the file", size_mb, "MB", f"{len(pypdfium2.PdfDocument(data))} pages",
            f"≤ {MOST_MB:g} MB", size_mb <= MOST_MB),
        Row("report: close-ups in print, the least sharp", least_dpi, "dpi",
            f"{len(sharpness)} close-ups", f"≥ {LEAST_DPI:g} dpi", least_dpi >= LEAST_DPI),
    ]  # fmt: skip


def history_and_files() -> tuple[PatientHistory, dict[str, bytes]]:
    """The record of one wound over 12 visits, and its photos by their vault names."""
    pictures = [_painted(seed) for seed in range(PAINTED)]
    base, files = long_history(visits=0), {}
    visits, photos, scales, outlines, measured, assessed = [], [], [], [], [], []
    for i in range(1, VISITS + 1):
        data, ring = pictures[i % PAINTED]
        visits.append(kept(Visit(1, FIRST_ON + dt.timedelta(days=14 * i)), i))
        for number in (i, i + 100):  # the close-up, then the overview
            files[f"photo-{number}"] = data
            photo = Photo(*SIZE_PX, "image/jpeg", len(data))
            photos.append(kept(VisitPhoto(i, f"photo-{number}", photo), number))
        scales.append(kept(PhotoScale(i, _scale(), True), i))
        outlines.append(kept(PhotoOutline(i, 1, Outline((ring,)), True), i))
        measures = LesionMeasurement(i, 1, i, i, 1, i, 1, _measures(ring), True)
        measured.append(kept(measures, i))
        assessed.append(kept(Assessment(i, 1, SizeMethod.TRACED, i, confirmed=True), i))
    history = replace(
        base, visits=tuple(visits), photos=tuple(photos), scales=tuple(scales),
        outlines=tuple(outlines), measurements=tuple(measured), assessments=tuple(assessed),
    )  # fmt: skip
    return history, files


def close_ups_dpi(data: bytes) -> list[float]:
    """Of each close-up in the PDF, its px over the inches it takes, along its width."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, _bottom, right, _top = picture.get_bounds()
            found.append(picture.get_px_size()[0] / ((right - left) / _POINTS_PER_INCH))
    return found[0::2]  # each is followed by its visit's overview


def _painted(seed: int) -> tuple[bytes, tuple[tuple[float, float], ...]]:
    random = np.random.default_rng(seed)
    width, height = SIZE_PX
    tone = (0.55, 0.65, 0.85)
    image = skin(random, height, width, tone_bgr=tone, px_per_mm=1 / MM_PER_PX)
    edge = paint_wound(
        image, Wound(14.0 + seed), centre_px=(width / 2, height / 2), px_per_mm=1 / MM_PER_PX,
        random=random, skin_random=random,
    )  # fmt: skip
    image += random.normal(0, 0.012, image.shape).astype(np.float32)  # a sensor's noise
    pixels = np.clip(255 * image, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", pixels, [int(cv2.IMWRITE_JPEG_QUALITY), 92])[1].tobytes()
    return data, tuple((float(x), float(y)) for x, y in edge)


def _scale() -> Scale:
    m = MM_PER_PX
    return Scale(ScaleMethod.CARD, ((m, 0.0, 0.0), (0.0, m, 0.0), (0.0, 0.0, 1.0)), 0.004, 0.0)


def _measures(ring: tuple[tuple[float, float], ...]) -> Measurement:
    points = np.array(ring) * MM_PER_PX / 10
    area = float(cv2.contourArea(points.astype(np.float32)))
    radius = math.sqrt(area / math.pi)
    ends = ((ring[0], ring[180]), (ring[90], ring[270]))
    return Measurement(
        area, 0.03 * area, 2 * math.pi * radius, 2 * radius, 2 * radius, ends[0], ends[1]
    )


def _decoded(data: bytes) -> np.ndarray:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR))


def _took(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(markdown(run()))
