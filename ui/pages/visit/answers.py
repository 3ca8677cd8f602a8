"""What an answer makes of an assessment: one item's, or all that is open as at the last visit."""

from collections.abc import Iterable
from dataclasses import replace

from ui.pages.visit.offers import NO_OFFER, Offers
from woundtrack.instruments.forms import filled, form_of, scores_of
from woundtrack.instruments.types import Instrument
from woundtrack.records import Assessment


def answered(
    noted: Assessment, instrument: Instrument, index: int, score: int | None, *, offers: Offers
) -> Assessment:
    """With this score of one item; a size that was offered keeps the extents it came from."""
    form = form_of(noted, instrument)
    scores = (*form.scores[:index], score, *form.scores[index + 1 :])
    size_cm = form.size_cm
    if index == instrument.index(instrument.size_item):
        offer = offers.get((instrument.key, index), NO_OFFER)
        size_cm = offer.size_cm if score is not None and score == offer.score else None
    return filled(noted, instrument, scores, size_cm=size_cm)


def rest_as_before(
    noted: Assessment, last: Assessment, instruments: Iterable[Instrument], *, offers: Offers
) -> Assessment:
    """What is open answered as at the last visit, and its shape and dressing.

    What today's findings propose is left to be looked at; sizes, pain and signs of infection are
    asked anew at every visit.
    """
    for each in instruments:
        form, before = form_of(noted, each), scores_of(last, each)
        scores = list(form.scores)
        for index, item in enumerate(each.items):
            offered = offers.get((each.key, index), NO_OFFER).score is not None
            if scores[index] is None and not offered and item.key != each.size_item:
                scores[index] = before[index]
        noted = filled(noted, each, scores, size_cm=form.size_cm)
    return replace(noted, shape=noted.shape or last.shape, dressing=noted.dressing or last.dressing)
