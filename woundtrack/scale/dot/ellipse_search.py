"""Ellipses that many borders round a rough one agree on: the rims of a coin among its relief."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.border import read_lines
from woundtrack.scale.dot.ellipse import PLACES, Ellipse

Floats = NDArray[np.float64]

RAYS = 160
INWARD, OUTWARD = 0.45, 0.9
"""How far borders are looked for from the rough rim, in its radius."""
OUTER_MOST = 0.22
"""How far outside a rim another of the same coin may lie, in its radius."""
INSIDE, GROUND = (-0.3, -0.1), (0.3, 0.65)
"""Rings inside a rim and on the ground, from the rim, in its radius."""
BESIDE_PX, BESIDE = 2.0, 0.03
"""The ring just outside: from so many px, so wide."""
LIKE, UNLIKE, DARKEST = 0.35, 0.5, 0.3
"""Just outside is ground, perhaps in shadow to this part of its light, where it differs from it
by less, and from the inside by more, than these parts of their difference."""
PEAKS = 6
"""Borders kept along one ray, the strongest."""
LEAST_PEAK = 3.0
"""Of the light's usual change from one sample to the next."""
DRAWS = 2000
STRONG_FIRST = 1.5
"""How much more often the stronger borders of a ray are drawn."""
WITHIN_PX, WITHIN = 0.8, 0.009
"""A border agrees with an ellipse within this many px, or this part of its radius."""
LEAST_AGREED = 0.45
MOST_FOUND = 6
SAME = 0.015
MOST_ELONGATED = 1.5
INWARD_MOST, OUTWARD_MOST = 0.5, 2.0
SEED = 7
"""Of the draws: one photo always gives one answer."""


def agreed_ellipses(pixels: Pixels, rough: Ellipse) -> list[Ellipse]:
    """The ellipses that borders on at least half of the rays agree on, the most agreed first.

    Ellipses through five borders on five rays are drawn by chance, and those kept that most rays
    bear out (Fischler & Bolles, Communications of the ACM 1981;24:381-95).
    """
    borders = _borders(pixels, rough, inward=INWARD, outward=OUTWARD)
    unit_px = rough.mean_radius_px
    # In a frame about the rough centre, in its radius: well conditioned.
    borders = (borders - rough.centre_px) / unit_px
    centres, forms = _drawn(borders)
    agreed = _agreement(centres, forms, borders, within=max(WITHIN, WITHIN_PX / unit_px))
    found: list[Ellipse] = []
    for place in np.argsort(-agreed):
        if agreed[place] < LEAST_AGREED or len(found) == MOST_FOUND:
            break
        axes = np.linalg.cholesky(np.linalg.inv(forms[place]))
        ellipse = Ellipse(rough.centre_px + centres[place] * unit_px, axes * unit_px)
        if not any(_same(ellipse, other) for other in found):
            found.append(ellipse)
    return found


def _borders(pixels: Pixels, rough: Ellipse, *, inward: float, outward: float) -> Floats:
    """Where borders lie along rays across the rough rim: (RAYS, PEAKS, 2) px, NaN for none."""
    from scipy.ndimage import gaussian_filter1d

    radius_px = rough.mean_radius_px
    step_px = max(0.5, 0.004 * radius_px)
    steps = np.arange(-inward * radius_px, outward * radius_px, step_px)
    _units, places, normals = rough.rim_px(RAYS)
    colours = read_lines(pixels, places, normals, steps, linear=False)
    colours = gaussian_filter1d(np.nan_to_num(colours), 1.5, axis=1)
    change = np.linalg.norm(np.diff(colours, axis=1), axis=2)
    usual = float(np.median(change)) or 1e-6
    inside = change[:, 1:-1]
    top = (inside > change[:, :-2]) & (inside >= change[:, 2:]) & (inside > LEAST_PEAK * usual)
    height = np.where(top, inside, 0.0)
    order = np.argsort(-height, axis=1)[:, :PEAKS]
    rows = np.arange(RAYS)[:, None]
    # A parabola through the three highest samples gives the top between them.
    low, mid, high = (change[rows, order + shift] for shift in (0, 1, 2))
    bend = np.minimum(low - 2 * mid + high, -1e-9)
    shift = np.clip(0.5 * (low - high) / bend, -0.5, 0.5)
    at = steps[0] + (order + 1.5 + shift) * step_px
    at = np.where(height[rows, order] > 0, at, np.nan)
    borders: Floats = places[:, None] + normals[:, None] * at[:, :, None]
    return borders


def _drawn(borders: Floats) -> tuple[Floats, Floats]:
    """Centres (N, 2) and forms (N, 2, 2) of ellipses through five borders: dᵀ·form·d = 1."""
    rng = np.random.default_rng(SEED)
    counts = np.isfinite(borders[:, :, 0]).sum(axis=1)
    have = np.flatnonzero(counts)
    if len(have) < RAYS // 3:
        return np.empty((0, 2)), np.empty((0, 2, 2))
    # Five rays about evenly round the rim, each a little beside its place.
    fifth = len(have) / 5
    turn = rng.integers(0, len(have), DRAWS)[:, None]
    beside = rng.uniform(-0.4, 0.4, (DRAWS, 5)) * fifth
    rays = have[(turn + np.arange(5) * fifth + beside).astype(int) % len(have)]
    which = (rng.random((DRAWS, 5)) ** STRONG_FIRST * counts[rays]).astype(int)
    x, y = np.moveaxis(borders[rays, which], 2, 0)
    rows = np.stack([x * x, x * y, y * y, x, y], axis=2)
    regular = np.abs(np.linalg.det(rows)) > 1e-9
    a, b, c, d, e = np.linalg.solve(rows[regular], np.ones((int(regular.sum()), 5, 1)))[:, :, 0].T
    forms = np.stack([np.stack([a, b / 2], -1), np.stack([b / 2, c], -1)], -2)
    forms, lines = forms[np.abs(4 * a * c - b * b) > 1e-6], np.stack([d, e], -1)
    lines = lines[np.abs(4 * a * c - b * b) > 1e-6]
    centres = -0.5 * np.linalg.solve(forms, lines[:, :, None])[:, :, 0]
    sizes = 1 + np.einsum("ni,nij,nj->n", centres, forms, centres)
    forms = forms / sizes[:, None, None]
    least, most = np.linalg.eigvalsh(forms).T
    good = (
        (least > OUTWARD_MOST**-2) & (most < INWARD_MOST**-2) & (most < MOST_ELONGATED**2 * least)
    )
    good &= np.hypot(*centres.T) < 0.5
    return centres[good], forms[good]


def _agreement(centres: Floats, forms: Floats, borders: Floats, *, within: float) -> Floats:
    """The part of the rays on which a border lies on each ellipse."""
    agreed = np.zeros(len(centres))
    for place, (centre, form) in enumerate(zip(centres, forms, strict=True)):
        off = borders - centre
        x, y = off[:, :, 0], off[:, :, 1]
        radius2 = form[0, 0] * x * x + 2 * form[0, 1] * x * y + form[1, 1] * y * y
        size = float(np.linalg.det(form)) ** -0.25
        near = np.abs(np.sqrt(radius2) - 1) * size < within * max(1.0, size)
        agreed[place] = near.any(axis=1).mean()
    return agreed


def _same(first: Ellipse, second: Ellipse) -> bool:
    apart = float(np.linalg.norm(first.centre_px - second.centre_px)) / first.mean_radius_px
    return apart < SAME and abs(np.log(first.mean_radius_px / second.mean_radius_px)) < SAME


def outer_rim(pixels: Pixels, rim: Ellipse) -> tuple[float, float]:
    """The scale at which borders outside a rim agree best with it, and on which part of the rays.

    A coin's raised rim has its own border, and the coin's lies a little outside.
    """
    borders = _borders(pixels, rim, inward=0.0, outward=OUTER_MOST)
    scales = np.linalg.norm((borders - rim.centre_px) @ np.linalg.inv(rim.axes_px).T, axis=2)
    within = max(WITHIN, WITHIN_PX / rim.mean_radius_px)
    tried = np.arange(1 + 2.5 * within, 1 + OUTER_MOST, within / 2)
    agreed = (np.abs(scales - tried[:, None, None]) < within).any(axis=2).mean(axis=1)
    best = int(agreed.argmax())
    return float(tried[best]), float(agreed[best])


def ground_shares(pixels: Pixels, rim: Ellipse) -> tuple[float, float]:
    """On which parts of the rim as seen the ground, lit or in shadow, lies just inside and outside.

    About a coin's own rim 0 and 1; about the border of its shadow 1 and 1; about a rim of its
    relief 0 and 0.
    """
    radius_px = rim.mean_radius_px
    step_px = max(0.5, 0.005 * radius_px)
    steps = np.arange(INSIDE[0] * radius_px, GROUND[1] * radius_px + step_px, step_px)
    _units, places, normals = rim.rim_px(PLACES)
    if rim.seen is not None:
        places, normals = places[rim.seen], normals[rim.seen]
    colours = np.nan_to_num(read_lines(pixels, places, normals, steps, linear=True))

    def usual(low_px: float, high_px: float) -> Floats:
        part = (steps >= low_px) & (steps <= high_px)
        return np.asarray(np.median(colours[:, part], axis=1))

    inside, ground = (usual(low * radius_px, high * radius_px) for low, high in (INSIDE, GROUND))
    wide_px = max(BESIDE * radius_px, 1.5)
    return (
        _share(usual(-BESIDE_PX - wide_px, -BESIDE_PX), inside, ground),
        _share(usual(BESIDE_PX, BESIDE_PX + wide_px), inside, ground),
    )


def _share(beside: Floats, inside: Floats, ground: Floats) -> float:
    # A shadow is the ground with less light: on the line from black to it.
    light = np.sum(beside * ground, axis=1) / np.maximum(np.sum(ground**2, axis=1), 1e-9)
    shaded = ground * np.clip(light, DARKEST, 1.0)[:, None]
    apart = np.linalg.norm(ground - inside, axis=1)
    is_ground = np.linalg.norm(beside - shaded, axis=1) < LIKE * apart
    is_ground &= np.linalg.norm(beside - inside, axis=1) > UNLIKE * apart
    return float(np.mean(is_ground))
