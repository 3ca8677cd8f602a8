"""What a size says of item 1, and how it differs from the last visit's: for the page's words."""

from dataclasses import dataclass

from ui.models.lesion_view import judged_by
from ui.pages.visit.state import VisitState
from woundtrack import words
from woundtrack.errors import RecordError
from woundtrack.instruments import bwat
from woundtrack.records import SizeMethod
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class SizeProposal:
    """A score for item 1 with where it comes from; None where there is no length × width."""

    score: int | None = None
    note: str = ""
    size_cm: tuple[float, float] | None = None
    """The two extents it comes from."""


def size_proposal(state: VisitState, lesion_id: int) -> SizeProposal:
    """Item 1 from longest × widest of the measurement, else of the bedside ruler."""
    counting = state.counting(lesion_id)
    noted = state.assessment(lesion_id)
    if counting is not None:
        length_cm, width_cm = counting.measurement.length_cm, counting.measurement.width_cm
    elif noted.length_cm is not None and noted.width_cm is not None:
        length_cm, width_cm = noted.length_cm, noted.width_cm
    else:
        return SizeProposal()
    try:
        score = bwat.size_score(length_cm, width_cm)
    except RecordError:
        return SizeProposal()
    size = words.with_unit(f"{words.number(length_cm)} × {words.number(width_cm)}", "cm")
    note = _("{score} proposed, from {size}").format(score=score, size=size)
    return SizeProposal(score, note, (length_cm, width_cm))


@dataclass(frozen=True, slots=True)
class ChangeText:
    """The change since the last visit as a sentence; `beyond_error` None where not known."""

    text: str
    beyond_error: bool | None = None
    hint: str = ""
    """What the verdict was judged by."""


def change_since_last(state: VisitState, lesion_id: int) -> ChangeText | None:
    """Traced area against the last visit's traced area; never across methods."""
    counting, previous = state.counting(lesion_id), state.previous.get(lesion_id)
    if counting is None or previous is None:
        return None
    before, after = previous.measurement, counting.measurement
    since = _("since {date}").format(date=words.date(previous.on))
    if before is None or previous.assessment.size_method is not SizeMethod.TRACED:
        return ChangeText(_("{since}: no traced area to compare with").format(since=since))
    from woundtrack.measure.change import beyond_error

    was = before.measurement
    retrace_sd = counting.retrace_relative_sd or state.retrace_relative_sd
    beyond = beyond_error(
        was.area_cm2, was.area_cm2_sd, after.area_cm2, after.area_cm2_sd,
        retrace_relative_sd=retrace_sd,
    )  # fmt: skip
    difference_cm2 = after.area_cm2 - was.area_cm2
    sign = "+" if difference_cm2 > 0 else ""
    change = words.with_unit(sign + words.number(difference_cm2), "cm²")
    percent = words.percent(difference_cm2 / was.area_cm2, signed=True)
    verdict = _("beyond error") if beyond else _("within measurement error")
    return ChangeText(
        words.labelled(since, f"{change} ({percent}), {verdict}"),
        beyond,
        judged_by(retrace_sd),
    )
