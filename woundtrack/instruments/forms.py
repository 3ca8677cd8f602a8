"""Every instrument, and its answers in an assessment: one way in and out for all of them."""

from dataclasses import replace

from woundtrack.instruments import scoring
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.instruments.types import Answers, Instrument
from woundtrack.records import Assessment, FilledForm

INSTRUMENTS = (BWAT, PUSH, REVPWAT)
"""Those that are filled in, in the order of the form."""
PARTS = (BWAT_CUA,)
"""Those that are counted from another's answers."""
_BY_KEY = {one.key: one for one in (*INSTRUMENTS, *PARTS)}


def instrument_named(key: str) -> Instrument | None:
    """The instrument with this key; None where there is none."""
    return _BY_KEY.get(key)


def scores_of(assessment: Assessment, instrument: Instrument) -> tuple[int | None, ...]:
    """The answers to an instrument; those of a part are picked from the form that has them."""
    whole = _BY_KEY[instrument.part_of] if instrument.part_of else instrument
    form = form_of(assessment, whole)
    if whole is instrument:
        return form.scores
    return tuple(form.scores[whole.index(item.key)] for item in instrument.items)


def form_of(assessment: Assessment, instrument: Instrument) -> FilledForm:
    """The form of an instrument, blank where nothing is answered."""
    found = (form for form in assessment.forms if form.instrument == instrument.key)
    blank = FilledForm(instrument.key, instrument.version, (None,) * len(instrument.items))
    return next(found, blank)


def filled(
    assessment: Assessment,
    instrument: Instrument,
    scores: Answers,
    *,
    size_cm: tuple[float, float] | None = None,
) -> Assessment:
    """The assessment with these answers; without any, the form is no longer there.

    `size_cm` is what the size was scored from. Raises RecordError as `scoring.check` does.
    """
    scoring.check(instrument, scores)
    form = FilledForm(instrument.key, instrument.version, tuple(scores), size_cm)
    others = [each for each in assessment.forms if each.instrument != instrument.key]
    kept = [*others, form] if any(score is not None for score in scores) else others
    order = [each.key for each in INSTRUMENTS]
    return replace(
        assessment, forms=tuple(sorted(kept, key=lambda each: order.index(each.instrument)))
    )


def total_of(assessment: Assessment, instrument: Instrument) -> int | None:
    """The total of an instrument; None while any of its items is unanswered."""
    return scoring.total(instrument, scores_of(assessment, instrument))


def is_begun(assessment: Assessment, instrument: Instrument) -> bool:
    """Whether any item of an instrument is answered."""
    return any(score is not None for score in scores_of(assessment, instrument))


def missing_of(assessment: Assessment, instrument: Instrument) -> int:
    """How many items of an instrument are unanswered."""
    return len(scoring.missing(instrument, scores_of(assessment, instrument)))
