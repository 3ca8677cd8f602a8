"""Where the rulers, the wound and the camera of a scene are: all that its truth rests on."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from benchmarks.render import ulcer_ring_mm
from benchmarks.render_camera import Array, Camera, tilted_camera
from benchmarks.scale_beside import PRINT_SD, second_ruler, things
from benchmarks.scale_camera import Sight, Surface
from benchmarks.scale_design import Design
from benchmarks.scale_families import FAMILIES, design_of
from benchmarks.scale_laid import Laid
from woundtrack.photo.exif import FILM_DIAGONAL_MM, FOCAL_LENGTH, FOCAL_LENGTH_35MM, camera_facts

Chance = np.random.Generator
SIZES_PX = ((2016, 1512), (1512, 2016), (2048, 1536), (2304, 1728), (1728, 2304), (2268, 1512))
EQUIVALENTS_MM = (24, 25, 26, 26, 26, 27, 28, 28, 31, 35, 48, 52, 65, 77)
"""Of phones and of cameras for wards, 35 mm equivalent."""
NEAREST_MM = (110.0, 180.0)
"""Cameras are seldom held, or focused, nearer than this."""
PHONE_FOCAL_SD = 0.02
"""True focal length against the maker's figure."""
FOCALS = ("exact", "rounded", "rounded", "rounded", "rounded", "missing", "cropped")
LIMBS = ("along", "round", "oblique")
CLEAR_PX = 8
NOW = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - EXIF has no zone


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a scene; None leaves it to chance."""

    design: Design | None = None
    family: str | None = None
    size_px: tuple[int, int] | None = None
    max_tilt_deg: float = 30.0
    least_tilt_deg: float = 0.0
    focal: str | None = None
    limb: str | None = None
    """One of LIMBS, "flat", or None."""
    hardship: float = 1.0
    alone: bool = False
    """One ruler and nothing else."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A scene's geometry and what the photo's file tells of its camera."""

    sight: Sight
    rulers: tuple[Laid, ...]
    things: tuple[Laid, ...]
    """What lies under the rulers and beside them."""
    ring_mm: Array
    focal: str
    told_focal_px: float | None
    told_focal_sd: float
    limb: str

    @property
    def size_px(self) -> tuple[int, int]:
        """Of the frame."""
        return self.sight.camera.width_px, self.sight.camera.height_px


def layout(seed: int, wish: Wish) -> Layout:
    """The geometry of a seed. Tried anew until the wound lies in the frame."""
    for attempt in range(40):
        chance = np.random.default_rng([seed, 1, attempt])
        found = _tried(chance, seed, wish, closer=0.97**attempt)
        px = found.sight.to_px(found.ring_mm)
        width, height = found.size_px
        inside = (px > CLEAR_PX).all() and (px < np.array([width, height]) - CLEAR_PX).all()
        if inside and found.sight.seen(found.ring_mm).all():
            return found
    raise ValueError(f"scene {seed}: the wound does not fit")


def _tried(chance: Chance, seed: int, wish: Wish, *, closer: float) -> Layout:
    family = wish.family or tuple(FAMILIES)[seed % len(FAMILIES)]
    design = wish.design or design_of(family, np.random.default_rng([seed, 0]))
    focal = wish.focal or FOCALS[int(chance.integers(len(FOCALS)))]
    limb = wish.limb or ("flat" if chance.random() < 0.84 else LIMBS[int(chance.integers(3))])
    size = _size(chance, wish, cropped=focal == "cropped")
    roll = float(chance.uniform(0, 360))
    span = _span_px(size, roll)
    equivalent = float(EQUIVALENTS_MM[int(chance.integers(len(EQUIVALENTS_MM)))])
    camera_focal, told = _focal(chance, focal, equivalent, size)
    nearest = camera_focal / float(chance.uniform(*NEAREST_MM))
    per_mm = _px_per_mm(chance, design, span, nearest) * closer
    start, end = _window(chance, design, span / per_mm)
    radius = float(chance.uniform(30, 100))
    most = 0.42 * min(size) / per_mm
    if limb != "flat":
        most = min(most, 0.8 * radius)
    ring = _ring(chance, design, (start, end), most)
    middle = ring.mean(axis=0)
    look = np.array([0.5 * (start + end), 0.5 * (middle[1] + 0.4 * design.size_mm[1])])
    look[0] += 0.25 * (middle[0] - look[0])
    surface = Surface()
    if limb != "flat":
        turn = {"along": 0.0, "round": 90.0, "oblique": chance.uniform(25, 65)}[limb]
        top = 0.5 * (middle + np.clip(middle, (start, 0), (end, design.size_mm[1])))
        surface = Surface(radius, float(turn + chance.normal(0, 4)), (float(top[0]), float(top[1])))
    camera = _camera(chance, wish, size, camera_focal, look, per_mm, roll, focal)
    lift = float(chance.uniform(0, 0.8)) if chance.random() < 0.8 else 0.0
    first = Laid(
        design,
        enlarged=1 + PRINT_SD * float(chance.normal()),
        height_mm=wish.hardship * lift,
    )
    sight = Sight(camera, surface)
    if wish.alone:
        return Layout(sight, (first,), (), ring, focal, told[0], told[1], limb)
    rulers = (first, *second_ruler(np.random.default_rng([seed, 9]), sight, first, ring))
    beside = things(np.random.default_rng([seed, 10]), sight, rulers, ring)
    return Layout(sight, rulers, beside, ring, focal, told[0], told[1], limb)


def _size(chance: Chance, wish: Wish, *, cropped: bool) -> tuple[int, int]:
    size = SIZES_PX[int(chance.integers(len(SIZES_PX)))]
    part = chance.uniform(0.62, 1.0, 2)
    if wish.size_px is not None:
        return wish.size_px
    return (int(size[0] * part[0]), int(size[1] * part[1])) if cropped else size


def _span_px(size: tuple[int, int], roll_deg: float) -> float:
    """How long the line through the frame's middle is that the ruler lies along."""
    cosine, sine = abs(np.cos(np.radians(roll_deg))), abs(np.sin(np.radians(roll_deg)))
    return float(min(size[0] / max(cosine, 1e-6), size[1] / max(sine, 1e-6)))


def _px_per_mm(chance: Chance, design: Design, span: float, nearest: float) -> float:
    """So large that the ruler fills a part of the frame, or its graduations can be told apart.

    No larger than `nearest`, unless the graduations need it.
    """
    filled = chance.uniform(0.5, 0.92) * span / design.size_mm[0]
    finest = min((row.pitch_mm for row in design.rows), default=1.0)
    wanted, needed = chance.uniform(4.6, 8.0) / finest, 4.6 / finest
    if chance.random() < 0.06:
        wanted, needed = 0.6 * wanted, 0.6 * needed
    return float(np.clip(max(filled, wanted), 1.2, max(nearest, needed)))


def _window(chance: Chance, design: Design, seen_mm: float) -> tuple[float, float]:
    """The stretch of the ruler meant to be in the frame."""
    length = design.size_mm[0]
    seen = 0.96 * seen_mm
    cut = chance.random() < 0.2
    if seen < length:
        start = float(chance.uniform(0, length - seen))
        return start, start + seen
    if not cut:
        return 0.0, length
    slack = float(chance.uniform(0.1, 0.4)) * length
    return (slack, length) if chance.random() < 0.5 else (0.0, length - slack)


def _ring(chance: Chance, design: Design, window: tuple[float, float], most: float) -> Array:
    """A wound beside the ruler, or in the corner of one with two arms, no wider than `most`."""
    area = float(np.exp(chance.uniform(np.log(70), np.log(1300))))
    ring = ulcer_ring_mm(chance, area_mm2=area, centre_mm=(0.0, 0.0))
    ring = ring - 0.5 * (ring.min(axis=0) + ring.max(axis=0))
    ring = ring * min(1.0, most / float(np.ptp(ring, axis=0).max()))
    half = 0.5 * np.ptp(ring, axis=0)
    gap = float(chance.uniform(3, 16))
    along = window[0] + (window[1] - window[0]) * float(chance.uniform(0.25, 0.75))
    if len(design.sheets_mm) > 1:
        corner = design.sheets_mm[0][3] + gap
        return ring + np.array([max(corner + half[0], min(along, corner + 40)), corner + half[1]])
    below = chance.random() < 0.5
    across = design.size_mm[1] + gap + half[1] if below else -gap - half[1]
    return ring + np.array([along, across])


def _focal(
    chance: Chance, kind: str, equivalent_mm: float, size: tuple[int, int]
) -> tuple[float, tuple[float | None, float]]:
    """The camera's focal length in px, and what its file makes the program believe (px, sd)."""
    diagonal = float(np.hypot(*size))
    told_mm = equivalent_mm
    if kind == "exact":
        true_mm = told_mm = equivalent_mm + float(chance.uniform(-0.5, 0.5))
    else:
        true_mm = equivalent_mm + float(chance.uniform(-0.5, 0.5))
        true_mm *= 1 + PHONE_FOCAL_SD * float(chance.normal())
    focal_px = true_mm * diagonal / FILM_DIAGONAL_MM
    if kind == "cropped":
        return focal_px * float(chance.uniform(1.2, 2.2)), (None, 0.0)
    if kind == "missing":
        return focal_px, (None, 0.0)
    facts = camera_facts(
        {FOCAL_LENGTH_35MM: told_mm, FOCAL_LENGTH: told_mm / 6.0},
        width_px=size[0], height_px=size[1], now=NOW,
    )  # fmt: skip
    return focal_px, (facts.focal_px, facts.focal_relative_sd)


def _camera(
    chance: Chance,
    wish: Wish,
    size: tuple[int, int],
    focal_px: float,
    look: Array,
    per_mm: float,
    roll: float,
    kind: str,
) -> Camera:
    """Tilted any way, its principal point and lens a little off."""
    diagonal = float(np.hypot(*size))
    shift = wish.hardship * chance.normal(0, 0.004, 2) * diagonal
    if kind == "cropped":
        shift = chance.uniform(-0.22, 0.22, 2) * np.array(size)
    aim = chance.uniform(-0.04, 0.04, 2) * np.array(size) - shift
    return tilted_camera(
        tilt_deg=float(chance.uniform(wish.least_tilt_deg, wish.max_tilt_deg)),
        azimuth_deg=float(chance.uniform(0, 360)),
        roll_deg=roll,
        focal_px=focal_px,
        look_at_mm=(float(look[0]), float(look[1])),
        mm_across=size[0] / per_mm,
        size_px=size,
        aim_px=(float(aim[0]), float(aim[1])),
        centre_shift_px=(float(shift[0]), float(shift[1])),
        k1=wish.hardship * float(chance.normal(0, 0.007)),
        k2=wish.hardship * float(chance.normal(0, 0.003)),
    )
