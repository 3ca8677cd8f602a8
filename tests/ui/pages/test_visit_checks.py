"""What the photos step says is missing: one phrase, however many photos wait for it."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import SQUARE, saved, scale_and_outline
from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack import words
from woundtrack.outline.types import Outline


def test_photos_without_a_wound_are_named_in_one_phrase(
    qtbot: QtBot,
    open_page: Callable[..., VisitPage],
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    ward: object,
) -> None:
    page = open_page(ward.patient.id)  # type: ignore[attr-defined]
    page.import_files([camera(f"{seed}.jpg", painted(seed=seed)) for seed in (1, 2, 3)])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: not page.desk.run.running)
    state = page.session.state

    def missing() -> tuple[str, ...]:
        return checks.report(state, Step.PHOTOS).missing

    assert missing() == ("which wound photos 1, 2 and 3 show",)
    page.refresh()
    assert page.foot.missing.text() == "Missing: which wound photos 1, 2 and 3 show"
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    page.session.set_lesion_in_photo(state.photos[1].id, lesion_id, True)
    assert missing() == ("which wound photos 1 and 3 show",)
    page.session.set_lesion_in_photo(state.photos[2].id, lesion_id, True)
    assert missing() == ("which wound photo 1 shows",)
    page.session.set_lesion_in_photo(state.photos[0].id, lesion_id, True)
    assert missing() == ()
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=20_000)


def test_a_list_ends_in_each_language_as_it_is_said() -> None:
    before = words.language()
    try:
        words.set_language("fr")
        assert words.together([1, 2, 3]) == "1, 2 et 3"
        words.set_language("en")
        assert words.together([1]) == "1"
    finally:
        words.set_language(before)


def test_outlines_of_two_lesions_over_each_other_are_warned_of(
    qtbot: QtBot, with_photo: VisitPage, ward: Ward
) -> None:
    page, (first, second) = with_photo, (lesion.id for lesion in ward.lesions)
    photo_id = page.session.state.photos[0].id
    page.session.set_lesion_in_photo(photo_id, second, True)
    page.session.set_outline((photo_id, first), SQUARE)
    page.show_step(Step.OUTLINE, photo_id)
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id), timeout=20_000)
    beside = tuple((x + 196.0, y) for x, y in SQUARE.rings[0])  # 200 px wide: they touch
    page.session.set_outline((photo_id, second), Outline((beside,)))
    assert not any("overlap" in each for each in checks.warnings(page.session.state))
    within = tuple((250 + x / 10, 200 + y / 10) for x, y in SQUARE.rings[0])
    page.session.set_outline((photo_id, second), Outline((within,)))
    (told,) = (each for each in checks.warnings(page.session.state) if "overlap" in each)
    assert "A and B" in told
    qtbot.waitUntil(lambda: "A and B overlap" in page.editor_step.title.beware.text())
    saved(qtbot, page)


def test_a_size_scored_from_an_outline_that_was_drawn_anew_is_warned_of(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    size = page.form.rows[0]
    size.answer(size.proposed)
    assert size.value == 2, "2.8 × 2.8 cm"

    def told() -> list[str]:
        return [each for each in checks.warnings(page.session.state) if "was scored from" in each]

    assert told() == []
    larger = tuple((2 * x - 240, 2 * y - 160) for x, y in SQUARE.rings[0])
    page.session.set_outline(cell, Outline((larger,)))
    saved(qtbot, page)
    assert told() == [
        "BWAT of A: the size was scored from 2.8 × 2.8 cm, which is no longer "
        "what is measured. Answer it again."
    ]
    page.form.refresh()
    size.answer(3)
    assert told() == []
