"""What a confirmed wound bed is made of, in one line of the report."""

from woundtrack.errors import OutlineError
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.wording import amounts_text
from woundtrack.records import PhotoOutline
from woundtrack.scale.types import Scale
from woundtrack.words import _


def bed_text(outline: PhotoOutline, scale: Scale | None) -> str:
    """The fractions of an outline's tissue map; empty without a map, or where it has gaps."""
    if outline.tissue is None:
        return ""
    try:
        parts = fractions(outline.tissue, outline.outline, scale)
    except OutlineError:
        return ""
    if outline.tissue.repainted:
        amounts = amounts_text(parts, by_hand=True)
        return _("wound bed, painted by hand: {amounts}").format(amounts=amounts)
    return _("wound bed, proposed by a network: {amounts}").format(amounts=amounts_text(parts))
