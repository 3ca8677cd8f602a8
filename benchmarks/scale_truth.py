"""What is true of a rendered photo: its area, its graduations, and whether it can be read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.render_camera import Array
from benchmarks.scale_camera import Sight
from benchmarks.scale_design import Design, Row, Told
from benchmarks.scale_effects import Look
from benchmarks.scale_laid import Laid
from benchmarks.scale_layout import Layout
from woundtrack.photo.types import Photo, Pixels

LEAST_PITCH_PX, LEAST_TICKS, MOST_BLUR_PX, MOST_TILT_DEG = 4.0, 20, 1.5, 35.0
LEAST_DIGIT_PX, LEAST_DIGITS = 8.0, 2
RIM_PX = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """The graduations of one row of one ruler as they truly are."""

    laid: Laid
    row: Row
    """As printed."""
    ends_px: Array
    """(N, 2, 2): base and tip of each, through tilt and lens."""
    seen: NDArray[np.bool_]
    """(N,): in the frame, towards the camera, under nothing and not burnt out by glare."""
    digits_seen: int
    """How many numbers on the whole ruler a person could read."""

    @property
    def pitch_px(self) -> float:
        """The smallest step between neighbours that are seen; 0 where none are."""
        step = np.hypot(*np.diff(self.ends_px[:, 0], axis=0).T)
        both = self.seen[1:] & self.seen[:-1]
        return float(step[both].min()) if both.any() else 0.0

    @property
    def readable(self) -> bool:
        """Whether enough is seen of it, large enough, and its unit is told."""
        told = self.laid.design.told
        return (
            self.pitch_px >= LEAST_PITCH_PX
            and int(self.seen.sum()) >= LEAST_TICKS
            and (told is Told.TICKS or (told is Told.DIGITS and self.digits_seen >= LEAST_DIGITS))
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A rendered photo and its truth."""

    seed: int
    pixels: Pixels
    photo: Photo
    jpeg: bytes
    layout: Layout
    look: Look
    outline_px: Array
    """(N, 2): the wound's true ring, through tilt and lens."""
    area_mm2: float
    rows: tuple[Ticks, ...]
    hidden: float
    """The part of the first row's graduations in the frame that is under something."""

    @property
    def design(self) -> Design:
        """Of the first ruler."""
        return self.layout.rulers[0].design

    @property
    def family(self) -> str:
        """Of the first ruler."""
        return self.design.family

    @property
    def sight(self) -> Sight:
        """Camera and surface: `to_px`, `to_mm`."""
        return self.layout.sight

    @property
    def limb(self) -> str:
        """ "flat", or how the ruler lies on a limb: "along", "round", "oblique"."""
        return self.layout.limb

    @property
    def flat(self) -> bool:
        """Whether ruler and wound lie in a plane."""
        return self.limb == "flat"

    @property
    def tilt_deg(self) -> float:
        """Between the plane's normal and the camera's axis."""
        return self.sight.camera.tilt_deg

    @property
    def homography_mm_to_px(self) -> Array:
        """Of the wound's plane, before the lens bends it (3, 3)."""
        camera = self.sight.camera
        cx, cy = camera.centre_px
        inner = np.array([[camera.focal_px, 0, cx], [0, camera.focal_px, cy], [0, 0, 1.0]])
        turn = camera.rotation
        return inner @ np.column_stack([turn[:, 0], turn[:, 1], camera.place_mm])

    @property
    def best_row(self) -> Ticks | None:
        """Of the rows whose steps are large enough, the one with most graduations seen."""
        return max(
            self.rows,
            key=lambda row: (row.readable, row.pitch_px >= LEAST_PITCH_PX, int(row.seen.sum())),
            default=None,
        )

    @property
    def pitch_px(self) -> float:
        """The smallest step of the best row that is seen."""
        return self.best_row.pitch_px if self.best_row else 0.0

    @property
    def blur_px(self) -> float:
        """One sd, of blur and motion together."""
        return self.look.blur_in_all_px

    @property
    def readable(self) -> bool:
        """Whether the issue asks that it be read: a flat scene that shows enough to a person."""
        clear = self.blur_px <= MOST_BLUR_PX and self.tilt_deg <= MOST_TILT_DEG
        return self.flat and clear and any(row.readable for row in self.rows)


def ticks_of(plan: Layout, laid: Laid, number: int, hidden: Pixels) -> Ticks:
    """The graduations of a ruler's row, where `hidden` (h, w) is 0 where they can be seen."""
    row = laid.design.rows[number]
    ends_mm = laid.to_surface(row.ends_mm())
    flat = ends_mm.reshape(-1, 2)
    ends_px = plan.sight.to_px(flat, laid.height_mm).reshape(-1, 2, 2)
    framed = _framed(ends_px, plan.size_px)
    facing = plan.sight.seen(flat).reshape(-1, 2).all(axis=1)
    inner = np.stack([0.8 * ends_px[:, 0] + 0.2 * ends_px[:, 1],
                      0.2 * ends_px[:, 0] + 0.8 * ends_px[:, 1]], axis=1)  # fmt: skip
    free = np.zeros(len(ends_px), bool)
    places = np.rint(inner[framed]).astype(int)
    free[framed] = (hidden[places[..., 1], places[..., 0]] == 0).all(axis=1)
    digits = _digits_seen(plan, laid, hidden)
    return Ticks(laid, row, ends_px, framed & facing & free, digits)


def _framed(ends_px: Array, size_px: tuple[int, int]) -> NDArray[np.bool_]:
    """Which graduations (N, 2, 2) lie wholly in the frame."""
    within = (ends_px > RIM_PX) & (ends_px < np.array(size_px) - 1 - RIM_PX)
    inside: NDArray[np.bool_] = within.all(axis=(1, 2))
    return inside


def hidden_part(rows: tuple[Ticks, ...], plan: Layout) -> float:
    """Of the first row's graduations in the frame, the part that is not seen."""
    framed = _framed(rows[0].ends_px, plan.size_px) if rows else np.zeros(0, bool)
    return float(1 - rows[0].seen[framed].mean()) if framed.any() else 0.0


def _digits_seen(plan: Layout, laid: Laid, hidden: Pixels) -> int:
    """How many numbers of graduations a person could read."""
    seen = 0
    for text in laid.design.texts:
        if not text.counts:
            continue
        half = 0.5 * text.height_mm
        box = np.array([[-half, -half], [half, -half], [half, half], [-half, half], [0, 0]])
        spots = laid.to_surface(box + np.array([text.x_mm, text.y_mm]))
        px = plan.sight.to_px(spots, laid.height_mm)
        if not (plan.sight.seen(spots).all() and _inside(px, plan.size_px)):
            continue
        places = np.rint(px).astype(int)
        tall = min(np.hypot(*(px[0] - px[3])), np.hypot(*(px[0] - px[1])))
        seen += bool((hidden[places[:, 1], places[:, 0]] == 0).all() and tall >= LEAST_DIGIT_PX)
    return seen


def _inside(px: Array, size_px: tuple[int, int]) -> bool:
    return bool((px > RIM_PX).all() and (px < np.array(size_px) - 1 - RIM_PX).all())
