"""A scale in one line of words, for the window and for the command line."""

from woundtrack import words
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.words import N_, _

METHOD_NAMES: dict[ScaleMethod, str] = {
    ScaleMethod.CARD: N_("printed card"),
    ScaleMethod.RULER: N_("ruler, read by the program"),
    ScaleMethod.TWO_POINTS: N_("two clicks"),
    ScaleMethod.FOUR_POINTS: N_("four corners"),
    ScaleMethod.DOT: N_("coin or adhesive dot"),
    ScaleMethod.SQUARE: N_("square or rectangle"),
}


def told(scale: Scale) -> str:
    """What gave the scale, the tilt where it tells one, and ± of a length (95 %)."""
    parts = [_(METHOD_NAMES[scale.method])]
    if scale.tilt_deg is not None:
        parts.append(_("tilt {degrees}°").format(degrees=words.number(scale.tilt_deg, decimals=0)))
    parts.append("± " + words.percent(words.NORMAL_95 * scale.relative_sd, decimals=1))
    return ", ".join(parts)
