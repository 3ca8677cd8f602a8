"""What the photos step says is missing: one phrase, however many photos wait for it."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack import words


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
