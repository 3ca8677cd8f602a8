"""Which stroke is which graduation: whole numbers for strokes along a line, some missing."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.median import median
from woundtrack.scale.ruler.walk import MAX_GAP, NEAR, longest_walk

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

CHANCE_RMS, LEAST_RMS, CURVED_RMS = 0.163, 0.005, 0.08
"""The rms of strokes at random places that are near enough by chance; and the best that counts."""
LEAST_BEYOND, MOST_BRIDGES, MOST_OFF = 8, 3, 3
"""Graduations beyond what hides a part of the ruler, and how far off their number may seem."""
JOINED_RMS, JOINED_WORSE, JOINED_CLEAR = 0.03, 1.5, 2.5
"""Both parts lie on one ruler to this, and this many times better than one graduation off."""
INSIDE_WORSE, INSIDE_RMS = 4.0, 0.06
LEAST_COVERED, MOST_COVERS = 5, 2
"""So many graduations that are missing in a row, at so many places, were covered: at a half or a
fifth of the true step fewer are missing, and at every one."""
STRAIGHT = 0.75
"""The part of the walked strokes that a straight ruler's model keeps."""
CURVED_FILLED = 0.85


@dataclass(frozen=True, slots=True)
class Numbered:
    """Strokes `which` are the graduations `number`; position(i) = (a·i + b) / (c·i + 1)."""

    which: Ints
    number: Ints
    model: tuple[float, float, float]
    rms: float
    """Typical distance from the model (1.48 · median), as a part of the pitch."""
    curved: bool = False
    """Evenly walked, but no view of a straight line: a ruler that is bent."""

    @property
    def filled(self) -> float:
        """The part of the graduations between first and last that was seen, covers left out."""
        steps = np.diff(self.number)
        return len(self.number) / float(steps[~self._covered].sum() + 1)

    @property
    def _covered(self) -> NDArray[np.bool_]:
        """Of each step to the next graduation, whether a hand or a dressing lies over it."""
        steps = np.diff(self.number)
        widest = np.argsort(-steps, kind="stable")[:MOST_COVERS]
        covered = steps > MAX_GAP
        covered[widest] |= steps[widest] > LEAST_COVERED
        return covered

    @property
    def used(self) -> float:
        """The part of the strokes between first and last that are graduations, as `filled`."""
        return len(self.which) / float(np.diff(self.which)[~self._covered].sum() + 1)

    @property
    def evidence(self) -> float:
        """That its steps are equal, as `evidence_of`; of a bent ruler as of a fair straight one."""
        return evidence_of(len(self.number), CURVED_RMS if self.curved else self.rms)

    def pitch(self, number: Floats | Ints) -> Floats:
        """Distance between neighbouring graduations there, in units of position."""
        a, b, c = self.model
        pitch: Floats = np.abs((a - b * c) / (c * number + 1) ** 2)
        return pitch


def evidence_of(count: int, rms: float) -> float:
    """How much likelier so many equal steps (rms in pitches) are than chance, as a logarithm."""
    return count * float(np.log(CHANCE_RMS / max(rms, LEAST_RMS)))


def number_strokes(position: Floats, *, least: int) -> Numbered | None:
    """Number the strokes at sorted `position`s as a ruler seen in perspective, or None.

    Cross-ratios of collinear points survive perspective, so equal steps in the plane are
    seen at (a·i + b) / (c·i + 1) (Hartley & Zisserman, Multiple View Geometry, §2.2).
    """
    walk = longest_walk(position)
    if walk is None or len(walk) < least:
        return None
    found = _settled(position, walk, least)
    if found is None or found.curved:
        return found
    whole = found
    for side in (1, -1):
        for _ in range(MOST_BRIDGES):
            more = _bridged(position, whole, side)
            if more is None:
                break
            whole = more
    return found if whole is found else _filled_in(position, whole)


def _filled_in(position: Floats, found: Numbered) -> Numbered:
    """With those between the bridged parts that lie as near as these: a ruler under two fingers."""
    near = max(INSIDE_WORSE * found.rms, INSIDE_RMS)
    ends = int(found.number[0]), int(found.number[-1])
    which, number = _claimed(position, found.model, *ends, near=near)
    return replace(found, which=which, number=number, model=fit_projective(number, position[which]))


def _bridged(position: Floats, found: Numbered, side: int) -> Numbered | None:
    """With the graduations beyond a hand or a dressing that lies across the ruler, if any.

    They are walked by themselves; which numbers they have is tried with all graduations together.
    """
    end = int(found.which.max() if side > 0 else found.which.min())
    rest = np.arange(end + 1, len(position)) if side > 0 else np.arange(end)
    if len(rest) < LEAST_BEYOND:
        return None
    number = number_at(found.model, position[rest])
    if not np.all(np.isfinite(number)):
        return None
    step = float(found.pitch(np.array([np.median(number)]))[0])
    walk = longest_walk(position[rest], step=step)
    if walk is None or len(walk) < LEAST_BEYOND:
        return None
    which = rest[[stroke for stroke, _ in walk]]
    beyond = np.array([each for _, each in walk], dtype=np.intp)
    shift = round(median(number_at(found.model, position[which]) - beyond))
    tried = [
        _together(position, found, which, beyond + shift + off)
        for off in range(-MOST_OFF, MOST_OFF + 1)
    ]
    fits = sorted((each for each in tried if each is not None), key=lambda each: each.rms)
    if not fits or fits[0].rms > max(JOINED_RMS, JOINED_WORSE * found.rms):
        return None
    return fits[0] if len(fits) == 1 or fits[1].rms > JOINED_CLEAR * fits[0].rms else None


def _together(position: Floats, found: Numbered, which: Ints, number: Ints) -> Numbered | None:
    """Found graduations and those beyond them as one ruler; its rms is that of the worse part."""
    first, last = int(found.number[0]), int(found.number[-1])
    if number[0] <= last and number[-1] >= first:
        return None
    ahead = number[0] > last
    parts = ((found.which, which), (found.number, number))
    strokes, numbers = (np.concatenate(each if ahead else each[::-1]) for each in parts)
    model = fit_projective(numbers, position[strokes])
    whole = Numbered(strokes, numbers, model, 0.0)
    off = np.abs(position[strokes] - projective(model, numbers.astype(np.float64)))
    off = off / whole.pitch(numbers)
    mine = np.isin(strokes, which)
    rms = 1.48 * max(median(off[mine]), median(off[~mine]))
    return replace(whole, rms=rms)


def _settled(position: Floats, walk: list[tuple[int, int]], least: int) -> Numbered | None:
    """Fit the whole walk, number all strokes by it, and drop what does not lie on it."""
    which = np.array([each[0] for each in walk], dtype=np.intp)
    number = np.array([each[1] for each in walk], dtype=np.intp)
    walked = which, number
    for _ in range(4):
        if len(which) < least:
            break
        model = fit_projective(number, position[which])
        low, high = number.min() - MAX_GAP, number.max() + MAX_GAP
        which, number = _claimed(position, model, low, high)
    curved = len(which) < STRAIGHT * len(walked[0])
    if curved:
        which, number = walked
    if len(which) < least:
        return None
    model = fit_projective(number, position[which])
    rest = position[which] - projective(model, number.astype(np.float64))
    numbered = Numbered(which, number, model, 0.0, curved)
    if curved and numbered.filled < CURVED_FILLED:
        return None
    rms = 1.48 * median(np.abs(rest) / numbered.pitch(number))
    return Numbered(which, number, model, rms, curved)


def _claimed(
    position: Floats, model: tuple[float, float, float], low: int, high: int, near: float = NEAR
) -> tuple[Ints, Ints]:
    """For each graduation from low to high the nearest stroke, where one is near enough."""
    a, b, c = model
    numbers = np.arange(low, high + 1, dtype=np.float64)
    numbers = numbers[c * numbers + 1 > 0.2]
    expected = projective(model, numbers)
    pitch = np.abs((a - b * c) / (c * numbers + 1) ** 2)
    after = np.clip(np.searchsorted(position, expected), 1, len(position) - 1)
    nearest = after - (expected - position[after - 1] < position[after] - expected)
    good = np.abs(position[nearest] - expected) < near * pitch
    return nearest[good], numbers[good].astype(np.intp)


def projective(model: tuple[float, float, float], number: Floats) -> Floats:
    """(a·i + b) / (c·i + 1)."""
    a, b, c = model
    place: Floats = (a * number + b) / (c * number + 1)
    return place


def number_at(model: tuple[float, float, float], position: Floats) -> Floats:
    """The inverse of `projective`; NaN where nothing is seen."""
    a, b, c = model
    depth = c * position - a
    number: Floats = (b - position) / np.where(np.abs(depth) < 1e-12, np.nan, depth)
    return number


def fit_projective(number: Ints, position: Floats) -> tuple[float, float, float]:
    """The projective model through (number, position), by linear least squares, reweighted."""
    middle, centre = 0.5 * float(number[0] + number[-1]), float(position.mean())
    half = max(0.5 * abs(float(number[-1] - number[0])), 1.0)
    size = max(float(np.abs(position - centre).max()), 1e-9)
    count, place = (number - middle) / half, (position - centre) / size
    rows = np.stack([count, np.ones_like(count), -count * place], axis=1)
    weight = np.ones(len(count))
    a = b = c = 0.0
    for _ in range(4):
        weighted = rows * (weight * weight)[:, None]
        a, b, c = (float(value) for value in np.linalg.solve(weighted.T @ rows, weighted.T @ place))
        depth = np.maximum(np.abs(c * count + 1), 0.05)
        rest = np.abs((a * count + b) / depth - place)
        limit = max(3 * median(rest), 1e-9)
        weight = np.minimum(1.0, limit / np.maximum(rest, 1e-12)) / depth
    # Back from (i − middle) / half and (x − centre) / size to numbers and places as given.
    a, b, c = size * a + centre * c, size * b + centre, c
    a, c = a / half, c / half
    depth_at_zero = 1 - c * middle
    return a / depth_at_zero, (b - a * middle) / depth_at_zero, c / depth_at_zero
