"""What is said of photos without a visit, and of visits whose photo is gone; knows no Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.loose import LooseLook
from woundtrack import words
from woundtrack.explain import explain
from woundtrack.records import Patient, Stored
from woundtrack.report.labels import patient_name
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.orphans import LackingPhoto

MOST_LACKING = 4
"""Visits that are named whose photo is gone; the rest are counted."""


def photo_lines(look: LooseLook) -> str:
    """What is known of a photo, a line each."""
    came = look.loose.came_at_utc.astimezone()
    lines = [
        _("Came {date}, {time}").format(date=words.date(came.date()), time=words.time_of_day(came))
    ]
    if look.problem is not None:
        return "\n".join([*lines, explain(look.problem)])
    if look.photo is None:
        return "\n".join([*lines, "…"])
    taken_at = look.photo.taken_at
    lines.append(
        _("taken {date}, {time}, by the camera’s clock").format(
            date=words.date(taken_at.date()), time=words.time_of_day(taken_at)
        )
        if taken_at
        else _("no date in the file")
    )
    lines.append(_card_line(look))
    return "\n".join(lines)


def _card_line(look: LooseLook) -> str:
    if look.owner is None:
        return _("no card in it")
    if look.owner.patient is None:
        text = _("with a card of the code {code}, which nobody has here")
        return text.format(code=look.owner.code)
    return _("with the card of {name}").format(name=patient_name(look.owner.patient.value))


def lacking_text(lacking: "Sequence[LackingPhoto]", patients: "dict[int, Stored[Patient]]") -> str:
    """Which visits have lost a photo's file, and the way out."""
    named = [
        _("{name}, {date}").format(
            name=patient_name(patients[each.patient_id].value), date=words.date(each.visit_on)
        )
        for each in lacking[:MOST_LACKING]
    ]
    more = len(lacking) - len(named)
    if more:
        named.append(_("and {count} more").format(count=more))
    text = ngettext(
        "The file of {count} photo is gone: {where}. Import the original again, or put it back "
        "from a backup.",
        "The files of {count} photos are gone: {where}. Import the originals again, or put them "
        "back from a backup.",
        len(lacking),
    )
    return text.format(count=len(lacking), where=words.apart(named))
