"""What the comparison says: how photos lie on each other, what changed, and why not."""

from collections.abc import Sequence

from ui.compare.laying import Entry
from woundtrack import words
from woundtrack.align.types import Alignment, AlignMethod
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.photo.colour_cast import Light
from woundtrack.words import _, ngettext

LEAST_MM = 0.01
"""Lengths below it are told as such: points are gone through exactly."""


def note(entry: Entry) -> str:
    """What must be known of a photo before it is believed; empty where nothing."""
    if entry.error is not None:
        return explain(entry.error)
    if entry.refused is not None:
        return words.labelled(_("Not laid on the first photo"), explain(entry.refused))
    if entry.unscaled is not None:
        return explain(entry.unscaled)
    if entry.place is not None and not entry.place.in_mm:
        return _("No scale: sizes cannot be compared.")
    return ""


def told(entry: Entry, first: Entry) -> str:
    """What changed since the first photo, and how surely the two lie on each other; a line.

    Empty where they do not.
    """
    found = entry.alignment
    if found is None:
        return ""
    since = _("{day} since {first}").format(day=entry.photo.title, first=first.photo.title)
    lies = _("Lies within {margin} at the wound’s edge (95 %), residual {residual}, {how}.").format(
        margin=_length(found.margin_mm, found.margin_px),
        residual=_length(found.residual_mm, found.residual_px),
        how=_how(found),
    )
    return f"{words.labelled(since, _changed(entry, first))} {lies}"


def held(entries: Sequence[Entry]) -> str:
    """What the ± of gained and lost areas holds; empty where there is none."""
    if all(entry.change is None for entry in entries):
        return ""
    return _(
        "The ± (95 %) of gained and lost holds how the photos lie on each other and the scale, "
        "not how surely each outline was drawn."
    )


def _length(length_mm: float | None, length_px: float) -> str:
    if length_mm is None:
        return words.with_unit(words.number(length_px, decimals=0 if length_px >= 1 else 1), "px")
    if length_mm < LEAST_MM:
        return f"< {words.with_unit(words.number(LEAST_MM, decimals=2), 'mm')}"
    return words.with_unit(words.number(length_mm, decimals=1 if length_mm >= 0.1 else 2), "mm")


def _how(found: Alignment) -> str:
    if found.method is AlignMethod.POINTS:
        text = ngettext("by {count} clicked pair", "by {count} clicked pairs", found.places)
    else:
        text = ngettext(
            "by {count} place of the skin", "by {count} places of the skin", found.places
        )
    return text.format(count=found.places)


def _changed(entry: Entry, first: Entry) -> str:
    """Gained and lost area; or why there is none."""
    if entry.change is None:
        return _why_unchanged(entry, first)
    area = entry.change.area
    gained, lost = area.gained_cm2, area.lost_cm2
    parts = (
        _("gained {area}").format(area=words.area(gained, area.gained_cm2_sd))
        if gained > 0 or area.gained_cm2_sd > 0
        else _("gained nothing"),
        _("lost {area}").format(area=words.area(lost, area.lost_cm2_sd))
        if lost > 0 or area.lost_cm2_sd > 0
        else _("lost nothing"),
    )
    return f"{', '.join(parts)}."


def _why_unchanged(entry: Entry, first: Entry) -> str:
    """Why no gained and lost area is told of two photos that lie on each other."""
    both = (first.photo, entry.photo)
    if first.photo.strip.visit_id == entry.photo.strip.visit_id:
        return _("one visit; what differs is how they were taken and traced.")
    if any(photo.draft for photo in both):
        return _("a draft; confirm the visit to see gained and lost area.")
    if any(photo.sure_outline is None for photo in both):
        return _("an outline is missing for gained and lost area.")
    return _("without a scale gained and lost area are not known.")


def waits(entries: Sequence[Entry], waiting: Sequence[Entry], *, stopped: bool) -> str:
    """How far the laying has come; empty where none is left to be done."""
    if not waiting:
        return ""
    if stopped:
        return _("Stopped before all photos were laid on the first one.")
    text = _("Looking for the same skin: {day}, {number} of {count}…")
    later = len(entries) - 1
    return text.format(day=waiting[0].photo.title, number=later - len(waiting) + 1, count=later)


def why_not(busy: bool) -> str:
    """Why photos cannot be shown over each other."""
    if busy:
        return _("the photos are still being laid on each other")
    return _("no photo lies on the first one; click the same places in both (P)")


def light(entries: Sequence[Entry]) -> str:
    """Which photos keep their colours for want of a card or a ruler's white."""
    bare = [each.photo.title for each in entries if each.image and each.light is Light.ASSUMED]
    if not bare:
        return ""
    return _("Colours as taken, without card or ruler: {days}.").format(days=words.together(bare))


def left_out(entries: Sequence[Entry]) -> str:
    """Which photos cannot be shown over the others."""
    apart = [each.photo.title for each in entries[1:] if each.alignment is None]
    if not apart:
        return ""
    text = _("Not laid on the first photo, so left out here: {days}.")
    return text.format(days=words.together(apart))


def points_asked() -> str:
    """What is to be clicked."""
    return _(
        "Click a place of the skin in the first photo and the same one in another; three pairs "
        "around the wound mostly suffice. Enter puts a point where the cross is."
    )


def points_told(day: str, count: int, found: Alignment | WoundtrackError | None) -> str:
    """What the pairs clicked so far make of a photo."""
    pairs = ngettext("{count} pair", "{count} pairs", count).format(count=count)
    name = f"{day}, {pairs}"
    if found is None:
        return words.labelled(name, _("click one more."))
    if isinstance(found, WoundtrackError):
        return words.labelled(name, explain(found))
    margin = _length(found.margin_mm, found.margin_px)
    return words.labelled(
        name, _("lies within {margin} at the wound’s edge (95 %).").format(margin=margin)
    )
