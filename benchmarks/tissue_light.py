"""A light's known cast taken out by the card and by the ruler: what is left of it.

Cards are rendered beside an ulcer, rulers are those of the phantoms, white, cream and yellow; then
the photo is cast as a camera of another tone curve would see it. What is left is how far skin and
wound stay, in CIE a*b*, from the photo without the cast.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from benchmarks import render
from benchmarks.photos import photos_folder
from benchmarks.table import Row
from woundtrack.errors import WoundtrackError
from woundtrack.outline.tissue.light import light_of
from woundtrack.photo.colour_cast import Light
from woundtrack.photo.read import decode_photo
from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.card import find_card
from woundtrack.scale.ruler import find_ruler
from woundtrack.scale.types import Scale

CASTS = ((1.0, 1.0, 1.25), (1.25, 1.0, 1.0), (0.85, 1.0, 1.1), (0.9, 1.08, 0.95))
"""Gains of blue, green and red in light: lamp, shade, warm, green."""
GAMMAS = (1.9, 2.2, 2.5)
SIZE_PX = (1600, 1200)
PHANTOMS = 6
DIMMED = 0.8
"""The phantoms' paper is nearly clipped already: a cast would clip it."""
GOOD_AB = 4.0
"""What is left should be under this: a difference seen only side by side."""


def light_rows() -> list[Row]:
    """What a cast leaves: untouched, by card, by ruler, and by the mean of the photo as grey."""
    cards = list(_cards())
    rulers = list(_phantoms(photos_folder() / "phantoms"))
    rows = [
        _row("untouched", [*cards, *rulers], lambda cast, _scale: cast),
        _row("the photo's mean taken as grey", [*cards, *rulers], lambda cast, _scale: grey(cast)),
        _row("by the card", cards, corrected, light=Light.CARD),
    ]
    if rulers:
        rows.append(_row("by the ruler", rulers, corrected, light=Light.RULER))
    return rows


Shot = tuple[Pixels, Scale]


def corrected(cast: Pixels, scale: Scale) -> Pixels:
    """As the program does."""
    return light_of(cast, scale).applied(cast)


def grey(cast: Pixels) -> Pixels:
    """The grey-world assumption (Buchsbaum 1980), which skin breaks."""
    light = (cast.reshape(-1, 3) / 255.0) ** 2.2
    gains = light.mean() / light.mean(axis=0)
    done = 255 * np.clip((cast / 255.0) ** 2.2 * gains, 0, 1) ** (1 / 2.2)
    return np.rint(done).astype(np.uint8)


def _row(
    name: str,
    shots: Iterable[Shot],
    way: Callable[[Pixels, Scale], Pixels],
    *,
    light: Light | None = None,
) -> Row:
    left, told, tried = [], 0, 0
    for pixels, scale in shots:
        for cast, gamma in zip(CASTS, (*GAMMAS, 2.2), strict=True):
            seen = np.clip(pixels * np.array(cast) ** (1 / gamma), 0, 255).astype(np.uint8)
            tried += 1
            if light is None or light_of(seen, scale).light is light:
                told += 1
                left.append(_apart(way(seen, scale), pixels))
    median, p90 = (float(value) for value in np.quantile(left, [0.5, 0.9]))
    spread = f"90 % under {p90:.1f}"
    spread += "" if light is None else f", told in {told} of {tried}"
    if light is not Light.CARD:
        # Nobody knows a ruler's paper: cream in a plain light is white in a warm one.
        return Row(f"light: {name}", median, "ΔE a*b*", spread)
    return Row(f"light: {name}", median, "ΔE a*b*", spread, f"≤ {GOOD_AB:g}", median <= GOOD_AB)


def _apart(one: Pixels, other: Pixels) -> float:
    """The median distance in a*b* over what is coloured as skin and wounds are."""
    first, second = (
        cv2.cvtColor(each[::8, ::8].astype(np.float32) / 255, cv2.COLOR_BGR2Lab)[..., 1:]
        for each in (one, other)
    )
    coloured = np.linalg.norm(second, axis=2) > 12
    return float(np.median(np.linalg.norm(first - second, axis=2)[coloured]))


def _cards() -> Iterator[Shot]:
    for seed in range(3):
        rng = np.random.default_rng(seed)
        ring = render.ulcer_ring_mm(rng, area_mm2=900, centre_mm=(40.0, 75.0))
        card = render.placed(render.card_layer(), corner_mm=(0.0, 0.0), angle_deg=2.0)
        camera = render.tilted_camera(
            tilt_deg=float(rng.uniform(0, 25)),
            azimuth_deg=float(rng.uniform(0, 360)),
            roll_deg=0.0,
            focal_px=1300.0,
            look_at_mm=(design.WIDTH_MM / 2, 50.0),
            mm_across=190.0,
            size_px=SIZE_PX,
        )
        scene = render.Scene((render.ulcer_layer(ring), card), ring, 900.0)
        data = render.jpeg_bytes(render.render(camera, scene, render.Look(), seed=seed))
        photo, pixels = decode_photo(data)
        yield pixels, find_card(pixels, photo)


def _phantoms(folder: Path) -> Iterator[Shot]:
    given = 0
    for path in sorted(folder.glob("*.jpg")) + sorted(folder.glob("*.png")):
        photo, pixels = decode_photo(path.read_bytes())
        try:
            scale = find_ruler(pixels, photo)
        except WoundtrackError:
            continue
        yield np.rint(pixels * DIMMED).astype(np.uint8), scale
        given += 1
        if given == PHANTOMS:
            return
