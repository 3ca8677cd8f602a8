"""What the comparison says: how photos lie on each other, what changed, and why not."""

from collections.abc import Sequence

from ui.compare.laying import Entry
from woundtrack import words
from woundtrack.align.types import Alignment, AlignMethod
from woundtrack.explain import explain
from woundtrack.photo.colour_cast import Light
from woundtrack.words import _, ngettext


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


def lies(entry: Entry, first: Entry) -> str:
    """How surely a photo lies on the first one; empty where that is not known."""
    found = entry.alignment
    if found is None:
        return ""
    text = _(
        "{day} lies on {first} to {margin} at the wound’s edge (95 %); residual {residual}, {how}."
    )
    return text.format(
        day=entry.photo.title,
        first=first.photo.title,
        margin=_length(found, found.margin_mm, found.margin_px),
        residual=_length(found, found.residual_mm, found.residual_px),
        how=_how(found),
    )


def _length(found: Alignment, length_mm: float | None, length_px: float) -> str:
    if length_mm is None:
        return words.with_unit(words.number(length_px, decimals=0), _("px"))
    return words.with_unit(words.number(length_mm), "mm")


def _how(found: Alignment) -> str:
    if found.method is AlignMethod.POINTS:
        text = ngettext("by {count} clicked pair", "by {count} clicked pairs", found.places)
    else:
        text = ngettext(
            "by {count} place of the skin", "by {count} places of the skin", found.places
        )
    return text.format(count=found.places)


def changed(entry: Entry, first: Entry) -> str:
    """What the wound gained and lost since the first photo, with what the ± holds; or why not."""
    if entry.change is None:
        return _why_unchanged(entry, first)
    area = entry.change.area
    text = _(
        "From {first} to {day} gained {gained}, lost {lost}. The ± (95 %) is that of laying one "
        "on the other and of the scale, not of how surely each outline was drawn."
    )
    return text.format(
        first=first.photo.title,
        day=entry.photo.title,
        gained=words.area(area.gained_cm2, area.gained_cm2_sd),
        lost=words.area(area.lost_cm2, area.lost_cm2_sd),
    )


def _why_unchanged(entry: Entry, first: Entry) -> str:
    """Why no gained and lost area is told; empty where the photos do not lie on each other."""
    both = (first.photo, entry.photo)
    if entry.alignment is None:
        return ""
    if first.photo.strip.visit_id == entry.photo.strip.visit_id:
        return _("Two photos of one visit: what differs is how they were taken and traced.")
    if any(photo.draft for photo in both):
        return _("An outline or scale is a draft: confirm the visit to see gained and lost area.")
    if any(photo.sure_outline is None for photo in both):
        return _("Both photos need an outline for gained and lost area.")
    return _("Without a scale gained and lost area are not known.")


def waits(entries: Sequence[Entry], waiting: Sequence[Entry]) -> str:
    """How far the laying has come; empty where none is under way."""
    if not waiting:
        return ""
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


def points_told(count: int, found: Alignment | None, refused: str) -> str:
    """What the pairs clicked so far make of a photo."""
    if count < 2 and found is None:
        return ngettext(
            "{count} pair so far: click a place in the first photo and the same one in the other.",
            "{count} pairs so far: click a place in the first photo and the same one in the other.",
            count,
        ).format(count=count)
    if found is None:
        return refused
    text = ngettext("{count} pair: {margin} at the wound’s edge (95 %).",
                    "{count} pairs: {margin} at the wound’s edge (95 %).", count)  # fmt: skip
    margin = _length(found, found.margin_mm, found.margin_px)
    return text.format(count=count, margin=margin)
