"""What the program offers to the form's items: taken by a person, one by one, or not at all."""

from dataclasses import dataclass
from typing import TypeAlias

from ui.pages.visit.sizes import size_proposal
from ui.pages.visit.state import VisitState, counting_cell
from ui.pages.visit.tissue_keeper import Bed
from ui.pages.visit.tissue_offers import tissue_offers
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.instruments import push, revpwat
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import INSTRUMENTS, scores_of
from woundtrack.records import SizeMethod
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class Offer:
    """A score to be taken, or None; its words, or why there is none; a tip."""

    score: int | None = None
    note: str = ""
    hint: str = ""
    size_cm: tuple[float, float] | None = None
    """The extents that a size comes from."""


NO_OFFER = Offer()
Offers: TypeAlias = dict[tuple[str, int], Offer]
"""By an instrument's key and the item's place, from 0."""


def offers_of(state: VisitState, lesion_id: int, bed: Bed | None) -> Offers:
    """What today's size, tissue map and Bates-Jensen form say of the items of every form."""
    found = _sizes(state, lesion_id)
    for index, offer in tissue_offers(bed).items():
        found[BWAT.key, index] = Offer(offer.score, offer.note, offer.hint)
    return {**found, **_push_rest(state, lesion_id)}


def _sizes(state: VisitState, lesion_id: int) -> Offers:
    if state.assessment(lesion_id).size_method is SizeMethod.CLOSED:
        return {(each.key, each.index(each.size_item)): _closed() for each in INSTRUMENTS}
    size = size_proposal(state, lesion_id)
    return {
        (BWAT.key, BWAT.index("size")): Offer(size.score, size.note, size_cm=size.size_cm),
        (revpwat.REVPWAT.key, 0): _revpwat_size(state, lesion_id),
        (push.PUSH.key, 0): _push_area(state, lesion_id),
    }


def _push_area(state: VisitState, lesion_id: int) -> Offer:
    sides = push_sides_cm(state, lesion_id)
    if sides is None:
        return Offer(
            note=_("needs head to toe × left to right"),
            hint=_(
                "Draw the arrow towards the head in the photo, or measure at the bedside: the "
                "longest × widest is another size."
            ),
        )
    score = push.area_score(*sides)
    size = words.with_unit(f"{words.number(sides[0])} × {words.number(sides[1])}", "cm")
    note = _("{score} proposed, from {size}").format(score=score, size=size)
    return Offer(score, note, _("Head to toe × left to right"), sides)


def push_sides_cm(state: VisitState, lesion_id: int) -> tuple[float, float] | None:
    """Head to toe and left to right: by ruler where both are given, else along the photo's arrow.

    None where there is neither, or the photo has no arrow of its own that a person gave it.
    """
    noted = state.assessment(lesion_id)
    if noted.head_to_toe_cm and noted.left_right_cm:
        return noted.head_to_toe_cm, noted.left_right_cm
    cell = counting_cell(state, lesion_id)
    photo = state.photo(cell[0]) if cell else None
    if cell is None or photo is None or photo.value.head_angle_deg is None:
        return None
    outline, scale = state.outline(cell), state.scale(cell[0])
    if outline is None or scale is None:
        return None
    from woundtrack.measure.measurement import sides_cm

    try:
        return sides_cm(outline, scale, head_angle_deg=photo.value.head_angle_deg)
    except WoundtrackError:
        return None


def _push_rest(state: VisitState, lesion_id: int) -> Offers:
    noted, key = state.assessment(lesion_id), push.PUSH.key
    exudate, tissue = push.PUSH.index("exudate"), push.PUSH.index("tissue")
    if noted.size_method is SizeMethod.CLOSED:
        return {(key, exudate): _closed(), (key, tissue): _closed()}
    scores = scores_of(noted, BWAT)
    return {
        (key, exudate): _from_bwat(push.exudate_from_bwat(scores), "8"),
        (key, tissue): _from_bwat(push.tissue_from_bwat(scores), words.together((5, 6, 12))),
    }


def _from_bwat(score: int | None, items: str) -> Offer:
    if score is None:
        return NO_OFFER
    note = _("{score} proposed, from BWAT {items}").format(score=score, items=items)
    return Offer(score, note, _("Offered only where the other form leaves a single answer."))


def _closed() -> Offer:
    return Offer(0, _("{score} proposed, as it is closed").format(score=0))


def _revpwat_size(state: VisitState, lesion_id: int) -> Offer:
    """Offered where traced area and length × width say one: the print does not say which counts."""
    counting = state.counting(lesion_id)
    if counting is None:
        return NO_OFFER
    taken = counting.measurement
    scores = {revpwat.size_score(taken.area_cm2)}
    scores.add(revpwat.size_score(taken.length_cm * taken.width_cm))
    score = scores.pop() if len(scores) == 1 else None
    if score is None:
        return Offer(
            note=_("the printed bands leave it open"),
            hint=_("Traced area and length × width fall into different bands, or into none."),
        )
    area = words.area(taken.area_cm2)
    note = _("{score} proposed, from {size}").format(score=score, size=area)
    return Offer(score, note, size_cm=(taken.length_cm, taken.width_cm))
