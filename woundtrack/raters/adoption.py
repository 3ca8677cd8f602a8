"""When a study's figure may take the place of the published one."""

from woundtrack.errors import MeasureError
from woundtrack.raters.agreement import Agreement
from woundtrack.raters.types import (
    ADOPTION_PHOTOS,
    ADOPTION_RATERS,
    RaterStudy,
    RetraceValue,
)
from woundtrack.records import Stored

LEAST_RELATIVE_SD, MOST_RELATIVE_SD = 0.002, 0.5
"""Outside, nobody traced: outlines were copied, or different wounds were meant."""


def adopted_value(study: Stored[RaterStudy], between: Agreement) -> RetraceValue:
    """The clinic's own sd of retracing, from a study that can bear it.

    Raises MeasureError raters.from_proposal (correcting one and the same proposal makes raters
    agree more than they do from visit to visit), raters.adopt_too_few, raters.implausible,
    raters.no_interval.
    """
    if study.value.with_proposal:
        raise MeasureError("raters.from_proposal")
    raters, photos = len(between.rater_ids), len(between.photo_ids)
    if raters < ADOPTION_RATERS or photos < ADOPTION_PHOTOS:
        raise MeasureError(
            "raters.adopt_too_few",
            raters=ADOPTION_RATERS, photos=ADOPTION_PHOTOS, have_raters=raters, have_photos=photos,
        )  # fmt: skip
    found = between.relative_sd
    if not LEAST_RELATIVE_SD <= found.value <= MOST_RELATIVE_SD:
        raise MeasureError("raters.implausible")
    if found.low is None or found.high is None:
        raise MeasureError("raters.no_interval")
    return RetraceValue(study.id, found.value, found.low, found.high, raters, photos)
