"""A lesion's findings of this visit as a few lines, for the page that is confirmed."""

import datetime as dt

from ui.pages.visit.sizes import change_since_last
from ui.pages.visit.state import VisitState
from woundtrack import words
from woundtrack.healing.closure import CONFIRMED_AFTER_DAYS, after_visit
from woundtrack.instruments import bwat, scoring, wound_qol
from woundtrack.instruments.forms import INSTRUMENTS, is_begun, total_of
from woundtrack.records import Assessment, SizeMethod
from woundtrack.report.bedside_text import bedside_lines
from woundtrack.report.score_text import wound_qol_text
from woundtrack.words import _


def lesion_lines(state: VisitState, lesion_id: int) -> list[tuple[str, str]]:
    """Lines with their label roles: the size that counts first."""
    assessment = state.assessment(lesion_id)
    lines = [_size_line(state, assessment)]
    if closure := closure_text(state, assessment):
        lines.append((closure, ""))
    if counting := state.counting(lesion_id):
        taken = counting.measurement
        lines.append(
            (
                _("{length} × {width} cm, perimeter {perimeter} cm").format(
                    length=words.number(taken.length_cm),
                    width=words.number(taken.width_cm),
                    perimeter=words.number(taken.perimeter_cm),
                ),
                "",
            )
        )
    if change := change_since_last(state, lesion_id):
        lines.append((change.text, "" if change.beyond_error else "muted"))
    lines.append(_form_line(assessment))
    lines += _other_forms(assessment)
    lines += [(text, "") for text in bedside_lines(assessment)]
    return lines


def patient_lines(state: VisitState) -> list[str]:
    """What the patient answered at this visit: pain in general, quality of life."""
    visit = state.asked
    if visit is None:
        return []
    lines = []
    if visit.general_pain_nrs is not None:
        lines.append(_("General pain, 0 to 10") + f" · {visit.general_pain_nrs}")
    if visit.general_pain_vas_mm is not None:
        lines.append(_("General pain, 0 to 100 mm") + f" · {visit.general_pain_vas_mm}")
    if visit.wound_qol is not None:
        lines.append(f"{wound_qol.NAME} · {wound_qol_text(visit.wound_qol)}")
    return lines


def closure_text(state: VisitState, assessment: Assessment) -> str:
    """What this visit says of the lesion's closure, and what confirming it will record."""
    lesion = state.lesion(assessment.lesion_id)
    if lesion is None or state.on is None:
        return ""
    was, closed = lesion.value, assessment.size_method is SizeMethod.CLOSED
    after = after_visit(was, on=state.on, closed=closed)
    if not closed and assessment.lesion_id in state.found_again():
        return _("Was lost to follow-up; confirming records that it is open.")
    if not closed:
        if was.closed_on is None or after.closed_on is not None:
            return ""
        text = _("Seen closed on {date}; confirming takes this closure back.")
        if state.on > was.closed_on:
            text = _("Seen closed on {date}; confirming records that it is open again.")
        return text.format(date=words.date(was.closed_on))
    if after.closed_on is None:
        return ""
    first = _("First seen closed on {date}.").format(date=words.date(after.closed_on))
    if after.closure_confirmed_on is not None:
        confirmed = words.date(after.closure_confirmed_on)
        return first + " " + _("Closure confirmed on {date}.").format(date=confirmed)
    from_on = after.closed_on + dt.timedelta(days=CONFIRMED_AFTER_DAYS)
    return (
        first
        + " "
        + _("A visit from {date} on that finds it closed too confirms the closure.").format(
            date=words.date(from_on)
        )
    )


def _size_line(state: VisitState, assessment: Assessment) -> tuple[str, str]:
    if assessment.size_method is SizeMethod.CLOSED:
        return _("Closed"), "figure"
    counting = state.counting(assessment.lesion_id)
    if counting is not None:
        taken = counting.measurement
        return words.area(taken.area_cm2, taken.area_cm2_sd), "figure"
    if assessment.length_cm is not None and assessment.width_cm is not None:
        size = f"{words.number(assessment.length_cm)} × {words.number(assessment.width_cm)} cm"
        return _("{size}, by ruler at the bedside").format(size=size), "heading"
    return _("Not measured"), "heading"


def _form_line(assessment: Assessment) -> tuple[str, str]:
    total, cua = total_of(assessment, bwat.BWAT), total_of(assessment, bwat.BWAT_CUA)
    band = scoring.band(bwat.BWAT, total)
    if total is not None and band is not None:
        text = _("Bates-Jensen {total}, {band}").format(total=total, band=_(band.label))
    else:
        text = _("Bates-Jensen not complete")
    if cua is not None:
        text += "  ·  BWAT-CUA " + words.number(cua, decimals=0)
    return text, "" if total is not None else "muted"


def _other_forms(assessment: Assessment) -> list[tuple[str, str]]:
    lines = []
    for each in INSTRUMENTS:
        if each is bwat.BWAT or not is_begun(assessment, each):
            continue
        total = total_of(assessment, each)
        text = _("{short} not complete") if total is None else _("{short} {total} of {most}")
        shown = text.format(short=each.short, total=total, most=each.maximum)
        lines.append((shown, "muted" if total is None else ""))
    return lines
