"""The Bates-Jensen Wound Assessment Tool (13 items) and its 8-item part for calciphylaxis.

Bands and levels: CLINICAL §1 (Bates-Jensen; levels as printed in Diagnostics 2021;11:730
Table 1). The labels are this project's own short words, never the tool's instructions. A
score of 0 belongs to the revised form and to items 1 to 4 alone.
"""

from woundtrack.errors import RecordError
from woundtrack.instruments.types import Band, Basis, Instrument, Item, Note, item
from woundtrack.words import N_

SIZE_LIMITS_CM2 = (4.0, 16.0, 36.0, 80.0)
"""Length × width: below the first is 1; up to and with the others 2, 3, 4; beyond, 5."""

HEALED = N_("Healed, resolved")
SHAPES: tuple[tuple[str, str], ...] = (
    ("irregular", N_("Irregular")),
    ("round", N_("Round or oval")),
    ("square", N_("Square or rectangular")),
    ("linear", N_("Linear or elongated")),
    ("bowl", N_("Bowl or boat")),
    ("butterfly", N_("Butterfly")),
    ("other", N_("Another shape")),
)
"""The unscored item "shape": key and label. The other, "location", is the lesion's own."""

PRINT = "Diagnostics 2021;11:730, table 1"


def _item(
    key: str, label: str, *labels: str, healed: bool = False, note: Note | None = None
) -> Item:
    if healed:
        return item(key, label, HEALED, *labels, note=note)
    return item(key, label, *labels, lowest=1, note=note)


BWAT = Instrument(
    key="bwat",
    short="BWAT",
    name=N_("Bates-Jensen Wound Assessment Tool"),
    version="2001, revised",
    credit=N_("After Barbara Bates-Jensen; labels by this project, not a validated wording."),
    source=f"{PRINT}; hmpgloballearningnetwork",
    items=(
        _item(
            "size",
            N_("Size"),
            N_("Under 4 cm²"),
            N_("4 to 16 cm²"),
            N_("Over 16, to 36 cm²"),
            N_("Over 36, to 80 cm²"),
            N_("Over 80 cm²"),
            healed=True,
            note=Note(
                N_("Where the printed bands leave gaps, the lower one reaches up to the next."),
                PRINT,
                Basis.INFERRED,
            ),
        ),
        _item(
            "depth",
            N_("Depth"),
            N_("Skin intact, redness that stays"),
            N_("Partial thickness"),
            N_("Full thickness, fascia not crossed"),
            N_("Hidden by necrosis"),
            N_("Down to muscle, bone or tendon"),
            healed=True,
        ),
        _item(
            "edges",
            N_("Edges"),
            N_("Indistinct"),
            N_("Distinct, level with the base"),
            N_("Defined, not attached"),
            N_("Not attached, rolled or thick"),
            N_("Fibrotic, scarred or horny"),
            healed=True,
        ),
        _item(
            "undermining",
            N_("Undermining"),
            N_("None"),
            N_("Under 2 cm"),
            N_("2 to 4 cm, under half the edge"),
            N_("2 to 4 cm, over half the edge"),
            N_("Over 4 cm, or a tunnel"),
            healed=True,
        ),
        _item(
            "necrosis_type",
            N_("Necrosis: type"),
            N_("None to be seen"),
            N_("White, grey or loose-lying yellow"),
            N_("Yellow slough, loosely held"),
            N_("Soft black eschar, held"),
            N_("Hard black eschar, held fast"),
        ),
        _item(
            "necrosis_amount",
            N_("Necrosis: amount"),
            N_("None to be seen"),
            N_("Under 25 % of the bed"),
            N_("25 to 50 %"),
            N_("Over 50, under 75 %"),
            N_("75 to 100 %"),
        ),
        _item(
            "exudate_type",
            N_("Exudate: type"),
            N_("None"),
            N_("Bloody"),
            N_("Watery, blood-tinged"),
            N_("Clear, watery"),
            N_("Pus"),
        ),
        _item(
            "exudate_amount",
            N_("Exudate: amount"),
            N_("None, dry"),
            N_("Moist only"),
            N_("Small, to 25 % of the dressing"),
            N_("Moderate, to 75 %"),
            N_("Large, over 75 %"),
            note=Note(
                N_("“Small” is printed as under 25 % too; this form counts 25 % itself as small."),
                "woundcareadvisor.com",
                Basis.MEMORY,
            ),
        ),
        _item(
            "skin_colour",
            N_("Skin around: colour"),
            N_("Usual for this person"),
            N_("Bright red, or blanches"),
            N_("Pale, white or grey"),
            N_("Dark red or purple, stays"),
            N_("Black or darkened"),
            note=Note(
                N_("The item raters agree on least (κ 0.46); look twice on dark skin."),
                "Bates-Jensen 2019",
                Basis.INFERRED,
            ),
        ),
        _item(
            "oedema",
            N_("Skin around: oedema"),
            N_("None"),
            N_("No pitting, under 4 cm"),
            N_("No pitting, 4 cm or more"),
            N_("Pitting, under 4 cm"),
            N_("Pitting 4 cm or more, or crackling"),
        ),
        _item(
            "induration",
            N_("Skin around: hardness"),
            N_("None"),
            N_("Under 2 cm"),
            N_("2 to 4 cm, under half way round"),
            N_("2 to 4 cm, half way or more"),
            N_("Over 4 cm anywhere"),
        ),
        _item(
            "granulation",
            N_("Granulation"),
            N_("Skin intact, or partial thickness"),
            N_("Bright red 75 to 100 %, or overgrown"),
            N_("Bright red, 25 to 75 %"),
            N_("Dull pink, or 25 % at most"),
            N_("None"),
        ),
        _item(
            "epithelialisation",
            N_("New skin"),
            N_("100 %, surface intact"),
            N_("75 % or more, or over 0.5 cm in"),
            N_("50 to 75 %, or under 0.5 cm in"),
            N_("25 to 50 %"),
            N_("Under 25 %"),
        ),
    ),
    bands=(
        Band(20, "minimal", N_("minimal severity")),
        Band(30, "mild", N_("mild severity")),
        Band(40, "moderate", N_("moderate severity")),
        Band(65, "extreme", N_("extreme severity")),
    ),
    size_item="size",
    notes=(
        Note(
            N_("Of two raters’ totals r = 0.90 (1,161 observations)."),
            "Bates-Jensen 2019, escholarship 9d80h488",
        ),
    ),
)
"""Totals 13 to 65, from 9 in the revised form (CLINICAL §1)."""

BWAT_CUA = Instrument(
    key="bwat_cua",
    short="BWAT-CUA",
    name=N_("BWAT for calcific uremic arteriolopathy"),
    version="2021",
    credit=N_("Items 5 to 12 of the BWAT; no threshold of meaningful change is published."),
    source="PMC8073812, table 1",
    items=BWAT.items[4:12],
    notes=(
        Note(
            N_("Six of its items are confirmed in print; hardness and granulation are not."),
            "PMC8073812, table 1",
            Basis.MEMORY,
        ),
        Note(
            N_(
                "It fell by 6.0 in 12 weeks without the drug too: a fall alone shows no effect of "
                "a treatment."
            ),
            "CALCIPHYX, PMID 39252867",
        ),
    ),
    part_of=BWAT.key,
)
"""Items 5 to 12 (CLINICAL §2), 8 to 40, without bands: none are published."""


def size_score(length_cm: float, width_cm: float) -> int:
    """Item 1 from longest × widest, in cm: <4 | ≤16 | ≤36 | ≤80 | >80 cm² (CLINICAL §0).

    Length × width always, never a traced area. Raises RecordError where either is not
    positive: a closed wound's 0 is a person's statement, not a product.
    """
    if not (length_cm > 0 and width_cm > 0):
        raise RecordError("record.size_not_positive")
    # Printed bands are of two decimals at most; float noise must not lift 4 × 4 over 16.
    product_cm2 = round(length_cm * width_cm, 6)
    if product_cm2 < SIZE_LIMITS_CM2[0]:
        return 1
    return next((n for n, up_to in enumerate(SIZE_LIMITS_CM2[1:], 2) if product_cm2 <= up_to), 5)
