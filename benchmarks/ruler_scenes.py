"""Rendered photos of rulers of many designs on skin, with exact truth."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo, Pixels

Floats = NDArray[np.float64]
INCH_MM = 25.4
TEXTURE_PX_PER_MM = 24.0
SKINS_BGR = ((200, 216, 240), (140, 180, 224), (96, 140, 198), (60, 94, 150), (40, 60, 96))


@dataclass(frozen=True)
class Scale1D:
    """One row of graduations: from (x, y) mm along x, tips towards +y or −y."""

    pitch_mm: float
    count: int
    lengths_mm: dict[int, float]
    """Length by period, as {1: short, 5: middle, 10: long}: the largest period that fits."""
    x_mm: float = 3.0
    y_mm: float = 0.0
    tip: int = 1
    width_mm: float = 0.2
    digits_every: int = 10
    phase: int = 0
    turned: bool = False
    """Along y instead of along x, tips towards ±x."""

    def length(self, number: int) -> float:
        fits = [each for each in self.lengths_mm if (number - self.phase) % each == 0]
        return self.lengths_mm[max(fits)]


@dataclass(frozen=True)
class Design:
    """A ruler: a sheet of some colour with rows of graduations."""

    name: str
    size_mm: tuple[float, float]
    rows: tuple[Scale1D, ...]
    sheet_bgr: tuple[int, int, int] | None = (245, 245, 245)
    ink_bgr: tuple[int, int, int] = (25, 25, 25)
    readable: bool = True
    base_line: bool = False
    arm_mm: tuple[float, float] | None = None
    """(width, length) of the second arm of an L, along +y from x = 0."""


MM = {1: 2.6, 5: 4.0, 10: 5.6}


def designs() -> tuple[Design, ...]:
    """The designs, readable ones first."""
    sixteenths = {1: 2.2, 2: 3.0, 4: 3.8, 8: 5.0, 16: 6.5}
    half = {1: 1.6, 2: 2.8, 10: 4.0, 20: 5.4}
    arm = Scale1D(1.0, 71, MM, x_mm=25.0, y_mm=5.0, tip=-1, turned=True)
    return (
        Design("paper", (126, 18), (Scale1D(1.0, 121, MM),)),
        Design("inset", (126, 25), (Scale1D(1.0, 121, MM, y_mm=2.0, width_mm=0.15),)),
        Design("base line", (106, 22), (Scale1D(1.0, 101, MM, y_mm=3.0),), base_line=True),
        Design(
            "white on black",
            (156, 25),
            (Scale1D(1.0, 151, {1: 3.0, 5: 4.5, 10: 6.5}, y_mm=0.6, width_mm=0.25),),
            sheet_bgr=(30, 28, 26),
            ink_bgr=(235, 235, 235),
        ),
        Design("half mm", (106, 25), (Scale1D(0.5, 201, half, width_mm=0.12, digits_every=20),)),
        Design(
            "cm and inch",
            (156, 30),
            (
                Scale1D(1.0, 151, MM, width_mm=0.18),
                Scale1D(INCH_MM / 16, 93, sixteenths, y_mm=30, tip=-1, digits_every=16),
            ),
        ),
        Design(
            "inch",
            (156, 25),
            (Scale1D(INCH_MM / 16, 94, sixteenths, digits_every=16, width_mm=0.22),),
        ),
        Design("no fives", (106, 20), (Scale1D(1.0, 101, {1: 2.5, 10: 5.0}),)),
        Design(
            "yellow tape",
            (160, 15),
            (Scale1D(1.0, 155, {1: 3.0, 5: 5.5, 10: 8.0}, width_mm=0.35),),
            sheet_bgr=(60, 200, 240),
        ),
        Design(
            "blue on clear",
            (126, 25),
            (Scale1D(1.0, 121, MM, y_mm=1.0),),
            sheet_bgr=None,
            ink_bgr=(120, 50, 20),
        ),
        Design(
            "both edges",
            (106, 30),
            (Scale1D(1.0, 101, MM), Scale1D(1.0, 101, MM, y_mm=30, tip=-1)),
        ),
        Design(
            "L",
            (110, 25),
            (Scale1D(1.0, 81, MM, x_mm=27.0), arm),
            arm_mm=(25, 90),
        ),
        Design("short", (56, 18), (Scale1D(1.0, 51, MM),)),
        Design(
            "only 5 mm",
            (126, 18),
            (Scale1D(5.0, 25, {1: 3.0, 2: 5.0}, digits_every=2),),
            readable=False,
        ),
        Design("even", (126, 18), (Scale1D(2.0, 61, {1: 4.0}),), readable=False),
        Design("fives alike", (126, 18), (Scale1D(1.0, 121, {1: 2.5, 5: 5.0}),), readable=False),
        Design("tenths of an inch", (156, 20), (Scale1D(2.54, 59, MM),), readable=False),
        Design("2 mm", (126, 20), (Scale1D(2.0, 61, {1: 2.6, 5: 4.6}),), readable=False),
    )


@dataclass(frozen=True)
class Scene:
    """A rendered photo and its truth."""

    pixels: Pixels
    photo: Photo
    design: Design
    outline_px: Floats
    area_mm2: float
    tilt_deg: float
    pitch_px: float
    blur_px: float
    hidden: float
    """The part of the ruler under a dressing."""
    notes: dict[str, float] = field(default_factory=dict)


def render(
    seed: int,
    *,
    design: Design | None = None,
    size_px: tuple[int, int] = (2016, 1512),
    max_tilt_deg: float = 25.0,
    focal_known: bool = True,
    hardship: float = 1.0,
) -> Scene:
    """The scene of a seed. `hardship` scales blur, noise, glare, occlusion and lens faults."""
    chance = np.random.default_rng(seed)
    design = design if design is not None else designs()[seed % len(designs())]
    width, height = size_px
    diagonal = float(np.hypot(width, height))
    focal = diagonal * chance.uniform(0.55, 0.85)
    view = _view(chance, design, size_px, focal, max_tilt_deg)
    k1 = hardship * chance.normal(0, 0.006)
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    camera_centre = centre + hardship * chance.normal(0, 0.004, 2) * diagonal
    to_px = np.array([[focal, 0, camera_centre[0]], [0, focal, camera_centre[1]], [0, 0, 1]]) @ view
    texture, origin_mm = _texture(design, chance)
    grey = _photographed(texture, origin_mm, to_px, k1, centre, diagonal, size_px, design, chance)
    outline_mm = _wound(chance, design)
    outline_px = _distorted(_through(to_px, outline_mm), k1, centre, diagonal)
    image = cv2.fillPoly(grey, [np.round(outline_px).astype(np.int32)], (40, 40, 150))
    hidden = _cover(image, to_px, design, chance, hardship)
    blur = 0.45 + hardship * chance.uniform(0, 0.9)
    image = _camera(image, blur, hardship, chance)
    middle = np.array([[design.size_mm[0] / 2, design.size_mm[1] / 2]])
    step = _through(to_px, np.concatenate([middle, middle + np.array([[1.0, 0.0]])]))
    tilt = np.degrees(np.arccos(abs(np.cross(view[:, 0], view[:, 1])[2])))
    photo = Photo(
        width_px=width,
        height_px=height,
        media_type="image/jpeg",
        byte_count=0,
        focal_px=focal * (1 + 0.01 * float(chance.normal())) if focal_known else None,
        focal_relative_sd=0.02 if focal_known else 0.0,
    )
    return Scene(
        pixels=image,
        photo=photo,
        design=design,
        outline_px=outline_px,
        area_mm2=polygon_area(outline_mm),
        tilt_deg=float(tilt),
        pitch_px=float(np.hypot(*(step[1] - step[0]))) * min(r.pitch_mm for r in design.rows),
        blur_px=blur,
        hidden=hidden,
        notes={"k1": float(k1)},
    )


def polygon_area(points: Floats) -> float:
    """By the shoelace formula."""
    x, y = points[:, 0], points[:, 1]
    return 0.5 * abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))))


def _view(
    chance: np.random.Generator,
    design: Design,
    size_px: tuple[int, int],
    focal: float,
    max_tilt_deg: float,
) -> Floats:
    """[r1 r2 t]: the ruler and a wound beside it fill much of the frame, turned any way."""
    azimuth, turn = chance.uniform(0, 2 * np.pi, 2)
    tilt = np.radians(chance.uniform(0, max_tilt_deg))
    axis = np.array([np.cos(azimuth), np.sin(azimuth), 0]) * tilt
    rotation = cv2.Rodrigues(axis)[0] @ cv2.Rodrigues(np.array([0, 0, turn]))[0]
    length = design.size_mm[0]
    span = chance.uniform(0.42, 0.8) * size_px[1]
    distance = focal * length / span
    middle = np.array([length / 2, design.size_mm[1] / 2 + 15.0, 0.0])
    offset = chance.uniform(-0.05, 0.05, 2) * size_px[1] * distance / focal
    shift = np.array([offset[0], offset[1], distance]) - rotation @ middle
    return np.stack([rotation[:, 0], rotation[:, 1], shift], axis=1)


def _texture(design: Design, chance: np.random.Generator) -> tuple[NDArray[np.uint8], Floats]:
    """The ruler drawn flat with an alpha channel, and the mm of its first px."""
    scale, margin = TEXTURE_PX_PER_MM, 1.0
    wide = design.size_mm[0] + 2 * margin
    tall = max(design.size_mm[1], design.arm_mm[1] if design.arm_mm else 0.0) + 2 * margin
    image = np.zeros((int(tall * scale), int(wide * scale), 4), np.uint8)

    def px(x: float, y: float) -> tuple[int, int]:
        return round((x + margin) * scale * 16), round((y + margin) * scale * 16)

    def box(x0: float, y0: float, x1: float, y1: float, colour: tuple[int, int, int]) -> None:
        corners = np.array([px(x0, y0), px(x1, y0), px(x1, y1), px(x0, y1)], np.int32)
        cv2.fillPoly(image, [corners], (*colour, 255), cv2.LINE_AA, 4)

    if design.sheet_bgr is not None:
        box(0, 0, *design.size_mm, design.sheet_bgr)
        if design.arm_mm is not None:
            box(0, 0, *design.arm_mm, design.sheet_bgr)
    for row in design.rows:
        for number in range(row.count):
            at, length = number * row.pitch_mm, row.length(number) * row.tip
            half = row.width_mm / 2
            if row.turned:
                x, y = row.x_mm, row.y_mm + at
                box(min(x, x + length), y - half, max(x, x + length), y + half, design.ink_bgr)
                continue
            x, y = row.x_mm + at, row.y_mm
            box(x - half, min(y, y + length), x + half, max(y, y + length), design.ink_bgr)
            if row.digits_every and (number - row.phase) % row.digits_every == 0:
                _digit(image, px, design, row, x, length)
        if design.base_line and not row.turned:
            box(
                row.x_mm,
                row.y_mm - 0.15,
                row.x_mm + (row.count - 1) * row.pitch_mm,
                row.y_mm + 0.05,
                design.ink_bgr,
            )
    return image, np.array([-margin, -margin])


def _digit(image, px, design, row, x, length) -> None:  # type: ignore[no-untyped-def]
    text = str(round((x - row.x_mm) / row.pitch_mm / row.digits_every))
    at = px(x - 0.8 * len(text) + 0.6, row.y_mm + length + (3.4 if row.tip > 0 else -1.0))
    place = (at[0] // 16, at[1] // 16)
    colour = (*design.ink_bgr, 255)
    cv2.putText(image, text, place, cv2.FONT_HERSHEY_SIMPLEX, 2.2, colour, 7, cv2.LINE_AA)


def _photographed(texture, origin_mm, to_px, k1, centre, diagonal, size_px, design, chance):  # type: ignore[no-untyped-def]
    """The plane with skin and ruler through the camera, two samples a px each way."""
    width, height = size_px
    at = (np.arange(2 * width) + 0.5) / 2 - 0.5
    down = (np.arange(2 * height) + 0.5) / 2 - 0.5
    x, y = np.meshgrid(at.astype(np.float32), down.astype(np.float32))
    dx, dy = x - centre[0], y - centre[1]
    bend = (1 + k1 * (dx * dx + dy * dy) / (diagonal / 2) ** 2).astype(np.float32)
    x, y = centre[0] + dx * bend, centre[1] + dy * bend
    back = np.linalg.inv(to_px).astype(np.float32)
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    mm_x = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    mm_y = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    scale = TEXTURE_PX_PER_MM
    # A texture finer than the photo is smoothed first, so that sampling does not alias.
    px_per_mm = float(np.sqrt(abs(np.linalg.det(to_px)))) / float(to_px[2, 2]) ** 1.5
    soft = cv2.GaussianBlur(texture, (0, 0), max(0.3, 0.3 * scale / max(px_per_mm, 1e-3)))
    ruler = cv2.remap(
        soft,
        ((mm_x - origin_mm[0]) * scale - 0.5).astype(np.float32),
        ((mm_y - origin_mm[1]) * scale - 0.5).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )
    small = cv2.resize(ruler, size_px, interpolation=cv2.INTER_AREA).astype(np.float32)
    skin = _skin(size_px, chance)
    alpha = small[..., 3:] / 255
    image = skin * (1 - alpha) + small[..., :3]
    return np.clip(image, 0, 255).astype(np.uint8)


def _skin(size_px: tuple[int, int], chance: np.random.Generator) -> NDArray[np.float32]:
    width, height = size_px
    colour = np.array(SKINS_BGR[int(chance.integers(len(SKINS_BGR)))], np.float32)
    grain = np.zeros((height, width), np.float32)
    for size in (6, 20, 80):
        patch = chance.normal(0, 1, (height // size + 2, width // size + 2)).astype(np.float32)
        grain += 2.5 * cv2.resize(patch, size_px, interpolation=cv2.INTER_CUBIC)
    return colour[None, None] * (1 + grain[..., None] / 128)


def _wound(chance: np.random.Generator, design: Design) -> Floats:
    """An irregular ring 8–30 mm beyond the ruler's upper edge (y < 0) or in the L's corner."""
    radius = chance.uniform(7, 16)
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    ripple = sum(
        0.06 * chance.normal() * np.cos(k * angle + chance.uniform(0, 6.28)) for k in range(2, 6)
    )
    ring = radius * (1 + ripple)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    below = design.size_mm[1] + 4 + 1.2 * radius + chance.uniform(0, 12)
    along = max(design.size_mm[0] * chance.uniform(0.4, 0.7), 30 + 1.2 * radius)
    ring += np.array([along, below])
    return ring


def _cover(image, to_px, design, chance, hardship) -> float:  # type: ignore[no-untyped-def]
    """Lay a pale dressing over a part of the ruler; the part that is hidden."""
    hidden = hardship * chance.uniform(0, 0.35) * (chance.random() < 0.5)
    if hidden <= 0:
        return 0.0
    length, tall = design.size_mm
    start = chance.uniform(0, 1 - hidden) * length
    end = start + hidden * length
    lean = chance.uniform(-5, 5)
    corners = np.array([[start, -3], [end, -3], [end + lean, tall + 3], [start + lean, tall + 3]])
    placed = _through(to_px, corners)
    cv2.fillPoly(image, [np.round(placed).astype(np.int32)], (205, 215, 220), cv2.LINE_AA)
    return float(hidden)


def _camera(image, blur, hardship, chance):  # type: ignore[no-untyped-def]
    """Blur, uneven light, glare, noise, JPEG."""
    height, width = image.shape[:2]
    soft = cv2.GaussianBlur(image, (0, 0), blur).astype(np.float32)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    slope = hardship * chance.uniform(-0.2, 0.2, 2)
    light = chance.uniform(0.75, 1.0) * (1 + slope[0] * x + slope[1] * y)
    soft *= light[..., None].astype(np.float32)
    if chance.random() < 0.4 * hardship:
        gx, gy = chance.uniform(-0.5, 0.5, 2)
        spot = np.exp(-((x - gx) ** 2 + (y - gy) ** 2) / (2 * chance.uniform(0.04, 0.1) ** 2))
        soft += 230 * spot[..., None].astype(np.float32)
    noise = hardship * chance.uniform(1.0, 4.0)
    soft += chance.normal(0, noise, soft.shape).astype(np.float32)
    quality = int(chance.integers(80, 96))
    whole = np.clip(soft, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)


def _through(matrix: Floats, points: Floats) -> Floats:
    depth = points @ matrix[2, :2] + matrix[2, 2]
    placed: Floats = (points @ matrix[:2, :2].T + matrix[:2, 2]) / depth[:, None]
    return placed


def _distorted(points: Floats, k1: float, centre: Floats, diagonal: float) -> Floats:
    """Where the lens shows undistorted points (inverse of the radial term)."""
    seen = points.copy()
    for _ in range(10):
        offset = seen - centre
        bend = 1 + k1 * np.sum(offset**2, axis=1, keepdims=True) / (diagonal / 2) ** 2
        seen = centre + (points - centre) / bend
    return seen
