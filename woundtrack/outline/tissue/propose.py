"""Which tissue lies where inside an outline, proposed by the network and one stated rule."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import Window, look, moved, pyramid
from woundtrack.outline.rings import bounds
from woundtrack.outline.tissue.fractions import covered, fractions
from woundtrack.outline.tissue.network import (
    LEARNED,
    SIDE_PX,
    STRIDE,
    Likely,
    TissueNetwork,
    tissue_network,
)
from woundtrack.outline.tissue.types import Cells, Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Correction
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

METHOD_VERSION = "tissue-1"
MAP_SIDE = 256
"""Cells along the longer side of a map."""
VIEW_PART = 2.0
"""The network's view, in sizes of the outline: what lies around says what the light is like."""
SMALLEST_VIEW_PX = 48.0
DARK_LIGHTNESS, DARK_CHROMA = 25.0, 15.0
"""CIE L* and chroma below which a place is drawn as necrosis or eschar: black, nearly without
colour. A proposal alone: there are no labels to measure it by, and a deep hollow is as dark."""


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What the network's view and the dark rule say of one photo in one light."""

    likely: Likely
    dark: NDArray[np.float32]


def propose_tissue(
    pixels: Pixels, outline: Outline, *, correction: Correction, scale: Scale | None = None
) -> TissueMap:
    """The map of an outline (rings in px of the upright photo), in the light of `light_of`.

    The sd of each fraction joins what was measured of the network and how far the fraction
    moves when the light's colour is moved by its own doubt. Raises OutlineError outline.empty,
    outline.no_tissue_network where its file is missing, outline.tissue_unreadable.
    """
    network = tissue_network()
    if network is None:
        raise OutlineError("outline.no_tissue_network")
    view = view_of(outline)
    shown = look(pyramid(pixels), view)
    proposed = _mapped(_seen(network, correction.applied(shown)), view, outline)
    tissue_map = TissueMap(
        window=_map_window(outline),
        png=png_of(proposed),
        method_version=f"{METHOD_VERSION} {network.version}",
        light=correction.light,
    )
    sides = []
    for sds in (-1.0, 1.0):
        cells = _mapped(_seen(network, correction.shifted(sds).applied(shown)), view, outline)
        moved_map = replace(tissue_map, png=png_of(cells))
        sides.append([part.fraction for part in fractions(moved_map, outline, scale)])
    by_light = 0.5 * np.abs(np.array(sides[1]) - np.array(sides[0]))
    sd = tuple(
        (tissue, float(np.hypot(network.fraction_sd[tissue], by_light[place])))
        for place, tissue in enumerate(Tissue)
        if tissue in network.fraction_sd
    )
    return replace(tissue_map, fraction_sd=sd)


def view_of(outline: Outline) -> Window:
    """The square that the network is shown: the outline's box in its middle, as much around."""
    left, top, right, bottom = bounds(outline)
    side = max(VIEW_PART * max(right - left, bottom - top), SMALLEST_VIEW_PX)
    corner = (left + right + 1) / 2 - side / 2, (top + bottom + 1) / 2 - side / 2
    return Window(*corner, SIDE_PX / side, SIDE_PX, SIDE_PX)


def _map_window(outline: Outline) -> Window:
    left, top, right, bottom = bounds(outline)
    wide, tall = right - left, bottom - top
    factor = MAP_SIDE / max(wide, tall)
    shape = max(2, int(np.ceil(wide * factor))), max(2, int(np.ceil(tall * factor)))
    return Window(left + 0.5, top + 0.5, factor, *shape)


def _seen(network: TissueNetwork, view: Pixels) -> _Seen:
    import cv2

    lab = np.asarray(cv2.cvtColor(view.astype(np.float32) / 255, cv2.COLOR_BGR2Lab), np.float32)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    dark = (lab[..., 0] < DARK_LIGHTNESS) & (chroma < DARK_CHROMA)
    return _Seen(network(view), dark.astype(np.float32))


def _mapped(seen: _Seen, view: Window, outline: Outline) -> Cells:
    """The likeliest learned tissue of each cell of the outline, or necrosis where it is dark."""
    target = _map_window(outline)
    coarse = replace(
        view, factor=view.factor / STRIDE, width=SIDE_PX // STRIDE, height=SIDE_PX // STRIDE
    )
    classes = [(tissue, at) for at, tissue in enumerate(LEARNED) if tissue is not None]
    maps = [moved(seen.likely[at], coarse, target, go_on=True) for _, at in classes]
    numbers = np.array([tissue for tissue, _ in classes], np.uint8)
    cells: Cells = numbers[np.argmax(maps, axis=0)]
    cells[moved(seen.dark, view, target, go_on=True) > 0.5] = Tissue.NECROSIS
    cells[covered(outline, target) <= 0] = 0
    return cells
