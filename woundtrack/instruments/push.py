"""The Pressure Ulcer Scale for Healing, version 3.0: three items, 0 (closed) to 17.

Bands and levels: CLINICAL §3; the way of measuring: NPUAP, instructions for using the PUSH
tool. The labels are this project's own short words.
"""

from decimal import ROUND_HALF_UP, Decimal

from woundtrack.errors import RecordError
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.types import Answers, Basis, Instrument, Note, item
from woundtrack.words import N_

PRINT = "NPUAP; GitHub 21216341273, 59200368098"
AREA_LIMITS_CM2 = ("0.3", "0.6", "1.0", "2.0", "3.0", "4.0", "8.0", "12.0", "24.0")
"""Below the first is 1; up to and with the others 2 to 9; beyond, 10. 0 is closed."""

PUSH = Instrument(
    key="push",
    short="PUSH",
    name=N_("Pressure Ulcer Scale for Healing 3.0"),
    version="3.0",
    credit=N_(
        "© National Pressure Ulcer Advisory Panel; labels by this project, not a validated wording."
    ),
    source=PRINT,
    items=(
        item(
            "area",
            N_("Head to toe × across"),
            N_("0, closed"),
            N_("Under 0.3 cm²"),
            N_("0.3 to 0.6 cm²"),
            N_("0.7 to 1.0 cm²"),
            N_("1.1 to 2.0 cm²"),
            N_("2.1 to 3.0 cm²"),
            N_("3.1 to 4.0 cm²"),
            N_("4.1 to 8.0 cm²"),
            N_("8.1 to 12.0 cm²"),
            N_("12.1 to 24.0 cm²"),
            N_("Over 24 cm²"),
            note=Note(
                N_("The product is rounded to 0.1 cm², as the bands are printed, and then banded."),
                PRINT,
                Basis.INFERRED,
            ),
        ),
        item(
            "exudate",
            N_("Exudate, dressing off"),
            N_("None"),
            N_("Light"),
            N_("Moderate"),
            N_("Heavy"),
        ),
        item(
            "tissue",
            N_("Worst tissue"),
            N_("Closed, new skin all over"),
            N_("New skin growing in"),
            N_("Granulation, no slough or necrosis"),
            N_("Any slough, no necrosis"),
            N_("Any necrosis"),
        ),
    ),
    size_item="area",
    notes=(
        Note(
            N_("Tried on pressure, venous and diabetic foot ulcers, not on calciphylaxis."),
            "Houghton, n = 98",
        ),
    ),
)


def area_score(head_to_toe_cm: float, left_right_cm: float) -> int:
    """The area's score from greatest head-to-toe × greatest left-right, in cm.

    The product is rounded to 0.1 cm², half up, as the printed bands are (CLINICAL §0). Raises
    RecordError record.size_not_positive: a closed wound's 0 is a person's statement.
    """
    if not (head_to_toe_cm > 0 and left_right_cm > 0):
        raise RecordError("record.size_not_positive")
    # Float noise must not lift 0.65 over its half, nor keep it below.
    product = Decimal(str(round(head_to_toe_cm * left_right_cm, 6)))
    area_cm2 = product.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if area_cm2 < Decimal(AREA_LIMITS_CM2[0]):
        return 1
    above = (n for n, up_to in enumerate(AREA_LIMITS_CM2[1:], 2) if area_cm2 <= Decimal(up_to))
    return next(above, 10)


_EXUDATE = {1: 0, 3: 1, 4: 2, 5: 3}
"""BWAT's exudate: none, small, moderate, large. "Moist only" may be none or light: asked."""
_NO_NECROSIS, _SOFT_ESCHAR = 1, 4
_GRANULATION = (2, 3, 4)


def exudate_from_bwat(scores: Answers) -> int | None:
    """The exudate that a BWAT form's own amount says; None where it says no single one."""
    amount = scores[BWAT.index("exudate_amount")]
    return _EXUDATE.get(amount) if amount is not None else None


def tissue_from_bwat(scores: Answers) -> int | None:
    """The worst tissue that a BWAT form names beyond doubt; None where it does not.

    The form names the prevailing necrotic tissue, PUSH wants the worst: beneath prevailing
    slough there may be eschar, so only eschar and its plain absence are taken over.
    """
    kind, amount = scores[BWAT.index("necrosis_type")], scores[BWAT.index("necrosis_amount")]
    if kind is None or amount is None or (kind == _NO_NECROSIS) != (amount == _NO_NECROSIS):
        return None
    if kind >= _SOFT_ESCHAR:
        return 4
    granulates = scores[BWAT.index("granulation")] in _GRANULATION
    return 2 if kind == _NO_NECROSIS and granulates else None
