"""What writing is found on, and what only looks like it: drawn skin, wounds, cloth, rulers."""

import importlib.util
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""(side, side, 3) BGR in 0…1."""

SKINS = ((0.94, 0.82, 0.74), (0.88, 0.70, 0.58), (0.76, 0.55, 0.42), (0.58, 0.39, 0.28),
         (0.42, 0.27, 0.19), (0.28, 0.18, 0.13))  # fmt: skip
BEDS = ((0.60, 0.12, 0.12), (0.75, 0.25, 0.22), (0.82, 0.70, 0.42), (0.16, 0.11, 0.10),
        (0.85, 0.55, 0.50), (0.90, 0.84, 0.66))  # fmt: skip
NATURAL = (
    ("skimage", "data", ("brick.png", "camera.png", "cell.png", "chelsea.png", "coffee.png",
                         "grass.png", "gravel.png", "hubble_deep_field.jpg", "ihc.png", "moon.png",
                         "retina.jpg")),
    ("sklearn", "datasets/images", ("flower.jpg",)),
)  # fmt: skip
"""Freely licensed photos without writing, as scikit-image and scikit-learn bring them."""


def ground(rng: np.random.Generator, side: int) -> Picture:
    """A picture without writing."""
    picture = _natural(rng, side) if rng.random() < 0.4 else _flat(rng, side)
    for _ in range(rng.integers(0, 3)):
        _blob(rng, picture, BEDS[rng.integers(len(BEDS))] if rng.random() < 0.6 else rng.random(3))
    if rng.random() < 0.35:
        _parted(rng, picture)
    for draw, how_often in (
        (_hair, 0.45), (_creases, 0.4), (_weave, 0.15), (_graduation, 0.3), (_grid, 0.06),
        (_specks, 0.25), (_rings, 0.1), (_sharp_edges, 0.2),
    ):  # fmt: skip
        if rng.random() < how_often:
            draw(rng, picture)
    return _lit(rng, picture)


def cloudy(rng: np.random.Generator, side: int, *, rough: float) -> NDArray[np.float32]:
    """Noise of all sizes, mean 0 and sd 1; `rough` 0 is all fine, 2 all coarse."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.rfftfreq(side), indexing="ij"))
    frequency[0, 0] = 1.0
    spectrum = np.fft.rfft2(rng.standard_normal((side, side))) / frequency**rough
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, (side, side))
    return np.asarray(noise / (noise.std() + 1e-9), np.float32)


@lru_cache(maxsize=1)
def natural_photos() -> tuple[NDArray[np.uint8], ...]:
    """The photos of `NATURAL`, BGR; SystemExit where a package is missing."""
    found = []
    for package, folder, names in NATURAL:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit("pip install scikit-image scikit-learn")
        place = Path(spec.submodule_search_locations[0]) / folder
        found += [cv2.imread(str(place / name), cv2.IMREAD_COLOR) for name in names]
    return tuple(np.asarray(each, np.uint8) for each in found)


def _natural(rng: np.random.Generator, side: int) -> Picture:
    """A part of a photo, turned and scaled, its colours drawn towards skin now and then."""
    photo = natural_photos()[rng.integers(len(natural_photos()))]
    high, wide = photo.shape[:2]
    reach = min(high, wide) / 2
    scale = np.exp(rng.uniform(np.log(0.75 * side / reach / 1.42), np.log(2.5)))
    turn = cv2.getRotationMatrix2D((0, 0), float(rng.uniform(0, 360)), float(scale))
    within = 0.72 * side / scale
    centre = [
        rng.uniform(min(within, size / 2), max(size - within, size / 2)) for size in (wide, high)
    ]
    turn[:, 2] = side / 2 - turn[:, :2] @ np.array(centre)
    soft = cv2.GaussianBlur(photo, (0, 0), 0.4 / scale) if scale < 0.7 else photo
    seen = cv2.warpAffine(soft, turn, (side, side), borderMode=cv2.BORDER_REFLECT)
    picture = np.asarray(seen, np.float32) / 255
    if rng.random() < 0.4:
        skin = np.asarray(SKINS[rng.integers(len(SKINS))][::-1], np.float32)
        grey = picture.mean(2, keepdims=True)
        picture = skin * (0.6 + 0.8 * grey) * rng.uniform(0.5, 1) + 0.3 * picture
    return np.asarray(np.clip(picture, 0, 1), np.float32)


def _flat(rng: np.random.Generator, side: int) -> Picture:
    kind = rng.random()
    if kind < 0.6:
        colour = np.array(SKINS[rng.integers(len(SKINS))])
    elif kind < 0.8:
        colour = np.full(3, rng.uniform(0.6, 1.0)) + rng.normal(0, 0.03, 3)
    else:
        colour = rng.random(3)
    picture = np.empty((side, side, 3), np.float32)
    picture[:] = np.clip(colour[::-1] + rng.normal(0, 0.04, 3), 0, 1)
    strength = rng.gamma(1.5, 0.02)
    grain = cloudy(rng, side, rough=rng.uniform(0.2, 1.8))
    picture += strength * grain[..., None] * rng.uniform(0.5, 1.3, 3).astype(np.float32)
    picture[..., 1:] += 0.5 * strength * cloudy(rng, side, rough=1.5)[..., None]
    return picture


def _blob(rng: np.random.Generator, picture: Picture, colour: object) -> None:
    side = len(picture)
    ys, xs = np.mgrid[:side, :side]
    x, y = rng.uniform(0, side, 2)
    wide, high = rng.uniform(0.05, 0.6, 2) * side
    warped = cloudy(rng, side, rough=1.8) * rng.uniform(0.05, 0.4)
    reach = np.hypot((xs - x) / wide, (ys - y) / high) + warped
    soft = rng.uniform(0.02, 0.2)
    part = (1 / (1 + np.exp(np.clip((reach - 1) / soft, -30, 30))))[..., None].astype(np.float32)
    inside = np.asarray(colour, np.float32)[::-1] + 0.06 * cloudy(rng, side, rough=1.1)[..., None]
    picture += part * rng.uniform(0.3, 1.0) * (inside - picture)


def _parted(rng: np.random.Generator, picture: Picture) -> None:
    """A sheet, a drape or a ruler's body lies over part of it."""
    side = len(picture)
    angle, at = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4) * side
    ys, xs = np.mgrid[:side, :side] - side / 2
    there = (np.cos(angle) * xs + np.sin(angle) * ys) > at
    if rng.random() < 0.5:
        there &= (np.cos(angle) * xs + np.sin(angle) * ys) < at + rng.uniform(0.1, 0.7) * side
    colour = rng.uniform(0.7, 1.0) if rng.random() < 0.6 else rng.random(3)
    picture[there] = np.asarray(colour, np.float32) + 0.01 * rng.standard_normal(1)


def _hair(rng: np.random.Generator, picture: Picture) -> None:
    side, way = len(picture), rng.uniform(0, np.pi)
    colour = rng.uniform(0, 0.35, 3) if rng.random() < 0.85 else rng.uniform(0.6, 1, 3)
    for _ in range(rng.integers(2, 60)):
        bend = way + rng.normal(0, 0.5)
        start, length = rng.uniform(0, side, 2), rng.uniform(0.05, 0.5) * side
        along = np.linspace(0, length, 12)
        turn = bend + rng.normal(0, 0.8) * along / length
        step = np.diff(along, prepend=0)
        points = start + np.cumsum(np.stack([np.cos(turn), np.sin(turn)], 1) * step[:, None], 0)
        _line(picture, points, colour, rng.uniform(0.3, 1.0), 1 if rng.random() < 0.8 else 2)


def _creases(rng: np.random.Generator, picture: Picture) -> None:
    side, way = len(picture), rng.uniform(0, np.pi)
    for _ in range(rng.integers(1, 14)):
        start, turn = rng.uniform(0, side, 2), way + rng.normal(0, 0.4)
        if rng.random() < 0.3:
            turn += np.pi / 2
        along = np.linspace(-0.6, 0.6, 20) * side * rng.uniform(0.2, 1)
        aside = np.cumsum(rng.normal(0, 0.6, 20))
        ways = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        points = start + np.stack([along, aside], 1) @ ways
        dark = picture.mean((0, 1)) * rng.uniform(0.5, 0.95)
        _line(picture, points, dark, rng.uniform(0.2, 0.8), int(rng.integers(1, 5)))


def _line(picture: Picture, points: object, colour: object, part: float, thick: int) -> None:
    mask = np.zeros(picture.shape[:2], np.uint8)
    whole = np.round(np.asarray(points) * 8).astype(np.int32)
    cv2.polylines(mask, [whole], False, 255, thick, cv2.LINE_AA, 3)
    share = (mask * np.float32(part / 255))[..., None]
    picture += share * (np.asarray(colour, np.float32) - picture)


def _weave(rng: np.random.Generator, picture: Picture) -> None:
    side = len(picture)
    ys, xs = np.mgrid[:side, :side]
    for _ in range(2):
        turn, step = rng.uniform(0, np.pi), rng.uniform(3, 14)
        wave = np.sin(2 * np.pi * (np.cos(turn) * xs + np.sin(turn) * ys) / step)
        picture += rng.uniform(0.01, 0.08) * wave[..., None].astype(np.float32)


def _graduation(rng: np.random.Generator, picture: Picture) -> None:
    """The strokes of a ruler, without numbers."""
    side, turn = len(picture), rng.uniform(0, 2 * np.pi)
    start = rng.uniform(0, side, 2)
    pitch, ink = rng.uniform(3, 30), rng.uniform(0, 0.4, 3)
    if rng.random() < 0.2:
        ink = rng.uniform(0.7, 1, 3)
    lengths = pitch * np.array([2.5, 4, 6]) * rng.uniform(0.6, 1.8)
    ways = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    thick = max(1, round(pitch * rng.uniform(0.1, 0.35)))
    for place in range(-60, 61):
        kind = 2 if place % 10 == 0 else 1 if place % 5 == 0 else 0
        ends = start + np.array([[place * pitch, 0], [place * pitch, lengths[kind]]]) @ ways
        if (ends > -side).all() and (ends < 2 * side).all():
            _line(picture, ends, ink, 1.0, thick)
    if rng.random() < 0.5:
        _line(picture, start + np.array([[-99, 0], [99, 0]]) * pitch @ ways, ink, 1.0, thick)


def _grid(rng: np.random.Generator, picture: Picture) -> None:
    side, step, turn = len(picture), rng.uniform(6, 40), rng.uniform(0, np.pi)
    ways = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    colour = rng.random(3)
    for at in np.arange(-1.5 * side, 1.5 * side, step):
        for ends in ([[at, -2 * side], [at, 2 * side]], [[-2 * side, at], [2 * side, at]]):
            _line(picture, side / 2 + np.array(ends) @ ways, colour, 0.7, 1)


def _specks(rng: np.random.Generator, picture: Picture) -> None:
    """Moles, drops, scabs, reflections."""
    side = len(picture)
    for _ in range(rng.integers(1, 25)):
        centre = tuple(int(v) for v in rng.integers(0, side, 2))
        axes = tuple(int(v) for v in rng.integers(1, 7, 2))
        mask = np.zeros((side, side), np.uint8)
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
        colour = 1.0 if rng.random() < 0.3 else picture.mean((0, 1)) * rng.uniform(0.3, 0.9)
        share = mask[..., None] * np.float32(rng.uniform(0.3, 1) / 255)
        picture += share * (np.asarray(colour, np.float32) - picture)


def _rings(rng: np.random.Generator, picture: Picture) -> None:
    side = len(picture)
    mask = np.zeros((side, side), np.uint8)
    centre = tuple(int(v) for v in rng.integers(0, side, 2))
    cv2.circle(mask, centre, int(rng.integers(5, side // 2)), 255, int(rng.integers(1, 5)),
               cv2.LINE_AA)  # fmt: skip
    picture += (mask / np.float32(255))[..., None] * (rng.random(3).astype(np.float32) - picture)


def _sharp_edges(rng: np.random.Generator, picture: Picture) -> None:
    side = len(picture)
    for _ in range(rng.integers(1, 4)):
        corners = rng.uniform(-0.2, 1.2, 2) * side + rng.normal(0, 0.25 * side, (4, 2))
        hull = cv2.convexHull(np.round(corners * 8).astype(np.int32))
        mask = np.zeros((side, side), np.uint8)
        cv2.fillConvexPoly(mask, hull, 255, cv2.LINE_AA, 3)
        share = mask[..., None] * np.float32(rng.uniform(0.4, 1) / 255)
        picture += share * (rng.random(3).astype(np.float32) - picture)


def _lit(rng: np.random.Generator, picture: Picture) -> Picture:
    side = len(picture)
    ys, xs = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    turn = rng.uniform(0, 2 * np.pi)
    slope = 1 + rng.uniform(0, 0.35) * (np.cos(turn) * xs + np.sin(turn) * ys)
    return np.asarray(np.clip(picture * slope[..., None], 0, 1), np.float32)
