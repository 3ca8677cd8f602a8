"""How well a later photo of a wound is laid on an earlier one, and strangers' photos refused.

Rendered pairs (`compare_scenes`) with the truth of every point of the skin, half of the photos
without a card; outlines are the true ones, for it is not they that are tried here. Real photos:
landmarks set by eye (`compare_toe`). Nothing was settled on the seeds measured here.
`python -m benchmarks.compare [COUNT] [FIRST_SEED]` tells each pair.
"""

import contextlib
import sys
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.compare_scenes import Shown, pair
from benchmarks.compare_toe import toe_rows
from benchmarks.render_camera import Array
from benchmarks.table import Row, Skip, counted, markdown
from benchmarks.trials import seeds_of, tried
from woundtrack.align.changed import changed_area
from woundtrack.align.marks import View
from woundtrack.align.register import aligned
from woundtrack.align.types import Alignment
from woundtrack.errors import WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.scale.choose import find_scale
from woundtrack.scale.types import projected

TITLE = "Later photos laid on earlier ones"
COUNT, FIRST_SEED = 40, 620_000
STRANGERS = 12
LARGE = 6
CARDS = ((True, True), (True, False), (False, True), (False, False))
MEDIAN_MM, WORST_MM, MOST_REFUSED, MOST_AREA_OFF = 1.0, 2.5, 0.10, 0.05
MOST_SECONDS, HONEST = 2.0, (0.93, 0.97)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One pair: its errors over the wound's margin in mm, or why it was refused."""

    seed: int
    code: str = ""
    off_mm: Array | None = None
    flat_off_mm: Array | None = None
    """The same by the homography alone."""
    margin_mm: float = 0.0
    """What the program says it is off by at most (95 %)."""
    area_off: tuple[float, float] | None = None
    """Gained and lost area less their truth, as parts of the wound; None without a scale."""
    area_z: tuple[float, float] | None = None
    """The same in sds as told."""
    seconds: float = 0.0
    """Of one core."""


def outline_of(shown: Shown) -> Outline:
    """The wound's true edge in the photo."""
    return Outline((tuple((float(x), float(y)) for x, y in shown.to_px(shown.ring_mm)),))


def view_of(shown: Shown) -> View:
    """The photo with its scale where a card is found."""
    if not shown.has_card:
        return View(shown.pixels)
    try:
        return View(shown.pixels, find_scale(shown.pixels, shown.photo, want="card"))
    except WoundtrackError:
        return View(shown.pixels)


def trial(seed: int) -> Trial:
    """A pair rendered, aligned and compared with its truth."""
    first, second = pair(seed, cards=CARDS[seed % 4])
    earlier, later, wound = view_of(first), view_of(second), outline_of(first)
    start = time.process_time()
    try:
        found = aligned(earlier, later, wound=wound, later_wound=outline_of(second))
    except WoundtrackError as error:
        return Trial(seed, error.code, seconds=time.process_time() - start)
    seconds = time.process_time() - start
    ring = np.array(wound.rings[0])
    off = np.linalg.norm(second.to_mm(found.to_later(ring)) - first.ring_mm, axis=1)
    flat_mm = second.to_mm(projected(np.array(found.homography), ring))
    x, y = ring.mean(axis=0)
    step = first.to_mm(np.array([[x, y], [x + 1, y], [x, y + 1]]))
    per_px = float(np.sqrt(abs(np.linalg.det(step[1:] - step[0]))))
    area_off, area_z = _areas(found, earlier, later, first, second)
    return Trial(
        seed,
        "",
        off,
        np.linalg.norm(flat_mm - first.ring_mm, axis=1),
        found.margin_px * per_px,
        area_off,
        area_z,
        seconds,
    )


def _areas(
    found: Alignment, earlier: View, later: View, first: Shown, second: Shown
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    import shapely

    if earlier.scale is None and later.scale is None:
        return None, None
    told = changed_area(
        found,
        earlier=outline_of(first),
        later=outline_of(second),
        earlier_scale=earlier.scale,
        later_scale=later.scale,
    )
    then, now = shapely.Polygon(first.ring_mm), shapely.Polygon(second.ring_mm)
    truth = now.difference(then).area / 100, then.difference(now).area / 100
    off = told.gained_cm2 - truth[0], told.lost_cm2 - truth[1]
    wound_cm2 = then.area / 100
    return (
        (off[0] / wound_cm2, off[1] / wound_cm2),
        (off[0] / max(told.gained_cm2_sd, 1e-6), off[1] / max(told.lost_cm2_sd, 1e-6)),
    )


def stranger(seed: int) -> bool:
    """Whether a wound of one person is laid on another's."""
    first, second = pair(seed, cards=CARDS[seed % 4])[0], pair(seed + 1, cards=(False, True))[1]
    try:
        aligned(
            view_of(first),
            view_of(second),
            wound=outline_of(first),
            later_wound=outline_of(second),
        )
    except WoundtrackError:
        return False
    return True


def large(seed: int) -> tuple[float, float]:
    """Seconds of one core for a pair at twice its size, and MB at the most besides the photos."""
    views, wounds = [], []
    for shown in pair(seed, cards=(False, False)):
        pixels = cv2.resize(shown.pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        views.append(View(np.asarray(pixels, np.uint8)))
        ring = 2 * shown.to_px(shown.ring_mm) + 0.5
        wounds.append(Outline((tuple((float(x), float(y)) for x, y in ring),)))

    def lay() -> None:
        with contextlib.suppress(WoundtrackError):
            aligned(*views, wound=wounds[0], later_wound=wounds[1])

    start = time.process_time()
    lay()
    seconds = time.process_time() - start
    tracemalloc.start()
    lay()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, most


def rows_of(trials: Sequence[Trial]) -> list[Row]:
    """The rows of the rendered pairs."""
    done = [each for each in trials if each.off_mm is not None and each.flat_off_mm is not None]
    refused = counted(each.code for each in trials)
    part = 1 - len(done) / len(trials)
    rows = [
        Row("pairs refused", 100 * part, "%", f"of {len(trials)}: {refused or 'none'}", "≤ 10 %",
            part <= MOST_REFUSED)
    ]  # fmt: skip
    if not done:
        return rows
    for name, errors in (
        ("error at the margin", [each.off_mm for each in done]),
        ("error at the margin by the homography alone", [each.flat_off_mm for each in done]),
    ):
        every = np.concatenate([each for each in errors if each is not None])
        worst = [float(np.percentile(each, 95)) for each in errors if each is not None]
        p95 = float(np.percentile(every, 95))
        median = float(np.median(every))
        rows += [
            Row(name, median, "mm", f"pairs' own 95th: {max(worst):.2f} mm at most", "≤ 1 mm",
                median <= MEDIAN_MM),
            Row(f"{name}, 95th percentile", p95, "mm", "", "≤ 2.5 mm", p95 <= WORST_MM),
        ]  # fmt: skip
    honest = [
        float(np.percentile(each.off_mm, 95)) <= each.margin_mm
        for each in done
        if each.off_mm is not None
    ]
    part = float(np.mean(honest))
    rows.append(
        Row("pairs no farther off than told (95 %)", 100 * part, "%",
            f"told {np.median([each.margin_mm for each in done]):.2f} mm in the median",
            "93–97 %", HONEST[0] <= part <= HONEST[1])
    )  # fmt: skip
    return [*rows, *_area_rows(done), _time_row(done)]


def _area_rows(done: Sequence[Trial]) -> list[Row]:
    off = np.array([each.area_off for each in done if each.area_off is not None])
    z = np.array([each.area_z for each in done if each.area_z is not None])
    if not len(off):
        return []
    rows = []
    for column, name in enumerate(("gained", "lost")):
        sizes = np.abs(off[:, column])
        within = float(np.mean(sizes <= MOST_AREA_OFF))
        inside = 100 * float(np.mean(np.abs(z[:, column]) <= 1.96))
        median, p95 = 100 * float(np.median(sizes)), 100 * float(np.percentile(sizes, 95))
        rows.append(
            Row(f"{name} area off, of the wound, 95th percentile", p95, "%",
                f"median {median:.1f} %; {100 * within:.0f} % of {len(sizes)} pairs within 5 %; "
                f"{inside:.0f} % inside ± 1.96 sd", "≤ 5 %", p95 <= 100 * MOST_AREA_OFF)
        )  # fmt: skip
    return rows


def _time_row(done: Sequence[Trial]) -> Row:
    taken = [each.seconds for each in done]
    return Row("time of an alignment (2000 × 1500 px, one core)", float(np.median(taken)), "s",
               f"at most {max(taken):.1f} s")  # fmt: skip


def large_rows(first_seed: int) -> list[Row]:
    """The rows of 12 megapixels."""
    measured = tried(large, range(first_seed, first_seed + LARGE))
    seconds, most = (np.array(each) for each in zip(*measured, strict=True))
    return [
        Row("time of an alignment (4000 × 3000 px, one core)", float(np.median(seconds)), "s",
            f"of {LARGE}, refused ones too; at most {seconds.max():.1f} s", "≤ 2 s",
            float(np.median(seconds)) <= MOST_SECONDS),
        Row("memory of it, besides the photos", float(most.max()), "MB"),
    ]  # fmt: skip


def run() -> list[Row]:
    """The table's rows; the landmarks' are missing where the real photos are not here."""
    rows = rows_of(tried(trial, range(FIRST_SEED, FIRST_SEED + COUNT)))
    first = FIRST_SEED + 100_000
    accepted = sum(tried(stranger, range(first, first + 2 * STRANGERS, 2)))
    rows.append(
        Row("another person's wound taken for the same", 100 * accepted / STRANGERS, "%",
            f"{accepted} of {STRANGERS}", "0", accepted == 0)
    )  # fmt: skip
    rows += large_rows(first + 2 * STRANGERS)
    try:
        return [*rows, *toe_rows()]
    except Skip:
        return rows


def _line(each: Trial) -> str:
    if each.off_mm is None or each.flat_off_mm is None:
        return f"{each.seed} {each.code}"
    p95, flat = (float(np.percentile(off, 95)) for off in (each.off_mm, each.flat_off_mm))
    median = float(np.median(each.off_mm))
    areas = "" if each.area_off is None else " areas {:+.3f} {:+.3f}".format(*each.area_off)
    return (
        f"{each.seed} off {median:.2f} {p95:.2f} flat {flat:.2f} told {each.margin_mm:.2f}{areas}"
        f" {each.seconds:.1f} s"
    )


if __name__ == "__main__":
    seeds = seeds_of(sys.argv[1:], count=20, first=910_000)
    print(markdown(rows_of(tried(trial, seeds, told=_line))))
