"""Which tissue lies where inside an outline, proposed by the network and one stated rule."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import Window, look, moved, pyramid
from woundtrack.outline.masks import covered
from woundtrack.outline.rings import bounds
from woundtrack.outline.tissue.fractions import LEAST_COVER, parts_of, weighed
from woundtrack.outline.tissue.network import (
    LEARNED,
    SIDE_PX,
    STRIDE,
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
VIEW_PART = 1.5
"""The network's view, in sizes of the outline: some of what lies around is seen as well."""
SMALLEST_VIEW_PX = 48.0
DARK_LIGHTNESS, DARK_CHROMA = 25.0, 15.0
"""CIE L* and chroma below which a place is drawn as necrosis or eschar: black, nearly without
colour. A proposal alone: there are no labels to measure it by, and a deep hollow is as dark."""

BED = (Tissue.SLOUGH, Tissue.GRANULATION)
WITH_CALLUS = (*BED, Tissue.CALLUS)


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """One outline in one photo as the network is shown it, and the cells to be filled."""

    network: TissueNetwork
    shown: Pixels
    view: Window
    target: Window
    inside: NDArray[np.bool_]
    tissues: tuple[Tissue, ...]

    def cells(self, correction: Correction) -> Cells:
        """The likeliest tissue of each cell in this light, or necrosis where it is dark."""
        shown = correction.applied(self.shown)
        likely = self.network(shown)
        side = SIDE_PX // STRIDE
        coarse = replace(self.view, factor=self.view.factor / STRIDE, width=side, height=side)
        maps = [
            moved(likely[LEARNED.index(tissue)], coarse, self.target, go_on=True)
            for tissue in self.tissues
        ]
        numbers = np.array(self.tissues, np.uint8)
        cells: Cells = numbers[np.argmax(maps, axis=0)]
        cells[moved(_dark(shown), self.view, self.target, go_on=True) > 0.5] = Tissue.NECROSIS
        cells[~self.inside] = 0
        return cells


def propose_tissue(
    pixels: Pixels,
    outline: Outline,
    *,
    correction: Correction,
    scale: Scale | None = None,
    with_callus: bool = False,
    network: TissueNetwork | None = None,
) -> TissueMap:
    """The map of an outline (rings in px of the upright photo), in the light of `light_of`.

    An outline holds the wound bed, and callus lies outside: it is looked for only where the
    outline is said to take it in. Raises OutlineError outline.empty; outline.no_tissue_network
    where none is given or installed, outline.tissue_unreadable.
    """
    network = network or tissue_network()
    if network is None:
        raise OutlineError("outline.no_tissue_network")
    view, target = view_of(outline), map_window(outline)
    cover = covered(outline, target)
    sight = _Sight(
        network=network,
        shown=look(pyramid(pixels), view),
        view=view,
        target=target,
        inside=np.asarray(cover > LEAST_COVER),
        tissues=WITH_CALLUS if with_callus else BED,
    )
    weight = weighed(cover, target, scale)
    colder, warmer = (parts_of(sight.cells(correction.shifted(sds)), weight) for sds in (-1.0, 1.0))
    measured = network.fraction_sd[with_callus]
    return TissueMap(
        window=target,
        png=png_of(sight.cells(correction)),
        method_version=f"{METHOD_VERSION} {network.version}",
        light=correction.light,
        # What was measured of the network, and how far a part moves with the light's doubt.
        fraction_sd=tuple(
            (tissue, float(np.hypot(measured[tissue], 0.5 * (warmer[tissue] - colder[tissue]))))
            for tissue in sight.tissues
        ),
    )


def view_of(outline: Outline) -> Window:
    """The square that the network is shown: the outline's box in its middle."""
    left, top, right, bottom = bounds(outline)
    side = max(VIEW_PART * max(right - left, bottom - top), SMALLEST_VIEW_PX)
    corner = (left + right + 1) / 2 - side / 2, (top + bottom + 1) / 2 - side / 2
    return Window(*corner, SIDE_PX / side, SIDE_PX, SIDE_PX)


def map_window(outline: Outline) -> Window:
    """The cells over an outline's box."""
    left, top, right, bottom = bounds(outline)
    wide, tall = right - left, bottom - top
    factor = MAP_SIDE / max(wide, tall)
    shape = max(2, int(np.ceil(wide * factor))), max(2, int(np.ceil(tall * factor)))
    return Window(left + 0.5, top + 0.5, factor, *shape)


def _dark(shown: Pixels) -> NDArray[np.float32]:
    """Where a view is black, nearly without colour: 1, elsewhere 0."""
    import cv2

    lab = np.asarray(cv2.cvtColor(shown.astype(np.float32) / 255, cv2.COLOR_BGR2Lab), np.float32)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    dark = (lab[..., 0] < DARK_LIGHTNESS) & (chroma < DARK_CHROMA)
    return dark.astype(np.float32)
