"""What is asked of a lesion's cause: which facts by aetiology, and what the sources say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.context.types import CalcificationShape, CalcinosisSubtype, CauseFacts
from woundtrack.records import Aetiology
from woundtrack.therapy.types import Standing
from woundtrack.words import N_, _

SOURCE = "Fabreguet 2015"


@dataclass(frozen=True, slots=True)
class Subtype:
    """A kind of calcinosis as its source describes it; English, shown through `_`."""

    name: str
    described: str
    raised: bool | None
    """Whether calcium or phosphate is raised; None where the source does not say."""
    damaged: bool | None
    """Whether tissue is damaged; None where the source does not say."""
    source: str = SOURCE
    standing: Standing = Standing.PUBLISHED


SUBTYPES: Mapping[CalcinosisSubtype, Subtype] = MappingProxyType(
    {
        CalcinosisSubtype.DYSTROPHIC: Subtype(
            N_("dystrophic"), N_("Normal calcium and phosphate, damaged tissue."), False, True
        ),
        CalcinosisSubtype.METASTATIC: Subtype(
            N_("metastatic"),
            N_("High calcium, phosphate or both; the tumoral form is put here."),
            True,
            None,
        ),
        CalcinosisSubtype.IDIOPATHIC: Subtype(
            N_("idiopathic"), N_("Normal calcium and phosphate, no damaged tissue."), False, False
        ),
        CalcinosisSubtype.IATROGENIC: Subtype(
            N_("iatrogenic"), N_("After calcium in a vein, or calcium heparin."), None, None
        ),
    }
)
"""The four subtypes, in the order in which they are offered."""

SHAPES: Mapping[CalcificationShape, str] = MappingProxyType(
    {
        CalcificationShape.RETICULAR: N_("reticular"),
        CalcificationShape.NODULAR: N_("nodular"),
        CalcificationShape.LINEAR: N_("linear"),
        CalcificationShape.AMORPHOUS: N_("amorphous"),
        CalcificationShape.SHEET_LIKE: N_("sheet-like"),
    }
)
"""How calcification looks on an X-ray; "sheet-like" is misprinted in the source."""

APART_NOTE = N_(
    "Calcium and phosphate alone cannot tell dystrophic from idiopathic: whether tissue is "
    "damaged must be said."
)
XRAY_NOTE = N_("An X-ray is the first imaging, by the source.")

FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "uraemic": N_("Kidney failure"),
        "subtype": N_("Subtype"),
        "calcium_or_phosphate_raised": N_("Calcium or phosphate raised"),
        "tissue_damaged": N_("Tissue damaged"),
        "underlying": N_("Underlying disease or injury"),
        "given": N_("What was given"),
        "tumoral": N_("Tumoral"),
        "xray": N_("On the X-ray"),
        "largest_mm": N_("Largest deposit"),
    }
)
"""Every field of `CauseFacts` by name, with its English label."""

FIELDS: Mapping[Aetiology, tuple[str, ...]] = MappingProxyType(
    {
        Aetiology.CALCIPHYLAXIS: ("uraemic",),
        Aetiology.CALCINOSIS: (
            "subtype", "calcium_or_phosphate_raised", "tissue_damaged", "underlying", "given",
            "tumoral", "xray", "largest_mm",
        ),
    }
)  # fmt: skip
"""The fields of `CauseFacts` that an aetiology asks, in their order; the others ask none."""


def fields_of(aetiology: Aetiology, *, subtype: CalcinosisSubtype | None = None) -> tuple[str, ...]:
    """What is asked of a cause: what was given only where calcinosis is iatrogenic."""
    fields = FIELDS.get(aetiology, ())
    if subtype is CalcinosisSubtype.IATROGENIC:
        return fields
    return tuple(name for name in fields if name != "given")


def subtype_name(subtype: CalcinosisSubtype) -> str:
    """A subtype's name in the language in force."""
    return _(SUBTYPES[subtype].name)


def shape_name(shape: CalcificationShape) -> str:
    """How calcification looks, in the language in force."""
    return _(SHAPES[shape])


def cause_question(facts: CauseFacts) -> str:
    """What to ask where the facts are not those of the subtype; empty where they are.

    Asked, never refused and never put right: the clinician names the subtype.
    """
    if facts.subtype is None:
        return ""
    subtype = SUBTYPES[facts.subtype]
    said = (facts.calcium_or_phosphate_raised, facts.tissue_damaged)
    meant = (subtype.raised, subtype.damaged)
    pairs = zip(said, meant, strict=True)
    if all(one is None or other is None or one == other for one, other in pairs):
        return ""
    return _("{subtype} is described so in {source}: “{described}” Are the facts right?").format(
        subtype=_(subtype.name).capitalize(), source=subtype.source, described=_(subtype.described)
    )
