"""The revised Photographic Wound Assessment Tool: eight items of 0 to 4, together 0 to 32.

Items: CLINICAL §3; levels of items 1 to 6: scribd 716873210. The labels are this project's own.
"""

from woundtrack.errors import RecordError
from woundtrack.instruments.types import Basis, Instrument, Note, item
from woundtrack.words import N_

PRINT = "scribd 716873210"
HEALED = N_("Closed, or nearly (under 0.3 cm²)")
SIZE_BANDS_CM2 = ((0.0, 0.3), (0.5, 2.0), (2.0, 10.0), (10.0, 20.0), (20.0, float("inf")))
"""As printed, score 0 to 4: nothing is said of 0.3 to 0.5, and 2 and 10 stand in two bands."""
_LEVELS_BY_MEMORY = Note(
    N_("The levels of this item are not confirmed in print."), PRINT, Basis.MEMORY
)

REVPWAT = Instrument(
    key="revpwat",
    short="revPWAT",
    name=N_("Photographic Wound Assessment Tool, revised"),
    version="2013",
    credit=N_(
        "After Pamela Houghton and colleagues; labels by this project, not a validated wording."
    ),
    source=PRINT,
    items=(
        item(
            "size",
            N_("Size"),
            HEALED,
            N_("0.5 to 2 cm²"),
            N_("2 to 10 cm²"),
            N_("10 to 20 cm²"),
            N_("Over 20 cm²"),
            note=Note(
                N_("Printed so: nothing is said of 0.3 to 0.5 cm², and the bands share ends."),
                PRINT,
            ),
        ),
        item(
            "depth",
            N_("Depth"),
            HEALED,
            N_("Full thickness"),
            N_("Hidden by slough or eschar"),
            N_("Full thickness, into what lies below"),
            N_("Tendon, joint capsule or bone seen"),
        ),
        item(
            "necrosis_type",
            N_("Necrosis: type"),
            N_("None to be seen, or closed"),
            N_("Mostly thin slough, white to yellow"),
            N_("Mostly thick slough or fibrin, held"),
            N_("Mostly dead tissue, white or grey"),
            N_("Mostly hard eschar, grey to black"),
        ),
        item(
            "necrosis_amount",
            N_("Necrosis: amount"),
            N_("None to be seen, or closed"),
            N_("Under 25 % of the bed"),
            N_("25 to 50 %"),
            N_("Over 50, under 75 %"),
            N_("75 to 100 %"),
        ),
        item(
            "granulation_type",
            N_("Granulation: type"),
            HEALED,
            N_("Mostly healthy, evenly bright red"),
            N_("Mostly pale, dull or overgrown"),
            N_("Mostly damaged, friable"),
            N_("None"),
        ),
        item(
            "granulation_amount",
            N_("Granulation: amount"),
            HEALED,
            N_("75 to 100 %"),
            N_("Over 50, under 75 %"),
            N_("25 to 50 %"),
            N_("Under 25 %"),
        ),
        item(
            "edges",
            N_("Edges"),
            HEALED,
            N_("Mostly attached, new skin advancing"),
            N_("Mostly attached, level with the base"),
            N_("Mostly not attached, or undermined"),
            N_("Mostly rolled, thick or fibrotic"),
            note=_LEVELS_BY_MEMORY,
        ),
        item(
            "skin",
            N_("Skin around: signs"),
            N_("None"),
            N_("One"),
            N_("Two or three"),
            N_("Four or five"),
            N_("Six or more"),
            note=_LEVELS_BY_MEMORY,
        ),
    ),
    size_item="size",
    notes=(
        Note(
            N_("Photo against bedside ICC 0.89; between raters 0.71; of one rater 0.52 to 0.93."),
            "nursingcenter 1573992",
        ),
    ),
)


def size_score(area_cm2: float) -> int | None:
    """The size's score of an area; None where the printed bands name none, or two.

    Raises RecordError record.size_not_positive.
    """
    if not area_cm2 > 0:
        raise RecordError("record.size_not_positive")
    area_cm2 = round(area_cm2, 6)
    if area_cm2 < SIZE_BANDS_CM2[0][1]:
        return 0
    bands = enumerate(SIZE_BANDS_CM2[1:], 1)
    fitting = [score for score, (low, high) in bands if low <= area_cm2 <= high]
    if area_cm2 == SIZE_BANDS_CM2[-1][0]:
        fitting = fitting[:1]  # the last band is printed as "over"
    return fitting[0] if len(fitting) == 1 else None
