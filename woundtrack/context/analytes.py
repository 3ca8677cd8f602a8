"""What laboratories measure in calciphylaxis and calcinosis, as data: units, codes, what was seen.

Nothing here is a limit to act on: `seen` is what the sources print, and `usual` only tells a
slip of the unit or of the decimal point. A factor between units is a substance's own, so it
stands with the analyte and not in `woundtrack.units`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from woundtrack.therapy.types import Standing
from woundtrack.words import N_

OTHER = "other"
"""The key of a result that is named by the clinic and is not in the table."""

REGISTRY = "PMID 26908770"
"""The German registry of calciphylaxis, 253 patients: medians of those on dialysis."""
REVIEW = "Ureña Torres 2025"
CASE = "case report of rheopheresis"
_MEMORY, _OURS = Standing.MEMORY, Standing.INFERRED


@dataclass(frozen=True, slots=True)
class Loinc:
    """A LOINC code; `of` says whether it counts moles or mass, empty where both or unknown."""

    code: str
    of: str = ""
    standing: Standing = Standing.PUBLISHED


@dataclass(frozen=True, slots=True)
class Usual:
    """Values that occur in patients, the very ill too: outside it the unit is asked about.

    Inferred by this project, wide, and no reference range.
    """

    low: float
    high: float
    unit: str
    standing: Standing = Standing.INFERRED


@dataclass(frozen=True, slots=True)
class Analyte:
    """One thing that a laboratory measures; `name` and sentences are English, shown through `_`."""

    key: str
    name: str
    unit: str
    """The unit of its series, and the first offered; empty where each result has its own."""
    others: Mapping[str, float] = field(default_factory=dict)
    """Every other unit offered, and how many `unit` one of it is."""
    factors: str = ""
    """The factor between moles and mass, and where it comes from."""
    source: str = ""
    """Where `seen` is printed."""
    offers: Standing = Standing.PUBLISHED
    """Published where the sources name it, inferred where this project added it as usual."""
    loinc: tuple[Loinc, ...] = ()
    usual: Usual | None = None
    seen: str = ""
    """What the sources print of it: to be shown as theirs, never used as a limit."""

    @property
    def units(self) -> Mapping[str, float]:
        """Every unit offered, the series' own first, and how many of the series' one of it is."""
        return {self.unit: 1.0, **self.others}


_GRAMS = MappingProxyType({"g/dL": 10.0, "mg/L": 1e-3, "mg/dL": 1e-2})
_CALCIUM = MappingProxyType({"mg/dL": 1 / 4.008, "mg/L": 1 / 40.08, "mEq/L": 0.5})
_CALCIUM_FACTORS = "1 mmol/L = 4.008 mg/dL (40.08 g/mol)"

_ALL = (
    Analyte(
        "calcium_total", N_("Calcium, total"), "mmol/L", _CALCIUM, _CALCIUM_FACTORS, REGISTRY,
        loinc=(Loinc("2000-8", "moles"), Loinc("17861-6", "mass")),
        usual=Usual(1.0, 4.5, "mmol/L"),
        seen=N_("Median in calciphylaxis on dialysis: 2.20 mmol/L."),
    ),
    Analyte(
        "calcium_corrected", N_("Calcium, corrected by the laboratory"), "mmol/L", _CALCIUM,
        _CALCIUM_FACTORS, loinc=(Loinc("29265-6", "moles"),), usual=Usual(1.0, 4.5, "mmol/L"),
    ),
    Analyte(
        "calcium_ionised", N_("Calcium, ionised"), "mmol/L", _CALCIUM, _CALCIUM_FACTORS,
        offers=_OURS, usual=Usual(0.5, 2.5, "mmol/L"),
    ),
    Analyte(
        "phosphate", N_("Phosphate"), "mmol/L", {"mg/dL": 1 / 3.097, "mg/L": 1 / 30.97},
        "1 mmol/L = 3.097 mg/dL P (30.97 g/mol)", REGISTRY,
        loinc=(Loinc("14879-1", "moles"), Loinc("2777-1", "mass")),
        usual=Usual(0.2, 5.0, "mmol/L"),
        seen=N_("Median in calciphylaxis on dialysis: 1.67 mmol/L."),
    ),
    Analyte(
        # As the Elecsys assay prints its range: 5000 pg/mL are 530 pmol/L.
        "pth", N_("Parathyroid hormone"), "pg/mL", {"ng/L": 1.0, "pmol/L": 9.43},
        "1 pmol/L = 9.43 pg/mL (Elecsys PTH)", f"KDIGO (PMC3705332); {REGISTRY}; {REVIEW}",
        loinc=(Loinc("2731-8", "mass", _MEMORY),), usual=Usual(1.0, 6000.0, "pg/mL"),
        seen=N_(
            "KDIGO: 2 to 9 times the laboratory’s upper limit. Median in "
            "calciphylaxis on dialysis: 147 pg/mL. A review wants no calcimimetic to bring it "
            "below 130 pg/mL."
        ),
    ),
    Analyte(
        "albumin", N_("Albumin"), "g/L", {"g/dL": 10.0}, source=REVIEW,
        loinc=(Loinc("1751-7", "mass"),), usual=Usual(8.0, 65.0, "g/L"),
        seen=N_("A low value goes with a higher risk; no limit is given."),
    ),
    Analyte(
        "crp", N_("C-reactive protein"), "mg/L", {"mg/dL": 10.0}, source=CASE,
        loinc=(Loinc("1988-5", "mass", _MEMORY),), usual=Usual(0.0, 700.0, "mg/L"),
        seen=N_("From 60 to 20 mg/L under rheopheresis, in one patient."),
    ),
    Analyte(
        "fibrinogen", N_("Fibrinogen"), "g/L", _GRAMS, source=CASE,
        loinc=(Loinc("3255-7", "mass", _MEMORY),), usual=Usual(0.2, 15.0, "g/L"),
        seen=N_("From 6 to 2.3 g/L under rheopheresis, in one patient."),
    ),
    Analyte(
        "fetuin_a", N_("Fetuin-A"), "g/L", {**_GRAMS, "µg/mL": 1e-3},
        source=f"{REVIEW}; {REGISTRY}", usual=Usual(0.02, 2.0, "g/L"),
        seen=N_(
            "Normal 0.5 to 1.0 g/L in one source, 0.35 to 0.95 g/L in another; in calciphylaxis "
            "0.09 to 0.25 g/L, and a median of 0.21 g/L."
        ),
    ),
    Analyte(
        "magnesium", N_("Magnesium"), "mmol/L",
        {"mg/dL": 1 / 2.431, "mg/L": 1 / 24.31, "mEq/L": 0.5},
        "1 mmol/L = 2.431 mg/dL (24.31 g/mol)", offers=_OURS, usual=Usual(0.2, 4.0, "mmol/L"),
    ),
    Analyte(
        "alkaline_phosphatase", N_("Alkaline phosphatase"), "U/L", {"µkat/L": 60.0},
        "1 µkat/L = 60 U/L", offers=_OURS, usual=Usual(5.0, 5000.0, "U/L"),
    ),
    Analyte(
        "vitamin_d", N_("25-hydroxyvitamin D"), "nmol/L", {"ng/mL": 2.496, "µg/L": 2.496},
        "1 ng/mL = 2.496 nmol/L (400.6 g/mol)", offers=_OURS, usual=Usual(3.0, 600.0, "nmol/L"),
    ),
    Analyte(
        "bicarbonate", N_("Bicarbonate"), "mmol/L", {"mEq/L": 1.0}, offers=_OURS,
        usual=Usual(3.0, 60.0, "mmol/L"),
    ),
    Analyte(
        "creatinine", N_("Creatinine"), "µmol/L", {"mg/dL": 88.4, "mg/L": 8.84},
        "1 mg/dL = 88.4 µmol/L (113.1 g/mol)", offers=_OURS, usual=Usual(10.0, 3000.0, "µmol/L"),
    ),
    Analyte(OTHER, N_("Another value"), "", offers=_OURS),
)  # fmt: skip

ANALYTES: Mapping[str, Analyte] = MappingProxyType({each.key: each for each in _ALL})
"""Every analyte by its key, in the order in which they are offered."""
