"""The visit being worked on, as plain values: what is stored, what is newer, what is missing.

No Qt here, and no disk: `recall` fills it from a history, the session hands snapshots to the saver.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from woundtrack.errors import StoreError, WoundtrackError
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import INSTRUMENTS, is_begun
from woundtrack.instruments.types import Instrument
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.outline.types import Outline
from woundtrack.photo.framing import is_tilted
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    LesionStatus,
    Patient,
    PhotoOutline,
    PhotoScale,
    SizeMethod,
    Stored,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale

Key: TypeAlias = tuple[str, int, int]
"""Kind and the ids that make a draft unique within its visit."""
Cell: TypeAlias = tuple[int, int]
"""Photo id and lesion id: one lesion in one photo."""
SCALE, OUTLINE, MEASUREMENT, ASSESSMENT = "scale", "outline", "measurement", "assessment"
VISIT_KEY: Key = ("visit", 0, 0)
"""Of a confirmed visit whose own answers a correction changes."""
ANSWERS = ("general_pain_nrs", "general_pain_vas_mm", "wound_qol")
"""Fields of a visit that its patient answers."""


def scale_key(photo_id: int) -> Key:
    """The key of a photo's scale."""
    return (SCALE, photo_id, 0)


def outline_key(cell: Cell) -> Key:
    """The key of one lesion's outline in one photo."""
    return (OUTLINE, *cell)


def measurement_key(cell: Cell) -> Key:
    """The key of one lesion's measurement in one photo."""
    return (MEASUREMENT, *cell)


def assessment_key(lesion_id: int) -> Key:
    """The key of one lesion's assessment."""
    return (ASSESSMENT, lesion_id, 0)


@dataclass(frozen=True, slots=True)
class Previous:
    """What the last confirmed visit found of a lesion."""

    on: dt.date
    assessment: Assessment
    measurement: LesionMeasurement | None = None


@dataclass(slots=True)
class VisitState:
    """Everything the page shows. `values` is the newest; `stored` what the store has."""

    patient: Stored[Patient]
    lesions: tuple[Stored[Lesion], ...] = ()
    visit: Stored[Visit] | None = None
    on: dt.date | None = None
    photos: list[Stored[VisitPhoto]] = field(default_factory=list)
    values: dict[Key, Any] = field(default_factory=dict)
    stored: dict[Key, Stored[Any]] = field(default_factory=dict)
    previous: dict[int, Previous] = field(default_factory=dict)
    problems: dict[Cell, WoundtrackError] = field(default_factory=dict)
    """Why a lesion has no measurement in a photo, though it has outline and scale."""
    scale_problems: dict[int, WoundtrackError] = field(default_factory=dict)
    outline_problems: dict[int, WoundtrackError] = field(default_factory=dict)
    outline_warnings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Codes of what to beware of in a photo's first proposal of an outline, by photo id."""
    quality: dict[int, tuple[str, ...]] = field(default_factory=dict)
    circumstances: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Codes of what makes a photo's scale less sure in just this photo, by photo id."""
    chosen: dict[int, int] = field(default_factory=dict)
    """Lesion id to the photo a person chose to count."""
    seen: set[Cell] = field(default_factory=set)
    """Cells that were in front of the person since they last changed by themselves."""
    resting: tuple[Stored[Lesion], ...] = ()
    """Lesions that are closed or lost, and of which nothing is noted here: not shown."""
    called: set[int] = field(default_factory=set)
    """Those of them that a person wants here all the same, because they are open again."""
    seen_later: set[int] = field(default_factory=set)
    """Lesions that a confirmed visit of a later day saw."""
    correcting: bool = False
    slip: str = ""
    """Of a visit without a day: what the store keeps what was typed under, once it does."""
    read_only: bool = False
    """Another process writes in this clinic: here one may only look."""
    instruments: tuple[str, ...] = (BWAT.key,)
    """Keys of what the form asks for, as the person chose on it."""
    retrace_relative_sd: float = RETRACE_RELATIVE_SD
    """How far two people's tracings differ, as it is known now."""

    def photo(self, photo_id: int) -> Stored[VisitPhoto] | None:
        """A photo of this visit, None where it has none of that id."""
        return next((photo for photo in self.photos if photo.id == photo_id), None)

    def lesion(self, lesion_id: int) -> Stored[Lesion] | None:
        """A lesion shown at this visit."""
        return next((lesion for lesion in self.lesions if lesion.id == lesion_id), None)

    def lesion_labelled(self, label: str) -> Stored[Lesion] | None:
        """The lesion with this letter, shown or resting."""
        every = (*self.lesions, *self.resting)
        return next((each for each in every if each.value.label == label), None)

    def cells(self, photo_id: int | None = None) -> list[Cell]:
        """The lesions in a photo, or in all photos, in the order of photos and letters."""
        order = {lesion.id: index for index, lesion in enumerate(self.lesions)}
        ids = [photo_id] if photo_id is not None else [photo.id for photo in self.photos]
        here = {(k[1], k[2]) for k, value in self.values.items() if k[0] == OUTLINE and value}
        return [
            (photo, lesion)
            for photo in ids
            for lesion in sorted(order, key=order.__getitem__)
            if (photo, lesion) in here
        ]

    def outline(self, cell: Cell) -> Outline | None:
        """A lesion's outline in a photo; None where the lesion is not in it or not drawn."""
        value: PhotoOutline | None = self.values.get(outline_key(cell))
        return value.outline if value and value.outline.rings else None

    def photo_scale(self, photo_id: int) -> PhotoScale | None:
        """What is decided of a photo's scale; None while nothing is."""
        value: PhotoScale | None = self.values.get(scale_key(photo_id))
        return value

    def scale(self, photo_id: int) -> Scale | None:
        """A photo's scale."""
        decided = self.photo_scale(photo_id)
        return decided.scale if decided else None

    def measurement(self, cell: Cell) -> LesionMeasurement | None:
        """A lesion's measurement in a photo."""
        value: LesionMeasurement | None = self.values.get(measurement_key(cell))
        return value

    def assessment(self, lesion_id: int) -> Assessment:
        """What is noted of a lesion; empty where nothing is yet."""
        visit_id = self.visit.id if self.visit else 0
        blank = Assessment(visit_id=visit_id, lesion_id=lesion_id)
        found: Assessment = self.values.get(assessment_key(lesion_id)) or blank
        return found

    def instruments_of(self, lesion_id: int) -> tuple[Instrument, ...]:
        """What is asked of a lesion: what was chosen, and what is answered already."""
        noted = self.assessment(lesion_id)
        return tuple(
            each for each in INSTRUMENTS if each.key in self.instruments or is_begun(noted, each)
        )

    @property
    def asked(self) -> Visit | None:
        """The visit with what the patient answered; None while it is no record."""
        corrected: Visit | None = self.values.get(VISIT_KEY)
        if self.visit is None or corrected is None:
            return self.visit.value if self.visit else None
        return with_answers(self.visit.value, corrected)

    def counting(self, lesion_id: int) -> LesionMeasurement | None:
        """The measurement that counts for a lesion: the chosen, else the surest one."""
        cell = counting_cell(self, lesion_id)
        return self.measurement(cell) if cell else None

    def found_again(self) -> set[int]:
        """The lesions that this visit is the first to see since they were lost to follow-up."""
        lost = {each.id for each in self.lesions if each.value.status is LesionStatus.LOST}
        return set() if self.confirmed else lost - self.seen_later

    def has_findings(self, lesion_id: int) -> bool:
        """Whether anything at all was noted of a lesion at this visit."""
        blank = Assessment(visit_id=0, lesion_id=lesion_id)
        noted = replace(self.assessment(lesion_id), visit_id=0, confirmed=False)
        plain = replace(noted, measurement_id=None, measurement_revision=None)
        if plain.size_method is not SizeMethod.CLOSED:
            plain = replace(plain, size_method=blank.size_method)
        return plain != blank or any(cell[1] == lesion_id for cell in self.cells())

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed this visit (later corrections become revisions)."""
        kept = [each for each in self.stored.values() if isinstance(each.value, Assessment)]
        return any(each.value.confirmed for each in kept)

    @property
    def locked(self) -> bool:
        """Whether nothing may be changed: only read, or without saying that it is a correction."""
        return self.read_only or (self.confirmed and not self.correcting)


def with_answers(visit: Visit, given: Visit, *, before: Visit | None = None) -> Visit:
    """A visit with what its patient answered: pain in general and quality of life.

    Where `before` is given, only with the answers that differ from it.
    """
    answers = {name: getattr(given, name) for name in ANSWERS}
    changed = {
        name: answer
        for name, answer in answers.items()
        if before is None or answer != getattr(before, name)
    }
    return replace(visit, **changed)


def why_locked(state: VisitState, *, writer: str) -> WoundtrackError:
    """Why a locked visit takes no photos; `writer` names the process that writes."""
    if state.read_only:
        return StoreError("store.read_only", writer=writer)
    return WoundtrackError("ui.visit_confirmed")


def counting_cell(state: VisitState, lesion_id: int) -> Cell | None:
    """The cell whose measurement counts: the chosen photo's, else that of the least doubt.

    A photo tilted so far that it is to be taken again comes after every straighter one: what the
    tilt does to a wound that is not flat is in no doubt of its scale or outline.
    """
    chosen = state.chosen.get(lesion_id)
    if chosen is not None and state.measurement((chosen, lesion_id)):
        return (chosen, lesion_id)
    measured = [
        (
            is_tilted(state.scale(cell[0])),
            taken.measurement.area_cm2_sd / taken.measurement.area_cm2,
            cell,
        )
        for cell in state.cells()
        if cell[1] == lesion_id and (taken := state.measurement(cell))
    ]
    return min(measured)[-1] if measured else None


def sized(state: VisitState, noted: Assessment) -> Assessment:
    """The assessment with the size that counts: closed, traced, bedside or not measured."""
    if noted.size_method is SizeMethod.CLOSED:
        return replace(noted, measurement_id=None, measurement_revision=None)
    cell = counting_cell(state, noted.lesion_id)
    stored = state.stored.get(measurement_key(cell)) if cell else None
    if stored is not None:
        return replace(
            noted,
            size_method=SizeMethod.TRACED,
            measurement_id=stored.id,
            measurement_revision=stored.revision,
        )
    at_bedside = noted.length_cm is not None and noted.width_cm is not None
    method = SizeMethod.BEDSIDE if at_bedside else SizeMethod.NOT_MEASURED
    return replace(noted, size_method=method, measurement_id=None, measurement_revision=None)


def typed_over(state: VisitState, before: VisitState, *, dirty: set[Key]) -> None:
    """Lay what was typed before a visit was found over the visit that is stored."""
    typed = {key: value for key, value in before.values.items() if value is not None}
    if typed and state.confirmed:
        state.correcting = True
    for key, value in typed.items():
        if key not in state.values or key in dirty:
            state.values[key] = value
