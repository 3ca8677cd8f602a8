"""What is said of a photo while it can still be taken again, and the way to take it better."""

from collections.abc import Iterable
from dataclasses import dataclass

from woundtrack.words import N_

NO_SCALE = "framing.no_scale"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to do better, for a line and in full; both are translated when shown."""

    short: str
    sentence: str


REMARKS: dict[str, Remark] = {
    "framing.cut_off": Remark(
        N_("Wound cut off: step back"),
        N_(
            "The wound reaches the edge of the photo. Take it again with the whole wound and some "
            "skin around it."
        ),
    ),
    "quality.blurred": Remark(
        N_("Blurred: hold still, focus"),
        N_("The photo is blurred. Hold still, let it focus, and take it again."),
    ),
    NO_SCALE: Remark(
        N_("No scale: lay the card beside it"),
        N_(
            "No card or ruler could be read. Lay one flat beside the wound, all of it in view, and "
            "take the photo again."
        ),
    ),
    "quality.glare": Remark(
        N_("Glare: move lamp, no flash"),
        N_("Wet glare hides part of the photo. Move the lamp or turn off the flash."),
    ),
    "quality.too_dark": Remark(
        N_("Too dark: more light"),
        N_("The photo is too dark. Take it again with more light."),
    ),
    "quality.too_bright": Remark(
        N_("Too bright: no flash"),
        N_("The photo is too bright. Take it again without flash or with less light."),
    ),
    "framing.tilted": Remark(
        N_("Tilted: hold it square-on"),
        N_(
            "The camera was tilted by more than 30°. Hold it square-on to the wound and take the "
            "photo again."
        ),
    ),
    "framing.small": Remark(
        N_("Wound small: go closer"),
        N_(
            "The wound is small in the photo, so its edge is uncertain. Take a close-up as well, "
            "as near as the camera still focuses."
        ),
    ),
    "framing.farther": Remark(
        N_("Farther than last time"),
        N_(
            "The photo takes in much more than that of the last visit. Take it from as near as "
            "then, so that only the wound differs."
        ),
    ),
    "framing.other_side": Remark(
        N_("Seen from another side"),
        N_(
            "The camera looked at the wound from another side than at the last visit. Take the "
            "photo square-on, with the patient lying as then."
        ),
    ),
    "quality.small": Remark(
        N_("Small file: use the original"),
        N_("The photo is very small, so the area is uncertain. Use the camera's own file."),
    ),
}
"""By code, worst first: what makes the area wrong, then what makes it unsure, then the rest."""


def worst_first(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes in the order of `REMARKS`, each once; a small file is why its wound is small."""
    told = set(codes)
    if "quality.small" in told:
        told.discard("framing.small")
    return tuple(code for code in REMARKS if code in told)
