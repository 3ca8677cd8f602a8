"""The outline of one photo, first and after each of a person's clicks, remembering what it did.

Each click mends the outline as it is: what was clicked as wound becomes part of it, what was
clicked as not wound is left out. The network takes all clicks, and begins with what it thinks of
the photo without any; without its file colours do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from woundtrack.errors import OutlineError
from woundtrack.outline import classic
from woundtrack.outline.clicks import Click
from woundtrack.outline.crops import pyramid, window
from woundtrack.outline.drawn import outline_of, relative_area_sd
from woundtrack.outline.grabcut import Marks, refined
from woundtrack.outline.interactive import ProbabilityMap, corrected, first, from_outline
from woundtrack.outline.masks import covered, rings_from_mask, simplified, smoothed
from woundtrack.outline.network import Network, NetworkStatus, network, network_status
from woundtrack.outline.rings import bounds, contains, is_hole, outline_contains
from woundtrack.outline.sight import Sight
from woundtrack.outline.strokes import (
    clipped,
    cut_off,
    deepest_points,
    draw_over,
    joined,
    overlap,
    unmoved,
)
from woundtrack.outline.types import BY_NETWORK, COLOURS_ALONE, Outline, OutlineSource, Ring
from woundtrack.outline.warnings import (
    GOES_BY_COLOURS,
    NETWORK_UNREADABLE,
    NO_NETWORK,
    of_network,
)
from woundtrack.photo.types import Pixels

REMEMBERED = 24
"""Maps kept, so that taking a click back and giving another costs one look."""
GROW = 0.25
REACH = 0.06
"""How far a click speaks, as part of the outline's size, where colours alone decide."""
SIDE = 320
EDGE_BAND = 0.12
"""A carried outline's edge is looked for so near, as part of its size (√area), by colours."""
LEAST_OVERLAP = 0.6
"""Dice, below which what was found is another outline."""
THE_SAME = 0.995
"""Dice, from which an earlier outline of the network is the one it would draw now."""
_WITHOUT = {
    NetworkStatus.MISSING: NO_NETWORK,
    NetworkStatus.UNREADABLE: NETWORK_UNREADABLE,
}

Clicks = tuple[Click, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outline that nobody has looked at yet; it says itself what drew it, and how surely."""

    outline: Outline
    warnings: tuple[str, ...] = ()
    """Codes of `outline.warnings`."""


class Proposer:
    """Proposes for one photo (height, width, 3, BGR); may be asked from several threads."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._sight: Sight | None = None
        self._maps: dict[tuple[Outline, Clicks], ProbabilityMap] = {}
        self._one_at_a_time = Lock()

    def propose(self, clicks: Sequence[Click], *, before: Outline | None = None) -> Proposal:
        """The outline after all clicks, in order, on what was drawn `before` the first.

        Without clicks, all wounds of the photo. OutlineError outline.nothing_found where there is
        none, or none under the clicks.
        """
        drawn = before or Outline()
        with self._one_at_a_time:
            net = _ready()
            found = self._by_network(net, drawn, tuple(clicks)) if net else None
            if found is None and net is not None and not clicks:
                raise OutlineError("outline.nothing_found")
            return found or self._by_colours(drawn, tuple(clicks))

    def make_ready(self, before: Outline) -> None:
        """Work out now what the first click on an outline would have to wait for."""
        with self._one_at_a_time:
            net = _ready()
            if net is not None:
                self._map(net, self._seen(), before, ())

    def settled(self, outline: Outline) -> Outline:
        """An outline carried over from elsewhere, put onto the edge seen here.

        As it was where that would make another outline of it.
        """
        with self._one_at_a_time:
            found = self._on_edge(outline)
        if found is None or overlap(found, outline) < LEAST_OVERLAP:
            return outline
        return Outline(found.rings, outline.source)

    def _on_edge(self, outline: Outline) -> Outline | None:
        net = _ready()
        if net is not None:
            clicks = tuple(Click(*point) for point in deepest_points(outline))
            found = self._by_network(net, outline, clicks)
            return found.outline if found else None
        return _cut(self._pixels, outline, Marks(), band=EDGE_BAND)

    def _by_network(self, net: Network, before: Outline, clicks: Clicks) -> Proposal | None:
        """None where the network sees nothing under the clicks."""
        sight = self._seen()
        found = self._map(net, sight, before, clicks)
        # What a person had accepted is not dropped because the network is unsure of it.
        only_clicked = bool(clicks) and not before.rings
        outline = outline_of(sight, found, only_clicked=only_clicked)
        if not outline.rings or _missed(outline, clicks):
            return None
        outline = replace(unmoved(before, outline), method=_method(net))
        if not found.of_rings:
            sd = relative_area_sd(sight, found, only_clicked=only_clicked)
            outline = replace(outline, relative_area_sd=sd)
            self._remember((outline, ()), found)
        return Proposal(outline, of_network(outline.relative_area_sd))

    def _seen(self) -> Sight:
        if self._sight is None:
            self._sight = Sight.of(self._pixels)
        return self._sight

    def _map(self, net: Network, sight: Sight, before: Outline, clicks: Clicks) -> ProbabilityMap:
        key = (before, clicks)
        if key not in self._maps:
            if clicks:
                earlier = self._map(net, sight, before, clicks[:-1])
                found = corrected(net, sight, earlier, clicks[-1])
            elif before.rings:
                found = self._own(net, sight, before) or from_outline(sight, before)
            else:
                # A click mends what the network thinks of the whole photo without it.
                found = first(net, sight)
            self._remember(key, found)
        return self._maps[key]

    def _own(self, net: Network, sight: Sight, before: Outline) -> ProbabilityMap | None:
        """The network's first map where it is what an earlier outline was drawn from."""
        if before.method != _method(net) or before.relative_area_sd is None:
            return None
        found = self._map(net, sight, Outline(), ())
        drawn = outline_of(sight, found)
        return found if drawn.rings and overlap(drawn, before) >= THE_SAME else None

    def _remember(self, key: tuple[Outline, Clicks], found: ProbabilityMap) -> None:
        self._maps[key] = found
        while len(self._maps) > REMEMBERED:
            self._maps.pop(next(iter(self._maps)))

    def _by_colours(self, before: Outline, clicks: Clicks) -> Proposal:
        outline = self._cut_out(before, clicks) if clicks else classic.propose(self._pixels)
        if outline != before:
            outline = replace(outline, method=COLOURS_ALONE)
        return Proposal(outline, without_network() or (GOES_BY_COLOURS,))

    def _cut_out(self, before: Outline, clicks: Clicks) -> Outline:
        outside = tuple((c.x, c.y) for c in clicks if not c.positive)
        inside = tuple((c.x, c.y) for c in clicks if c.positive)
        outline = before
        for number, point in enumerate(inside):
            if number == 0 or not outline_contains(outline, point):
                more = classic.propose_from_click(self._pixels, point, negative=outside)
                # The first click says which wound is meant; the others, what is missing of it.
                outline = joined(outline, more) if number else draw_over(outline, drawn=more)
        wrong = [point for point in outside if outline_contains(outline, point)]
        if wrong:
            left = _cut(self._pixels, outline, Marks(inside, outside), band=1.0)
            outline = replace(cut_off(outline, left=left, at_px=wrong), source=left.source)
        if not outline.rings:
            raise OutlineError("outline.nothing_found")
        return outline


def without_network() -> tuple[str, ...]:
    """The code of `outline.warnings` that says why there is no network to ask; else none."""
    status = network_status()
    return (_WITHOUT[status],) if status in _WITHOUT else ()


def _ready() -> Network | None:
    return network() if network_status() is NetworkStatus.READY else None


def _method(net: Network) -> str:
    return f"{BY_NETWORK} {net.version}"


def _missed(outline: Outline, clicks: Clicks) -> bool:
    """Whether no click on wound lies inside, though there were some."""
    inside = [outline_contains(outline, (c.x, c.y)) for c in clicks if c.positive]
    return bool(inside) and not any(inside)


def _cut(pixels: Pixels, outline: Outline, marks: Marks, *, band: float) -> Outline:
    """The outline with its edge moved by GrabCut, by at most `band` of its size (√area)."""
    left, top, right, bottom = bounds(outline)
    size = max(right - left, bottom - top, 1.0)
    grow = GROW * size
    box = (max(0.0, left - grow), max(0.0, top - grow),
           min(pixels.shape[1] - 1.0, right + grow),
           min(pixels.shape[0] - 1.0, bottom + grow))  # fmt: skip
    through = window(box, pixels.shape, margin=0.0, side=SIDE)
    reach = Marks(marks.inside_px, marks.outside_px, reach_px=max(1.5, REACH * size))
    coarse = covered(outline, through) > 0.5
    soft, fine = refined(pyramid(pixels), box, coarse, through, side=SIDE, marks=reach, band=band)
    speck = max(6.0, 0.01 * float(np.sum(soft > 0.5)))
    found = simplified(smoothed(rings_from_mask(soft, min_area_px2=speck)))
    # Without a click that says so, a hole is glare or slough: a person cuts true islands.
    kept = [ring for i, ring in enumerate(found) if marks.outside_px or not is_hole(i, found)]
    placed = tuple(ring for ring in map(fine.outwards, kept) if _belongs(ring, outline, marks))
    height, width = pixels.shape[:2]
    return clipped(Outline(placed, OutlineSource.CLICK), width_px=width, height_px=height)


def _belongs(ring: Ring, outline: Outline, marks: Marks) -> bool:
    """Whether a ring holds a click on wound, or lies in what was drawn."""
    if any(contains(ring, point) for point in marks.inside_px):
        return True
    return any(outline_contains(outline, point) for point in deepest_points(Outline((ring,))))
