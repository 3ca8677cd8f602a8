"""What is said of the photos of a visit while they can be taken again: worst first, never more."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ui.pages.visit import quality_watch
from ui.pages.visit.analysis import Proposal
from ui.pages.visit.checks import Step
from ui.pages.visit.retake import Retakes
from ui.pages.visit.state import (
    VisitState,
    assessment_key,
    counting_cell,
    measurement_key,
    outline_key,
    scale_key,
)
from ui.pages.visit_page import VisitPage
from woundtrack.errors import ScaleError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.remarks import REMARKS
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Side,
    Stored,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod

A, B = 7, 8
TODAY, LAST_WEEK = dt.date(2026, 3, 17), dt.date(2026, 3, 10)
SCALE = Scale(ScaleMethod.CARD, ((0.1, 0, 0), (0, 0.1, 0), (0, 0, 1.0)), 0.004, tilt_deg=5.0)


def square(left: float, *, side: float = 400.0) -> Outline:
    right, top, bottom = left + side, 1000.0, 1000.0 + side
    return Outline((((left, top), (right, top), (right, bottom), (left, bottom)),))


def stored(record_id: int, value: Any) -> Any:
    return Stored(record_id, str(record_id), 1, value, dt.datetime(2026, 3, 17, tzinfo=dt.UTC), 1)


PATIENT = stored(1, Patient("H1", "Lefèvre", "Marie", dt.date(1958, 5, 3)))
LESIONS = tuple(
    stored(key, Lesion(1, label, "calf", Side.LEFT)) for key, label in ((A, "A"), (B, "B"))
)


@pytest.fixture
def state() -> VisitState:
    """A draft with lesions A and B, without a photo."""
    return VisitState(PATIENT, LESIONS, on=TODAY)


def photo_of(photo_id: int, *, visit_id: int = 2) -> Any:
    return stored(photo_id, VisitPhoto(visit_id, str(photo_id), Photo(4000, 3000, "image/jpeg", 1)))


def add(
    state: VisitState,
    photo_id: int,
    outlines: dict[int, Outline],
    *,
    scale: Scale | None = None,
    quality: tuple[str, ...] = (),
) -> None:
    """Put a photo of 4000 × 3000 px that was looked through into the state."""
    state.photos.append(photo_of(photo_id))
    for lesion_id, outline in outlines.items():
        cell = (photo_id, lesion_id)
        state.values[outline_key(cell)] = PhotoOutline(*cell, outline)
    if scale is not None:
        state.values[scale_key(photo_id)] = PhotoScale(photo_id, scale)
    state.quality[photo_id] = quality


def measured(photo_id: int, *, sd_cm2: float = 0.5) -> LesionMeasurement:
    size = Measurement(16.0, sd_cm2, 16.0, 5.6, 5.6, ((0, 0), (1, 1)), ((0, 1), (1, 0)))
    return LesionMeasurement(2, A, photo_id, 1, 1, 1, 1, size)


def said(
    state: VisitState, history: PatientHistory | None = None, *, waiting: tuple[int, ...] = ()
) -> dict[int, list[str]]:
    return Retakes(lambda photo_id: photo_id in waiting).remarks(history, state)


def test_good_photos_are_told_nothing(state: VisitState) -> None:
    add(state, 1, {A: square(1500)}, scale=SCALE)
    add(state, 2, {B: square(1500)}, scale=SCALE)
    assert said(state) == {}


def test_the_worst_comes_first(state: VisitState) -> None:
    add(state, 1, {A: square(0)}, quality=("quality.too_dark", "quality.blurred"))
    order = ["framing.cut_off", "quality.blurred", "framing.no_scale", "quality.too_dark"]
    assert said(state) == {1: order}


def test_a_photo_that_locates_the_wound_needs_neither_scale_nor_nearness(
    state: VisitState,
) -> None:
    add(state, 1, {A: square(1500)}, scale=SCALE)
    add(state, 2, {A: square(1500, side=40)})
    assert said(state) == {}
    add(state, 3, {B: square(1500, side=40)})
    assert said(state) == {3: ["framing.no_scale", "framing.small"]}


def test_the_photo_that_counts_is_judged_however_large_another_shows_the_wound(
    state: VisitState,
) -> None:
    tilted = replace(SCALE, tilt_deg=38.0)
    add(state, 1, {A: square(1500)}, scale=SCALE)
    add(state, 2, {A: square(1500, side=380)}, scale=tilted)
    assert said(state) == {}
    for photo_id in (1, 2):
        state.values[measurement_key((photo_id, A))] = measured(photo_id)
    state.chosen[A] = 2
    assert said(state) == {2: ["framing.tilted"]}
    state.chosen[A] = 1
    assert said(state) == {}


def test_a_photo_to_be_taken_again_for_its_tilt_does_not_count_beside_a_straight_one(
    state: VisitState,
) -> None:
    tilted = replace(SCALE, tilt_deg=38.0)
    add(state, 1, {A: square(1500)}, scale=SCALE)
    add(state, 2, {A: square(1500)}, scale=tilted)
    state.values[measurement_key((2, A))] = measured(2, sd_cm2=0.5)
    assert counting_cell(state, A) == (2, A)
    assert said(state) == {2: ["framing.tilted"]}
    state.values[measurement_key((1, A))] = measured(1, sd_cm2=0.6)
    assert counting_cell(state, A) == (1, A)
    assert said(state) == {}


def test_before_it_is_said_what_it_shows_one_scale_in_the_visit_is_enough(
    state: VisitState,
) -> None:
    add(state, 1, {})
    assert said(state) == {1: ["framing.no_scale"]}
    add(state, 2, {}, scale=SCALE)
    assert said(state) == {}


def test_no_scale_is_said_when_it_was_looked_for_and_not_where_it_was_decided(
    state: VisitState,
) -> None:
    add(state, 1, {A: square(1500)})
    assert said(state, waiting=(1,)) == {}
    del state.quality[1]
    assert said(state) == {}
    state.scale_problems[1] = ScaleError("scale.none_found")
    assert said(state) == {1: ["framing.no_scale"]}
    state.scale_problems[1] = ScaleError("scale.tilt_beyond", tilt_deg=50)
    assert said(state) == {1: ["framing.tilted"]}
    state.values[scale_key(1)] = PhotoScale(1, None)
    assert said(state) == {}


def seen_at(mm_per_px: float) -> Scale:
    rows = ((mm_per_px, 0, 0), (0, mm_per_px, 0), (0, 0, 1.0))
    return replace(SCALE, homography_px_to_mm=rows)


def last_week(*, mm_per_px: float) -> PatientHistory:
    """Lesion A, 4 cm wide, was seen last week at a scale."""
    outline = square(1500, side=40 / mm_per_px)
    return PatientHistory(
        patient=PATIENT,
        lesions=LESIONS,
        visits=(stored(3, Visit(1, LAST_WEEK)),),
        photos=(photo_of(11, visit_id=3),),
        scales=(stored(12, PhotoScale(11, seen_at(mm_per_px))),),
        outlines=(stored(13, PhotoOutline(11, A, outline, confirmed=True)),),
    )


def test_the_photo_is_compared_with_the_last_visit_s(state: VisitState) -> None:
    history = last_week(mm_per_px=0.05)
    add(state, 1, {A: square(1500)}, scale=SCALE)
    assert said(state, history) == {1: ["framing.farther"]}
    state.values[scale_key(1)] = PhotoScale(1, seen_at(0.05))
    assert said(state, history) == {}


def test_a_history_read_anew_is_compared_with_anew(state: VisitState) -> None:
    add(state, 1, {A: square(1500)}, scale=SCALE)
    near, far = last_week(mm_per_px=0.05), last_week(mm_per_px=0.1)
    retakes = Retakes(lambda _photo_id: False)
    for _time in range(20):  # nobody else keeps the copies: one may lie where the last one lay
        assert retakes.remarks(replace(near), state) == {1: ["framing.farther"]}
        assert retakes.remarks(replace(far), state) == {}


def test_what_changes_is_judged_anew(state: VisitState) -> None:
    add(state, 1, {A: square(0)}, scale=SCALE)
    retakes = Retakes(lambda _photo_id: False)
    assert retakes.remarks(None, state) == {1: ["framing.cut_off"]}
    state.values[outline_key((1, A))] = PhotoOutline(1, A, square(1500))
    assert retakes.remarks(None, state) == {}


def test_nothing_is_said_of_a_visit_that_is_over(state: VisitState) -> None:
    add(state, 1, {A: square(0)}, quality=("quality.blurred",))
    over = stored(5, Assessment(2, A, confirmed=True))
    state.stored[assessment_key(A)] = over
    assert said(state) == {}
    del state.stored[assessment_key(A)]
    state.read_only = True
    assert said(state) == {}


# -- on the page


def test_one_line_at_the_photo_with_all_of_it_in_the_tip(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    photo_id = page.session.state.photos[0].id
    card = page.photos.card(photo_id)
    qtbot.waitUntil(lambda: "No scale" in card.remark.text())
    page.session.state.quality[photo_id] = ("quality.too_dark", "quality.blurred")
    page.session.tell()
    qtbot.waitUntil(lambda: card.remark.text() == "Blurred: hold still, focus (+2)")
    assert card.remark.isVisible()
    told = card.accessibleDescription()
    assert all(
        REMARKS[code].sentence in told
        for code in ("quality.too_dark", "quality.blurred", "framing.no_scale")
    )
    assert card.remark.tip.count("\n") == 2
    page.session.state.quality[photo_id] = ()
    page.session.set_scale(photo_id, None)
    qtbot.waitUntil(lambda: not card.remark.isVisible())
    assert card.accessibleDescription() == ""


def test_a_photo_is_judged_again_at_the_outline_that_is_proposed(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    session = with_photo.session
    photo_id = session.state.photos[0].id
    session.album.proposals.ready.emit(Proposal(photo_id, warnings=("quality.too_dark",)))
    assert session.state.quality[photo_id] == ("quality.too_dark",)
    session.album.proposals.ready.emit(Proposal(photo_id, outline_warnings=()))
    assert session.state.quality[photo_id] == ("quality.too_dark",)  # no wound was found
    session.album.proposals.ready.emit(Proposal(photo_id, warnings=("quality.glare",)))
    assert session.state.quality[photo_id] == ("quality.glare",)


def test_an_outline_drawn_by_hand_is_judged_where_it_is(
    qtbot: QtBot, with_photo: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []

    def judge(_pixels: object, outlines: tuple[Outline, ...]) -> tuple[str, ...]:
        looked.append(outlines)
        return ("quality.glare",)

    monkeypatch.setattr(quality_watch, "quality_of", judge)
    page, session = with_photo, with_photo.session
    photo, lesion = session.state.photos[0], session.state.lesions[0]
    page.show_step(Step.OUTLINE, photo.id)
    session.set_outline((photo.id, lesion.id), square(100, side=90))
    qtbot.waitUntil(lambda: session.state.quality.get(photo.id) == ("quality.glare",))
    assert looked[-1] == (square(100, side=90),)


def test_a_visit_opened_anew_is_judged_anew(
    state: VisitState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(work: Any, *, done: Any, key: str) -> None:
        done(work())

    monkeypatch.setattr(quality_watch, "quality_of", lambda _pixels, _outlines: ("quality.glare",))
    add(state, 1, {A: square(1500)})
    background = SimpleNamespace(run=at_once)
    session = SimpleNamespace(pixels={1: object()}, background=background, tell=lambda: None)
    watch = quality_watch.QualityWatch(session)  # type: ignore[arg-type]
    for _time in range(20):  # nobody else keeps the copies: one may lie where the last one lay
        opened = replace(state, quality={})
        watch.look(opened, 1)
        assert opened.quality == {1: ("quality.glare",)}
        del opened
