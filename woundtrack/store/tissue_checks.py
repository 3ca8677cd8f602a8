"""Whether a tissue map can be kept with an outline."""

import struct

from woundtrack.records import PhotoOutline

MAX_CELLS = 8192
"""Along one side of a map: a proposal has 256, edits of its outline make it grow."""
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
"""Signature and header of a PNG; width and height follow as two big-endian words."""
_SIZE = slice(len(_PNG_BEGINS), len(_PNG_BEGINS) + 8)


def tissue_fits(value: PhotoOutline) -> bool:
    """Whether the map is a picture of its window's size in an outline; none at all fits."""
    if value.tissue is None:
        return True
    window, png = value.tissue.window, value.tissue.png
    is_png = png.startswith(_PNG_BEGINS) and len(png) > _SIZE.stop
    size = struct.unpack(">II", png[_SIZE]) if is_png else ()
    small = max(window.width, window.height) <= MAX_CELLS
    return bool(value.outline.rings) and small and size == (window.width, window.height)
