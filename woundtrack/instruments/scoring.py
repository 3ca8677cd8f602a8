"""One scoring for every instrument."""

from woundtrack.errors import RecordError
from woundtrack.instruments.types import Answers, Band, Instrument, Item


def check(instrument: Instrument, answers: Answers) -> None:
    """Raise RecordError unless every answer is one of its item's scores or None."""
    if len(answers) != len(instrument.items):
        raise RecordError(
            "record.answer_count", instrument=instrument.name, expected=len(instrument.items)
        )
    for number, (item, answer) in enumerate(zip(instrument.items, answers, strict=True), 1):
        if answer is not None and answer not in item.scores:
            raise RecordError("record.answer_out_of_range", number=number, answer=answer)


def missing(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """The items without an answer, in order."""
    check(instrument, answers)
    pairs = zip(instrument.items, answers, strict=True)
    return tuple(item for item, answer in pairs if answer is None)


def total(instrument: Instrument, answers: Answers) -> int | None:
    """The sum of the scores; None while any item is unanswered (never a partial sum)."""
    check(instrument, answers)
    given = [answer for answer in answers if answer is not None]
    return sum(given) if len(given) == len(instrument.items) else None


def band(instrument: Instrument, total_score: int | None) -> Band | None:
    """What a total is called; None without a total or where no bands are published."""
    if total_score is None:
        return None
    return next((band for band in instrument.bands if total_score <= band.up_to), None)
