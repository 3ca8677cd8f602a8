"""A film or sheet of the compared photos, written where a person chose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compare.clinics import Laying, Taken, filled, same_place
from ui.background import Background
from ui.compare.desk import CompareDesk, Shelf
from ui.compare.film_dialog import FilmDialog
from ui.models.compare import photos_of
from ui.models.timeline import strip_photos
from woundtrack.records import ConsentPurpose
from woundtrack.store.clinic import Clinic

Made = Callable[..., FilmDialog]


@pytest.fixture
def laying(monkeypatch: pytest.MonkeyPatch) -> Laying:
    made = Laying()
    monkeypatch.setattr("woundtrack.compare.series.aligned", made)
    return made


@pytest.fixture
def film(qtbot: QtBot, clinic: Clinic, background: Background, painted, laying) -> Made:
    def make(*photos: Taken, shelf: Shelf | None = None) -> FilmDialog:
        history = filled(clinic, painted, photos)
        made = FilmDialog(
            clinic, background, history=history, lesion_id=history.lesions[0].id,
            photo_ids=tuple(photo.id for photo in history.photos[:2]), shelf=shelf or Shelf(),
        )  # fmt: skip
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
    said = written(qtbot, dialog, tmp_path / "film")
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


def test_what_was_found_in_the_comparison_is_used(
    film: Made, qtbot: QtBot, tmp_path: Path, laying: Laying
) -> None:
    laying.refused = {16.0}
    shelf = Shelf()
    dialog = film(Taken(), Taken(16.0), shelf=shelf)
    assert "two photos that lie on each other" in written(qtbot, dialog, tmp_path / "a.webp")
    assert not (tmp_path / "a.webp").exists()
    shelf.found[((1, None, None, None), (2, None, None, None), ())] = same_place()
    dialog._say("")
    assert written(qtbot, dialog, tmp_path / "a.webp").startswith("2 photos shown.")
    assert laying.asked == 1


def test_for_teaching_consent_is_asked_first(film: Made, tmp_path: Path) -> None:
    dialog = film(Taken(), Taken(16.0))
    dialog.purpose.set_value(ConsentPurpose.TEACHING)
    assert dialog.start_button.text() == "Look at each…"
    dialog.start()
    assert "consent" in dialog.banner.label.text()
    assert dialog.pages.currentIndex() == 0


def test_a_shelf_knows_how_photos_lie(
    qtbot: QtBot, clinic: Clinic, background: Background, painted, monkeypatch
) -> None:
    monkeypatch.setattr("woundtrack.align.register.aligned", Laying())
    history = filled(clinic, painted, (Taken(), Taken(16.0)))
    shelf = Shelf()
    desk = CompareDesk(clinic, background, shelf=shelf)
    desk.show_photos(photos_of(history, strip_photos(history), lesion_id=history.lesions[0].id))
    qtbot.waitUntil(lambda: not desk.working)
    first, later = (photo.id for photo in history.photos)
    assert shelf.known(first, later) == same_place()
    assert shelf.known(later, first) is None
    places = ((30.0, 20.0), (130.0, 20.0), (130.0, 100.0), (30.0, 100.0))
    desk.lay_by_points({later: tuple((place, place) for place in places)})
    qtbot.waitUntil(lambda: not desk.working)
    found = shelf.known(first, later)
    assert found is not None
    assert found.method == "points"
