"""A film or sheet of the compared photos, written where a person chose."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compare.clinics import FIRST_ON, Laying, Taken, filled, ring, same_place
from ui.background import Background
from ui.compare.desk import CompareDesk, Shelf
from ui.compare.film_dialog import FilmDialog
from ui.models.compare import photos_of
from ui.models.timeline import strip_photos
from woundtrack.compare.record import shots_of
from woundtrack.export.case import case_of
from woundtrack.records import Consent, ConsentPurpose, Patient
from woundtrack.store.clinic import Clinic, Writer

Made = Callable[..., FilmDialog]


@pytest.fixture
def laying(monkeypatch: pytest.MonkeyPatch) -> Laying:
    made = Laying()
    monkeypatch.setattr("woundtrack.compare.series.aligned", made)
    return made


@pytest.fixture
def film(qtbot: QtBot, clinic: Clinic, background: Background, painted, laying) -> Made:
    def make(*photos: Taken, shelf: Shelf | None = None) -> FilmDialog:
        history = clinic.read(lambda reader: reader.history(1)) if not photos else None
        history = history or filled(clinic, painted, photos)
        made = FilmDialog(
            clinic, background, history=history, lesion_id=history.lesions[0].id,
            photo_ids=tuple(photo.id for photo in history.photos[:2]), shelf=shelf or Shelf(),
        )  # fmt: skip
        made.longest.offer([(320, "320 px")], chosen=320)
        qtbot.addWidget(made)
        return made

    return make


def written(qtbot: QtBot, dialog: FilmDialog, target: Path) -> str:
    dialog.ask_file = lambda _name: str(target)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.banner.label.text() != "")
    return dialog.banner.label.text()


def test_the_compared_photos_become_a_film(film: Made, qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    dialog = film(Taken(), Taken(16.0), Taken(12.0))
    said = written(qtbot, dialog, tmp_path / "film.webp")
    assert said.startswith("2 photos shown.\n")
    assert said.endswith("\nSaved as film.webp")
    with Image.open(tmp_path / "film.webp") as image:
        assert image.n_frames == 2


def test_all_photos_of_the_lesion_become_a_sheet(film: Made, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = film(Taken(), Taken(16.0), Taken(12.0), Taken(9.0, confirmed=False))
    dialog.which.set_value(True)
    dialog.kind.set_value(".png")
    assert dialog.seconds.isHidden()
    assert written(qtbot, dialog, tmp_path / "a.png").startswith("3 photos shown.")


def test_what_was_found_by_clicks_in_the_comparison_is_used(
    film: Made, qtbot: QtBot, tmp_path: Path, laying: Laying, clinic: Clinic, background, painted
) -> None:
    laying.refused = {16.0}
    history = filled(clinic, painted, (Taken(), Taken(16.0)))
    shelf = Shelf()
    dialog = film(shelf=shelf)
    assert "two photos that lie on each other" in written(qtbot, dialog, tmp_path / "a.webp")
    assert not (tmp_path / "a.webp").exists()
    assert laying.asked == 1
    desk = CompareDesk(clinic, background, shelf=shelf)
    desk.show_photos(photos_of(history, strip_photos(history), lesion_id=history.lesions[0].id))
    places = ((30.0, 20.0), (130.0, 20.0), (130.0, 100.0), (30.0, 100.0))
    desk.lay_by_points({history.photos[1].id: tuple((place, place) for place in places)})
    qtbot.waitUntil(lambda: not desk.working)
    dialog._say("")
    assert written(qtbot, dialog, tmp_path / "a.webp").startswith("2 photos shown.")
    assert laying.asked == 1


def test_a_photo_that_does_not_count_is_named(film: Made, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = film(Taken(), Taken(16.0, confirmed=False), Taken(12.0))
    dialog._days = {1: "3 Mar 2026", 2: "10 Mar 2026", 3: "17 Mar 2026"}
    said = written(qtbot, dialog, tmp_path / "a.png")
    assert said.startswith("2 photos shown.")
    told = "Left out, unconfirmed or not the photo that counts at its visit: 10 Mar 2026."
    assert told in said.splitlines()


def test_on_a_small_screen_the_choices_scroll(film: Made, qtbot: QtBot) -> None:
    dialog = film(Taken())
    dialog.resize(640, 420)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.height() == 420
    for last, way in ((dialog.unaligned, False), (dialog.purpose, True)):
        dialog.start_button.setFocus()
        for _step in range(20):
            if dialog.focusWidget() is last:
                break
            dialog.focusNextPrevChild(way)
        assert dialog.focusWidget() is last
        assert not last.visibleRegion().isEmpty()


def test_for_teaching_consent_is_asked_first(film: Made, tmp_path: Path) -> None:
    dialog = film(Taken(), Taken(16.0))
    dialog.purpose.set_value(ConsentPurpose.TEACHING)
    assert dialog.start_button.text() == "Look at each…"
    dialog.start()
    assert "consent" in dialog.banner.label.text()
    assert dialog.pages.currentIndex() == 0


def agree(clinic: Clinic) -> None:
    """The patient consents to teaching."""
    consent = Consent(ConsentPurpose.TEACHING, FIRST_ON)

    def act(writer: Writer) -> None:
        stored = writer.get(Patient, 1)
        writer.revise(stored, replace(stored.value, consents=(consent,)))

    clinic.write(act)


def test_only_what_can_be_in_the_film_is_looked_at(film: Made, clinic: Clinic, painted) -> None:
    filled(clinic, painted, (Taken(), Taken(None), Taken(16.0), Taken(None)))
    agree(clinic)
    dialog = film()
    dialog.which.set_value(True)
    dialog.purpose.set_value(ConsentPurpose.TEACHING)
    dialog.start()
    assert dialog.pages.currentIndex() == 1
    assert [each.photo.id for each in dialog.look.candidates] == [1, 3]


def test_nobody_looks_at_photos_that_become_no_film(film: Made, clinic: Clinic, painted) -> None:
    filled(clinic, painted, (Taken(), Taken(None), Taken(16.0)))
    agree(clinic)
    dialog = film()
    dialog.purpose.set_value(ConsentPurpose.TEACHING)
    dialog.start()
    assert dialog.pages.currentIndex() == 0
    assert "each visit and needs two; here are 1." in dialog.banner.label.text()


def test_a_shelf_knows_how_photos_lie_by_these_outlines_alone(
    qtbot: QtBot, clinic: Clinic, background: Background, painted, monkeypatch
) -> None:
    monkeypatch.setattr("woundtrack.align.register.aligned", Laying())
    history = filled(clinic, painted, (Taken(), Taken(16.0)))
    shelf = Shelf()
    desk = CompareDesk(clinic, background, shelf=shelf)
    desk.show_photos(photos_of(history, strip_photos(history), lesion_id=history.lesions[0].id))
    qtbot.waitUntil(lambda: not desk.working)

    case = case_of(history, today=FIRST_ON)
    first, later = shots_of(case, history.lesions[0].id, pixels=lambda _name: None)
    assert shelf.known(first, later) == same_place()
    assert shelf.known(later, first) is None
    # The same photos, but laid by the skin about another wound.
    other = replace(first, wound=ring(8.0))
    assert shelf.known(other, later) is None
