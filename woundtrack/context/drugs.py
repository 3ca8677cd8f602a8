"""The table of analgesics: which are opioids, and their factors to oral morphine.

Factors of another table are another version; what was kept is a drug, a dose and a route, so a
total can always be said anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.therapy.catalogue import ROUTES as THERAPY_ROUTES
from woundtrack.therapy.types import Standing
from woundtrack.words import N_, _

OTHER = "other"
"""The key of an analgesic that is named by the clinic and is not in the table."""

TABLE_VERSION = "CDC 2022"
"""Which factors a total was made with; shown beside it."""

ROUTES: Mapping[str, str] = MappingProxyType(
    {
        **{
            key: THERAPY_ROUTES[key]
            for key in ("oral", "transdermal", "intravenous", "subcutaneous", "topical")
        },
        "sublingual": N_("sublingual or buccal"),
        "nasal": N_("nasal"),
        "rectal": N_("rectal"),
    }
)
"""Routes of analgesics by key, with their English names."""


@dataclass(frozen=True, slots=True)
class FactorTable:
    """Where the factors come from and what is to be known of them; English, shown through `_`."""

    version: str
    source: str
    purpose: str
    older_note: str
    renal_remark: str
    renal_source: str


TABLE = FactorTable(
    version=TABLE_VERSION,
    source="CDC 2022 (globalrph)",
    purpose=N_("For tracking, never for converting one opioid into another."),
    older_note=N_("Older lists have hydromorphone 4, tramadol 0.1 and methadone 3."),
    renal_remark=N_(
        "In renal failure, experts in the United Kingdom avoided morphine, oxycodone, tramadol "
        "and codeine and preferred fentanyl or alfentanil. Not a recommendation."
    ),
    renal_source="Chinnadurai 2020 (orthopedicreviews)",
)


@dataclass(frozen=True, slots=True)
class Drug:
    """One analgesic; `name` is English, shown through `_`."""

    key: str
    name: str
    opioid: bool = True
    routes: tuple[str, ...] = ("oral",)
    """Offered to save typing, the usual one first."""
    unit: str = "mg"
    factor: float | None = None
    """mg of oral morphine for one `factor_unit`; None where the table has none, which is no 0."""
    factor_route: str = "oral"
    """The only route that the factor is for."""
    factor_unit: str = "mg"
    offers: Standing = Standing.INFERRED
    """Published where the table names it; inferred where this project added it as usual."""

    @property
    def by_the_hour(self) -> bool:
        """Whether it is a patch: its dose is what it gives in an hour, day and night."""
        return self.factor_unit.endswith("/h")


def _oral(key: str, name: str, factor: float, *others: str) -> Drug:
    return Drug(key, name, True, ("oral", *others), "mg", factor, offers=Standing.PUBLISHED)


def _without_factor(key: str, name: str, routes: tuple[str, ...], unit: str) -> Drug:
    return Drug(key, name, True, routes, unit)


def _no_opioid(key: str, name: str, *routes: str, unit: str = "mg") -> Drug:
    return Drug(key, name, False, routes or ("oral",), unit)


_INJECTED = ("intravenous", "subcutaneous")

_ALL = (
    _oral("morphine", N_("Morphine"), 1.0, *_INJECTED),
    _oral("oxycodone", N_("Oxycodone"), 1.5, *_INJECTED),
    Drug(
        "fentanyl_patch", N_("Fentanyl, patch"), True, ("transdermal",), "µg/h", 2.4,
        "transdermal", "µg/h", Standing.PUBLISHED,
    ),
    _oral("hydromorphone", N_("Hydromorphone"), 5.0, *_INJECTED),
    _oral("methadone", N_("Methadone"), 4.7),
    _oral("tramadol", N_("Tramadol"), 0.2, *_INJECTED),
    _oral("codeine", N_("Codeine"), 0.15),
    _oral("tapentadol", N_("Tapentadol"), 0.4),
    _oral("hydrocodone", N_("Hydrocodone"), 1.0),
    _oral("oxymorphone", N_("Oxymorphone"), 3.0),
    _without_factor(
        "fentanyl_other", N_("Fentanyl, not as a patch"),
        ("sublingual", "nasal", "intravenous", "subcutaneous"), "µg",
    ),
    _without_factor("buprenorphine_patch", N_("Buprenorphine, patch"), ("transdermal",), "µg/h"),
    _without_factor("buprenorphine", N_("Buprenorphine"), ("sublingual", *_INJECTED), "mg"),
    _without_factor("alfentanil", N_("Alfentanil"), ("subcutaneous", "intravenous"), "mg"),
    _without_factor("dihydrocodeine", N_("Dihydrocodeine"), ("oral",), "mg"),
    _without_factor("opium", N_("Opium"), ("oral", "rectal"), "mg"),
    _without_factor("nalbuphine", N_("Nalbuphine"), _INJECTED, "mg"),
    _no_opioid("paracetamol", N_("Paracetamol"), "oral", "intravenous", "rectal", unit="g"),
    _no_opioid("ibuprofen", N_("Ibuprofen"), "oral", "topical"),
    _no_opioid("ketoprofen", N_("Ketoprofen"), "oral", "intravenous", "topical"),
    _no_opioid("diclofenac", N_("Diclofenac"), "oral", "topical", "rectal"),
    _no_opioid("nsaid", N_("Another anti-inflammatory (NSAID)"), "oral", "intravenous", "topical"),
    _no_opioid("metamizole", N_("Metamizole"), "oral", "intravenous"),
    _no_opioid("nefopam", N_("Nefopam"), "oral", *_INJECTED),
    _no_opioid("gabapentin", N_("Gabapentin")),
    _no_opioid("pregabalin", N_("Pregabalin")),
    _no_opioid("amitriptyline", N_("Amitriptyline")),
    _no_opioid("duloxetine", N_("Duloxetine")),
    _no_opioid("ketamine", N_("Ketamine"), *_INJECTED, "oral"),
    _no_opioid("lidocaine", N_("Lidocaine"), "topical", "transdermal", "intravenous"),
    _no_opioid("capsaicin", N_("Capsaicin, patch"), "transdermal", unit="%"),
    Drug(OTHER, N_("Another analgesic"), True, (), ""),
)  # fmt: skip

DRUGS: Mapping[str, Drug] = MappingProxyType({drug.key: drug for drug in _ALL})
"""Every analgesic by its key, in the order in which they are offered.

Of "other" nothing is known, so it counts as an opioid without a factor.
"""


def route_name(route: str) -> str:
    """A route's name in the language in force; text that is no key stays as written."""
    return _(ROUTES[route]) if route in ROUTES else route
