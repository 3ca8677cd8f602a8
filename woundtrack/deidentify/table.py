"""The table beside de-identified pictures: one row a picture and lesion."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from woundtrack import __version__
from woundtrack.deidentify.choose import Candidate, Drawn
from woundtrack.export.case import Case
from woundtrack.export.people_tables import WHOSE
from woundtrack.export.types import Cell, Table, code, day, key, number
from woundtrack.outline.crops import Window
from woundtrack.outline.rings import centroid
from woundtrack.records import ConsentPurpose
from woundtrack.report.labels import PHOTO_VIEWS
from woundtrack.scale.told import METHOD_NAMES
from woundtrack.scale.types import Matrix3, matrix3
from woundtrack.words import N_, _

_PX_DECIMALS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A lesion in a picture that was written; `drawn` None where none is outlined."""

    file: str
    candidate: Candidate
    frame: Window
    drawn: Drawn | None
    masks: int


def mm_per_px(row: Row) -> float | None:
    """How large a px of the picture is at the wound, or in its middle where none is drawn."""
    if row.candidate.scale is None:
        return None
    frame = row.frame
    if row.drawn is not None:
        at = centroid(row.drawn.outline)
    else:
        at = frame.outwards((((frame.width - 1) / 2, (frame.height - 1) / 2),))[0]
    return row.candidate.scale.mm_per_px_at(at) / frame.factor


def homography_px_to_mm(row: Row) -> Matrix3 | None:
    """From the picture's px to mm, as good as lens and limb allow around the wound."""
    scale, frame = row.candidate.scale, row.frame
    if scale is None:
        return None
    corners = ((-0.5, -0.5), (frame.width - 0.5, frame.height - 0.5))
    rings = row.drawn.outline.rings if row.drawn is not None else (frame.outwards(corners),)
    points = [point for ring in rings for point in ring]
    back, half = 1 / frame.factor, 0.5 / frame.factor - 0.5
    into_photo = [[back, 0, half + frame.left_px], [0, back, half + frame.top_px], [0, 0, 1]]
    return matrix3(np.array(scale.local_homography(points)) @ np.array(into_photo))


def outline_px(row: Row) -> str | None:
    """The outline's rings in px of the picture, as JSON."""
    if row.drawn is None:
        return None
    rings = [
        [[round(value, _PX_DECIMALS) for value in row.frame.inwards(point)] for point in ring]
        for ring in row.drawn.outline.rings
    ]
    return json.dumps(rings, separators=(",", ":"))


def _matrix(_case: Case, row: Row) -> str | None:
    found = homography_px_to_mm(row)
    return None if found is None else json.dumps([[float(f"{v:.9g}") for v in r] for r in found])


PICTURES = Table(
    "pictures",
    N_("One row a picture and lesion that is outlined in it."),
    lambda _case: (),
    (
        code("picture", N_("Name of the file"), lambda _case, row: row.file),
        WHOSE,
        number("lesion", N_("Number of the lesion in the table of lesions"),
               lambda _case, row: row.drawn and row.drawn.number),
        number("visit", N_("Number of the visit in the table of visits"),
               lambda case, row: case.visit_numbers[row.candidate.visit.id]),
        day("visit", N_("Day of the visit"), lambda _case, row: row.candidate.visit.value.on),
        key("view", N_("What the photo takes in, as a person told it"),
            lambda _case, row: row.candidate.photo.value.view, PHOTO_VIEWS),
        number("width_px", N_("Width of the picture"), lambda _case, row: row.frame.width, "px"),
        number("height_px", N_("Height of the picture"), lambda _case, row: row.frame.height,
               "px"),
        number("mm_per_px", N_("What a px of the picture is at the wound"),
               lambda _case, row: mm_per_px(row), "mm", decimals=6),
        code("px_to_mm", N_("Homography from px of the picture to mm, row by row (JSON)"), _matrix),
        key("scale_method", N_("What gave the photo its scale"),
            lambda _case, row: row.candidate.scale and row.candidate.scale.method, METHOD_NAMES),
        number("scale_relative_sd", N_("One standard deviation of a length at the reference"),
               lambda _case, row: row.candidate.scale and row.candidate.scale.relative_sd,
               decimals=5),
        code("outline_px", N_("Rings of the outline in px of the picture, (0, 0) the centre of its "
                              "first pixel, y downwards (JSON)"),
             lambda _case, row: outline_px(row)),
        number("area_cm2", N_("Area of the lesion in this picture, traced"),
               lambda _case, row: row.drawn and row.drawn.measurement
               and row.drawn.measurement.area_cm2, "cm²", decimals=4),
        number("area_sd_cm2", N_("One standard deviation of the area, without tracing again"),
               lambda _case, row: row.drawn and row.drawn.measurement
               and row.drawn.measurement.area_cm2_sd, "cm²", decimals=4),
        number("masks", N_("How many parts of the picture are painted over"),
               lambda _case, row: row.masks),
    ),
)  # fmt: skip

PURPOSE_NAMES = {
    ConsentPurpose.TEACHING: N_("teaching"),
    ConsentPurpose.RESEARCH: N_("research"),
}


def about_pictures(
    purpose: ConsentPurpose, *, patients: int, pictures: int, left_out: Sequence[str], on: dt.date
) -> Iterator[tuple[Cell, Cell]]:
    """What was exported, for what, and how to read it."""
    yield _("Made by"), f"woundtrack {__version__}"
    yield _("Made on"), on
    yield _("For"), _(PURPOSE_NAMES[purpose])
    yield _("Patients"), patients
    yield _("Pictures"), pictures
    yield _("Left out, without consent to it"), len(left_out)
    yield _("People are named"), _(_BY_CODE)
    yield _("Pictures are"), _(_MADE)
    yield _("An empty cell"), _(_EMPTY)
    yield _("Keep it safe"), _(_SAFE)


_BY_CODE = N_(
    "by code; days since the first confirmed visit instead of dates. The clinic can tell who is "
    "who by the codes."
)
_MADE = N_(
    "cut to wound and scale, with codes and writing painted over, and made anew from pixels alone. "
    "A person looked at each."
)
_EMPTY = N_("Not recorded, or not known. It is never 0.")
_SAFE = N_("Not encrypted, and a wound or a tattoo may be known again: these are health data.")
