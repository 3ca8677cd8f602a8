"""Rendered photos of rulers of many kinds beside a wound, with exact truth: `scene(seed)`.

All chance comes from the seed, each part of the photo from a stream of its own.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks import scale_skin
from benchmarks.render import polygon_mm2
from benchmarks.render_camera import Array
from benchmarks.scale_camera import CELL_PX, Sight
from benchmarks.scale_cover import cover_over
from benchmarks.scale_design import INK, WHITE, Design
from benchmarks.scale_effects import BURNT, glare_over, look_of, taken
from benchmarks.scale_laid import Laid
from benchmarks.scale_lay import Picture, lay, samples_per_mm
from benchmarks.scale_layout import Layout, Wish, layout
from benchmarks.scale_print import MARGIN_MM, printed
from benchmarks.scale_truth import Scene, hidden_part, ticks_of
from woundtrack.photo.types import Photo, Pixels

Floats32 = NDArray[np.float32]
LEAST_CONTRAST = 70.0
GLOSS = {"plastic": 0.7, "steel": 0.6, "paper": 0.25, "cloth": 0.1}


def scene(
    seed: int,
    *,
    design: Design | None = None,
    family: str | None = None,
    size_px: tuple[int, int] | None = None,
    max_tilt_deg: float = 30.0,
    least_tilt_deg: float = 0.0,
    focal: str | None = None,
    limb: str | None = None,
    hardship: float = 1.0,
    alone: bool = False,
) -> Scene:
    """The photo of a seed.

    `focal`: "exact", "rounded", "missing" or "cropped"; `limb`: "flat", "along", "round" or
    "oblique"; both by chance where None. `hardship` scales blur, noise, glare, cover and lens.
    `alone`: no second ruler, and nothing else beside the wound.
    """
    wish = Wish(design, family, size_px, max_tilt_deg, least_tilt_deg, focal, limb, hardship, alone)
    plan = layout(seed, wish)
    outline_px = plan.sight.to_px(plan.ring_mm)
    image, glossy = _painted(plan, outline_px, seed)
    hidden = np.zeros(image.shape[:2], np.uint8)
    _cover(image, hidden, plan, np.random.default_rng([seed, 5]), hardship)
    glare = _glare(glossy, hidden, plan, np.random.default_rng([seed, 6]), hardship)
    look = look_of(np.random.default_rng([seed, 7]), hardship)
    jpeg = taken(image, glare, look, seed)
    rows = tuple(
        ticks_of(plan, laid, number, hidden)
        for laid in plan.rulers
        for number in range(len(laid.design.rows))
    )
    return Scene(
        seed=seed,
        pixels=cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR),
        photo=Photo(
            *plan.size_px,
            "image/jpeg",
            len(jpeg),
            focal_px=plan.told_focal_px,
            focal_relative_sd=plan.told_focal_sd,
        ),
        jpeg=jpeg,
        layout=plan,
        look=look,
        outline_px=outline_px,
        area_mm2=polygon_mm2(plan.ring_mm),
        rows=rows,
        hidden=hidden_part(rows, plan),
    )


def _painted(plan: Layout, outline_px: Array, seed: int) -> tuple[Pixels, Floats32]:
    """Skin, wound, rulers and other things as they lie; how glossy each px is by the rulers."""
    image, limb_part = _ground(plan, outline_px, np.random.default_rng([seed, 2]))
    for place, laid in enumerate(plan.things):
        _lay(image, limb_part, plan.sight, laid, np.random.default_rng([seed, 11, place]))
    scale_skin.wound(image, outline_px, np.random.default_rng([seed, 3]))
    glossy = np.zeros(image.shape[:2], np.float32)
    for place, laid in enumerate(plan.rulers):
        chance = np.random.default_rng([seed, 4, place])
        own = _lay(image, limb_part, plan.sight, laid, chance)
        np.maximum(glossy, own, out=glossy)
    return image, glossy


def _ground(
    plan: Layout, outline_px: Array, chance: np.random.Generator
) -> tuple[Pixels, Floats32 | None]:
    """Skin with hair and pen marks, beyond a limb's or a body's side a drape; where the limb is."""
    image = scale_skin.skin(plan.size_px, chance)
    if chance.random() < 0.5:
        scale_skin.hairs(image, chance, count=int(chance.uniform(10, 160)))
    if chance.random() < 0.15:
        scale_skin.pen_marks(image, outline_px, chance)
    if plan.sight.surface.radius_mm:
        return _limb(image, plan, chance)
    if chance.random() < 0.6:
        rims = [plan.sight.to_px(rim) for laid in plan.rulers for rim in laid.rims_mm()]
        keep = outline_px if chance.random() < 0.3 else np.concatenate([outline_px, *rims])
        scale_skin.beyond_side(image, keep, chance)
    return image, None


def _limb(image: Pixels, plan: Layout, chance: np.random.Generator) -> tuple[Pixels, Floats32]:
    """Skin shaded round the limb with what is behind it, and where the limb is (h, w), 0 to 1."""
    height, width = image.shape[:2]
    sight, step = plan.sight, CELL_PX
    across = [(np.arange(-1, size // step + 2) + 0.5) * step - 0.5 for size in (width, height)]
    points = np.stack(np.meshgrid(*across), axis=-1)
    directions = sight.camera.sights(points.reshape(-1, 2)) @ sight.camera.rotation
    places = sight.surface.met(sight.origin, directions)
    facing = np.clip(sight.surface.facing(places, sight.origin), 0, 1)
    inside = sight.surface.clearance(sight.origin, directions)
    coarse = np.stack([0.35 + 0.65 * facing, inside], axis=-1).reshape(*points.shape)
    full = cv2.resize(coarse.astype(np.float32), None, fx=step, fy=step)
    shade, inside = cv2.split(full[step : step + height, step : step + width])
    on = np.clip(inside * sight.px_per_mm(sight.surface.top_mm) + 0.5, 0, 1).astype(np.float32)
    body = cv2.multiply(image, cv2.merge([shade] * 3), dtype=cv2.CV_8U)
    return cv2.blendLinear(body, scale_skin.drape(plan.size_px, chance), on, 1 - on), on


def _lay(
    image: Pixels,
    limb_part: Floats32 | None,
    sight: Sight,
    laid: Laid,
    chance: np.random.Generator,
) -> Floats32:
    """Lay a ruler into the image; how glossy each px is by it."""
    rim = np.concatenate(laid.rims_mm())
    per_mm = samples_per_mm(sight, rim, image.shape)
    content = printed(_legible(laid.design, image, rim, sight), px_per_mm=per_mm, chance=chance)
    to_px = laid.from_surface()
    to_px[:, 2] += MARGIN_MM
    to_px *= per_mm
    to_px[:, 2] -= 0.5
    design = laid.design
    shadow = float(chance.uniform(0.15, 0.5)) * min(1.0, 0.2 + design.opacity)
    picture = Picture(content, to_px, laid.height_mm, GLOSS[design.stuff], shadow)
    return lay(image, sight, picture, rim, within=limb_part)


def _legible(design: Design, image: Pixels, rim: Array, sight: Sight) -> Design:
    """A clear ruler that would be lost on what it lies on has the ink that is seen on it."""
    if design.opacity > 0.6:
        return design
    inner = 0.2 * rim.mean(axis=0) + 0.8 * rim
    px = np.clip(sight.to_px(inner).astype(int), 0, np.array(image.shape[1::-1]) - 1)
    below = float(np.median(image[px[:, 1], px[:, 0]].mean(axis=1)))
    if abs(below - float(np.mean(design.ink))) > LEAST_CONTRAST:
        return design
    return replace(design, ink=WHITE if below < 128 else INK)


def _cover(
    image: Pixels, hidden: Pixels, plan: Layout, chance: np.random.Generator, hardship: float
) -> None:
    """Lay something over up to 40 % of the first ruler, at one place or two."""
    if chance.random() > 0.5 * hardship:
        return
    laid = plan.rulers[0]
    x0, y0, x1, y1 = laid.design.sheets_mm[0]
    along = np.linspace(x0, x1, 60)
    middle = np.column_stack([along, np.full(60, 0.5 * (y0 + y1))])
    px = plan.sight.to_px(laid.to_surface(middle), laid.height_mm)
    inside = ((px > 0) & (px < np.array(plan.size_px))).all(axis=1)
    if inside.sum() < 8:
        return
    first, last = along[inside].min(), along[inside].max()
    part = chance.uniform(0.05, 0.4)
    places = 1 if chance.random() < 0.75 else 2
    per_mm = plan.sight.px_per_mm((float(along[30]), float(middle[30, 1])))
    for _ in range(places):
        wide = part / places * (last - first)
        start = chance.uniform(first, last - wide)
        line = np.array([[start, 0.5 * (y0 + y1)], [start + wide, 0.5 * (y0 + y1)]])
        rims = np.array([[start + wide / 2, y0], [start + wide / 2, y1]])
        ends = plan.sight.to_px(laid.to_surface(line), laid.height_mm)
        across = np.diff(plan.sight.to_px(laid.to_surface(rims), laid.height_mm), axis=0)[0] / 2
        cover_over(image, hidden, ends, across, per_mm, chance)


def _glare(
    glossy: Floats32,
    hidden: Pixels,
    plan: Layout,
    chance: np.random.Generator,
    hardship: float,
) -> Floats32 | None:
    """Sometimes a band of light across the ruler; burnt-out places count as hidden."""
    if chance.random() > 0.35 * hardship:
        return None
    design = plan.rulers[0].design
    point = np.array([[chance.uniform(0, design.size_mm[0]), 0.3 * design.size_mm[1]]])
    centre = plan.sight.to_px(plan.rulers[0].to_surface(point))[0]
    glare = glare_over(glossy.shape, glossy, (float(centre[0]), float(centre[1])), chance)
    hidden[glare > BURNT] = 255
    return glare
