"""What each step still lacks, what to beware of, and what contradicts itself: as sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ui.pages.visit.offers import NO_OFFER, offers_of
from ui.pages.visit.overlaps import overlap_warnings
from ui.pages.visit.state import Cell, VisitState, counting_cell
from woundtrack import words
from woundtrack.explain import explain
from woundtrack.instruments.forms import INSTRUMENTS, form_of, missing_of
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.records import SizeMethod
from woundtrack.words import N_, _, counted, labelled, ngettext


class Step(IntEnum):
    """The five steps, in the order they usually go."""

    PHOTOS = 1
    SCALE = 2
    OUTLINE = 3
    FORM = 4
    CONFIRM = 5


STEP_NAMES: dict[Step, str] = {
    Step.PHOTOS: N_("Photos"),
    Step.SCALE: N_("Scale"),
    Step.OUTLINE: N_("Outline"),
    Step.FORM: N_("Form"),
    Step.CONFIRM: N_("Confirm"),
}


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step lacks; nothing, where it is done. Blank where it was not begun."""

    missing: tuple[str, ...] = ()
    begun: bool = True

    @property
    def done(self) -> bool:
        """Whether the step has all it can have."""
        return self.begun and not self.missing


def photo_name(state: VisitState, photo_id: int) -> str:
    """What a photo is called on this page: "photo 2"."""
    numbers = (n for n, photo in enumerate(state.photos, 1) if photo.id == photo_id)
    return _("photo {number}").format(number=next(numbers, 0))


def lesion_name(state: VisitState, lesion_id: int) -> str:
    """A lesion's letter."""
    lesion = state.lesion(lesion_id)
    return lesion.value.label if lesion else ""


def report(state: VisitState, step: Step, *, waiting: int = 0) -> StepReport:
    """What a step lacks. `waiting` photos wait for an answer at import."""
    if step is Step.PHOTOS:
        return StepReport(tuple(_photos_lack(state, waiting)), begun=bool(state.photos))
    if step is Step.SCALE:
        return StepReport(tuple(_scales_lack(state)), begun=bool(state.photos))
    if step is Step.OUTLINE:
        return StepReport(tuple(_outlines_lack(state)), begun=bool(state.cells()))
    if step is Step.FORM:
        begun = any(state.has_findings(lesion.id) for lesion in state.lesions)
        return StepReport(tuple(_forms_lack(state)), begun=begun)
    return StepReport((), begun=state.confirmed and not state.correcting)


def first_step(state: VisitState, *, at_what_lacks: bool = False) -> Step:
    """Where a visit is opened: a confirmed one at its end, and one that is gone on with where it
    lacks something first."""
    if state.confirmed and not (at_what_lacks and state.correcting):
        return Step.CONFIRM
    if not at_what_lacks:
        return Step.PHOTOS
    steps = [Step.PHOTOS, Step.SCALE, Step.OUTLINE, Step.FORM] if state.photos else [Step.FORM]
    return next((step for step in steps if not report(state, step).done), Step.CONFIRM)


def _photos_lack(state: VisitState, waiting: int) -> Iterator[str]:
    if state.on is None:
        yield _("the date of the visit")
    if waiting:
        yield counted("an answer about {count} photo", "an answer about {count} photos", waiting)
    assigned = {cell[0] for cell in state.cells()}
    blank = [n for n, photo in enumerate(state.photos, 1) if photo.id not in assigned]
    if len(blank) > 1:
        yield _("which wound photos {numbers} show").format(numbers=words.together(blank))
    elif blank:
        yield _("which wound {photo} shows").format(
            photo=photo_name(state, state.photos[blank[0] - 1].id)
        )


def _scales_lack(state: VisitState) -> Iterator[str]:
    for photo in state.photos:
        if state.photo_scale(photo.id) is None:
            yield _("the scale of {photo}").format(photo=photo_name(state, photo.id))


def _outlines_lack(state: VisitState) -> Iterator[str]:
    for cell in state.cells():
        if state.outline(cell) is None and not _measured_elsewhere(state, cell):
            yield _("the outline of {lesion} in {photo}").format(
                lesion=lesion_name(state, cell[1]), photo=photo_name(state, cell[0])
            )


def _measured_elsewhere(state: VisitState, cell: Cell) -> bool:
    """A closed wound has no outline, and one good photo of a wound is enough."""
    closed = state.assessment(cell[1]).size_method is SizeMethod.CLOSED
    return closed or counting_cell(state, cell[1]) is not None


def _forms_lack(state: VisitState) -> Iterator[str]:
    for lesion in state.lesions:
        assessment = state.assessment(lesion.id)
        if not state.has_findings(lesion.id) or assessment.size_method is SizeMethod.CLOSED:
            continue
        count = sum(missing_of(assessment, each) for each in state.instruments_of(lesion.id))
        if count:
            yield ngettext(
                "{count} item of the form of {lesion}",
                "{count} items of the form of {lesion}",
                count,
            ).format(count=count, lesion=lesion.value.label)


def way_to_measure(state: VisitState, photo_id: int) -> str:
    """What to do about a photo of a confirmed visit that lacks something; empty where none does."""
    if not state.locked or state.read_only:
        return ""
    cells = state.cells(photo_id)
    undrawn = (state.outline(c) is None and not _measured_elsewhere(state, c) for c in cells)
    if cells and state.photo_scale(photo_id) is not None and not any(undrawn):
        return ""
    return _("This visit is confirmed. To measure a photo added to it, press Correct… above.")


def not_seen_today(state: VisitState) -> list[str]:
    """The letters of open lesions of which nothing is noted at this visit."""
    return [each.value.label for each in state.lesions if not state.has_findings(each.id)]


def warnings(state: VisitState) -> list[str]:
    """What the person should know before confirming; none of it blocks."""
    found: list[str] = []
    for cell in state.cells():
        if state.outline(cell) and cell not in state.seen and not state.confirmed:
            found.append(
                _("Nobody has looked at the outline of {lesion} in {photo} yet.").format(
                    lesion=lesion_name(state, cell[1]), photo=photo_name(state, cell[0])
                )
            )
    found += _sizes_doubted(state)
    by_warning: dict[str, list[str]] = {}
    for number, photo in enumerate(state.photos, 1):
        for warning in (*photo_warnings(state, photo.id), *overlap_warnings(state, photo.id)):
            by_warning.setdefault(warning, []).append(str(number))
    for warning, numbers in by_warning.items():
        photos = ngettext("Photo {numbers}", "Photos {numbers}", len(numbers))
        name = photos.format(numbers=", ".join(numbers))
        found.append(labelled(name, warning))
    return found


def _sizes_doubted(state: VisitState) -> Iterator[str]:
    """Sizes on the forms that are not what this visit's findings say, or say no longer."""
    for lesion in state.lesions:
        noted = state.assessment(lesion.id)
        if not noted.forms:
            continue
        offers = offers_of(state, lesion.id, None)
        for each in INSTRUMENTS:
            form, place = form_of(noted, each), each.index(each.size_item)
            score, offer = form.scores[place], offers.get((each.key, place), NO_OFFER)
            if score is None or score == offer.score:
                continue
            names = {"form": each.short, "lesion": lesion_name(state, lesion.id)}
            if form.size_cm is not None:
                size = words.with_unit(" × ".join(map(words.number, form.size_cm)), "cm")
                yield _(
                    "{form} of {lesion}: the size was scored from {size}, which is no longer what "
                    "is measured. Answer it again."
                ).format(size=size, **names)
            elif offer.score is not None:
                yield _(
                    "{form} of {lesion}: the size is answered {score} ({offer}). Check it."
                ).format(score=score, offer=offer.note, **names)


def photo_warnings(state: VisitState, photo_id: int) -> list[str]:
    """What to beware of in one photo: its scale's warnings, then its own."""
    return [*scale_warnings(state, photo_id), *quality_warnings(state, photo_id)]


def scale_warnings(state: VisitState, photo_id: int) -> list[str]:
    """The sentences of what a scale warns of, and of what there is to beware of around it."""
    scale = state.scale(photo_id)
    return warning_texts((*scale.warnings, *state.circumstances.get(photo_id, ()))) if scale else []


def warning_texts(codes: Sequence[str]) -> list[str]:
    """The sentences of a scale's warning codes, each once."""
    if not codes:
        return []
    from woundtrack.scale.warnings import WARNINGS

    return [_(WARNINGS.get(code, code)) for code in dict.fromkeys(codes)]


def quality_warnings(state: VisitState, photo_id: int) -> list[str]:
    """The sentences about the sharpness and light of a photo."""
    codes = state.quality.get(photo_id, ())
    if not codes:
        return []
    from woundtrack.photo.remarks import REMARKS, worst_first

    return [_(REMARKS[code].sentence) for code in worst_first(codes)]


def contradictions(state: VisitState) -> list[str]:
    """What cannot be confirmed as it stands, each with its way out."""
    found: list[str] = []
    if state.on is None:
        found.append(_("The visit has no date. Say when the photos were taken."))
    for lesion in state.lesions:
        found += _lesion_contradicts(state, lesion.id)
    for cell in state.cells():
        if state.outline(cell) and (problem := state.problems.get(cell)):
            place = _("{lesion} in {photo}").format(
                lesion=lesion_name(state, cell[1]), photo=photo_name(state, cell[0])
            )
            found.append(labelled(place, explain(problem)))
    if not any(state.has_findings(lesion.id) for lesion in state.lesions):
        found.append(_("Nothing is noted yet. Add a photo, or fill in a form."))
    return found


def _lesion_contradicts(state: VisitState, lesion_id: int) -> list[str]:
    assessment, label = state.assessment(lesion_id), lesion_name(state, lesion_id)
    closed = assessment.size_method is SizeMethod.CLOSED
    drawn = any(c[1] == lesion_id and state.outline(c) for c in state.cells())
    if closed and drawn:
        return [
            _("{lesion} is marked closed but has an outline. Take away one of them.").format(
                lesion=label
            )
        ]
    healed = any(
        form.scores[each.index(each.size_item)] == 0 and each is not REVPWAT
        for each in INSTRUMENTS
        for form in [form_of(assessment, each)]
    )
    if healed and drawn:
        return [
            _("{lesion} has size 0 on the form but an outline. Change one of them.").format(
                lesion=label
            )
        ]
    if (assessment.length_cm is None) != (assessment.width_cm is None):
        return [
            _("{lesion} has only one of length and width. Give both, or neither.").format(
                lesion=label
            )
        ]
    return []
