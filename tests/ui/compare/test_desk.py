"""Photos are read and laid on the first one in the background, or it is said why not."""

import gc
import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compare.clinics import Laying, Taken, filled
from ui.background import Background
from ui.compare.desk import CompareDesk, Shelf
from ui.compare.laying import Entry
from ui.compare.picture import PlaneImage
from ui.models.compare import photos_of
from ui.models.timeline import strip_photos
from woundtrack.errors import MeasureError
from woundtrack.photo.colour_cast import Light
from woundtrack.store.clinic import Clinic

Made = Callable[..., CompareDesk]


@pytest.fixture
def laying(monkeypatch: pytest.MonkeyPatch) -> Laying:
    made = Laying()
    monkeypatch.setattr("woundtrack.align.register.aligned", made)
    return made


@pytest.fixture
def desk(qtbot: QtBot, clinic: Clinic, background: Background, painted, laying: Laying) -> Made:
    """A desk that shows photos, and has come to its end with them."""

    def make(*photos: Taken, shelf: Shelf | None = None, wait: bool = True) -> CompareDesk:
        history = filled(clinic, painted, photos)
        (lesion,) = history.lesions
        made = CompareDesk(clinic, background, shelf=shelf or Shelf())
        made.show_photos(photos_of(history, strip_photos(history), lesion_id=lesion.id))
        if wait:
            ended(qtbot, made)
        return made

    return make


def ended(qtbot: QtBot, desk: CompareDesk) -> None:
    qtbot.waitUntil(lambda: not desk.working)


def codes(entries: tuple[Entry, ...]) -> list[str]:
    refused = [entry.error or entry.refused for entry in entries]
    return [error.code if error else "" for error in refused]


def test_each_later_photo_is_laid_on_the_first(desk: Made) -> None:
    first, *later = desk(Taken(), Taken(16.0), Taken(12.0)).entries
    assert first.alignment is None
    assert first.place is not None
    for entry in later:
        assert entry.image is not None
        assert entry.alignment is not None
        assert entry.place is not None
        assert entry.place.way
        assert entry.place.in_mm


def test_gained_and_lost_are_told_where_both_are_confirmed(desk: Made) -> None:
    _first, grown, shrunk = desk(Taken(20.0), Taken(24.0), Taken(10.0)).entries
    assert grown.change is not None
    assert grown.change.area.lost_cm2 == pytest.approx(0.0, abs=1e-6)
    # A ring between radii of 10 and 12 mm, and one between 5 and 10 mm.
    assert grown.change.area.gained_cm2 == pytest.approx(3.1416 * (1.2**2 - 1.0), rel=0.01)
    assert shrunk.change is not None
    assert shrunk.change.area.lost_cm2 == pytest.approx(3.1416 * (1.0 - 0.5**2), rel=0.01)
    assert shrunk.change.area.lost_cm2_sd > 0


def test_a_draft_is_laid_but_changes_nothing(desk: Made) -> None:
    _first, draft = desk(Taken(), Taken(10.0, confirmed=False)).entries
    assert draft.alignment is not None
    assert draft.change is None


def test_a_closed_wound_lost_all(desk: Made) -> None:
    _first, closed = desk(Taken(20.0), Taken(None, closed=True)).entries
    assert closed.change is not None
    assert closed.change.area.gained_cm2 == 0
    assert closed.change.area.lost_cm2 == pytest.approx(3.1416, rel=0.01)
    assert closed.rings_mm == ()


def test_a_photo_without_an_outline_is_laid_and_changes_nothing(desk: Made) -> None:
    _first, bare = desk(Taken(), Taken(None)).entries
    assert bare.alignment is not None
    assert bare.change is None


def test_a_refused_photo_stays_where_its_own_scale_puts_it(desk: Made, laying: Laying) -> None:
    laying.refused = {12.0}
    _first, refused, laid = desk(Taken(), Taken(12.0), Taken(16.0)).entries
    assert codes((refused, laid)) == ["align.not_alike", ""]
    assert refused.image is not None
    assert refused.place is not None
    assert not refused.place.way
    assert refused.change is None


def test_without_an_outline_in_the_first_nothing_is_laid(desk: Made, laying: Laying) -> None:
    entries = desk(Taken(None), Taken(), Taken()).entries
    assert codes(entries) == ["", "align.no_outline", "align.no_outline"]
    assert laying.asked == 0


def test_an_unreadable_photo_is_said_so_and_the_others_are_shown(desk: Made) -> None:
    entries = desk(Taken(), Taken(broken=True), Taken(12.0)).entries
    assert codes(entries) == ["", "photo.not_a_photo", ""]
    assert entries[1].image is None
    assert entries[2].alignment is not None


def test_on_an_unreadable_first_photo_nothing_is_laid(desk: Made, laying: Laying) -> None:
    made = desk(Taken(broken=True), Taken(), Taken())
    assert codes(made.entries) == ["photo.not_a_photo", "", ""]
    assert all(entry.image is not None for entry in made.entries[1:])
    assert laying.asked == 0
    assert not made.busy


def test_photos_of_other_sizes_lie_on_each_other(desk: Made) -> None:
    _first, upright = desk(Taken(), Taken(size=(120, 160))).entries
    assert upright.alignment is not None
    assert upright.image is not None


def test_without_any_scale_nothing_is_in_mm(desk: Made, laying: Laying) -> None:
    laying.mm_per_px = None
    first, later = desk(Taken(scaled=False), Taken(scaled=False)).entries
    assert first.place is not None
    assert not first.place.in_mm
    assert later.change is None


def test_a_first_photo_without_a_scale_takes_that_of_one_laid_on_it(desk: Made) -> None:
    first, later = desk(Taken(scaled=False), Taken(16.0)).entries
    for entry in (first, later):
        assert entry.place is not None
        assert entry.place.in_mm
    x, y = first.rings_mm[0].max(axis=0) - first.rings_mm[0].min(axis=0)
    assert (x, y) == pytest.approx((20.0, 20.0), abs=0.1)


def test_what_was_found_once_is_not_sought_again(qtbot: QtBot, desk: Made, laying: Laying) -> None:
    shelf = Shelf()
    made = desk(Taken(), Taken(16.0), Taken(12.0), shelf=shelf)
    photos = [entry.photo for entry in made.entries]
    assert laying.asked == 2
    made.show_photos(photos[:2])
    assert made.entries[1].alignment is not None
    made.show_photos([])
    made.show_photos(photos)
    ended(qtbot, made)
    assert all(entry.alignment is not None for entry in made.entries[1:])
    assert laying.asked == 2


def test_another_first_photo_is_another_laying(qtbot: QtBot, desk: Made, laying: Laying) -> None:
    made = desk(Taken(), Taken(16.0), Taken(12.0))
    made.show_photos([entry.photo for entry in made.entries[1:]])
    ended(qtbot, made)
    first, later = made.entries
    assert first.alignment is None
    assert first.place is not None
    assert not first.place.way
    assert later.alignment is not None
    assert laying.asked == 3


def test_colours_are_drawn_again_and_the_laying_stays(qtbot: QtBot, desk: Made) -> None:
    made = desk(Taken(), Taken(16.0))
    before = [entry.image for entry in made.entries]
    made.set_matched(True)
    ended(qtbot, made)
    assert all(entry.image not in before for entry in made.entries)
    assert made.entries[1].alignment is not None
    assert made.entries[0].light is Light.ASSUMED  # no ruler is to be seen in these


def test_colours_chosen_while_photos_are_read_or_others_are_chosen_are_not_forgotten(
    qtbot: QtBot, desk: Made
) -> None:
    made = desk(Taken(), Taken(16.0), Taken(12.0), wait=False)
    photos = [entry.photo for entry in made.entries]
    made.set_matched(True)
    ended(qtbot, made)
    assert all(entry.image is not None and entry.matched for entry in made.entries)
    made.set_matched(False)
    made.show_photos(photos[:2])
    ended(qtbot, made)
    assert [entry.matched for entry in made.entries] == [False, False]


def test_while_points_are_clicked_no_photo_is_laid_elsewhere(
    qtbot: QtBot, desk: Made, laying: Laying
) -> None:
    made = desk(Taken(), Taken(16.0), wait=False)
    made.set_paused(True)
    ended(qtbot, made)
    places = [entry.place for entry in made.entries]
    made.set_matched(True)
    ended(qtbot, made)
    assert [entry.place for entry in made.entries] == places
    assert laying.asked == 0
    made.set_paused(False)
    ended(qtbot, made)
    assert made.entries[1].alignment is not None


def test_what_cannot_be_drawn_where_it_lies_is_refused(
    desk: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beyond(*_args: object, **_more: object) -> None:
        raise MeasureError("measure.beyond_horizon")

    monkeypatch.setattr("ui.compare.laying.change_of", beyond)
    entries = desk(Taken(), Taken(16.0)).entries
    assert codes(entries) == ["", "measure.beyond_horizon"]
    assert entries[1].image is not None


def test_pairs_of_points_lay_a_photo_that_was_refused(
    qtbot: QtBot, desk: Made, laying: Laying
) -> None:
    laying.refused = {12.0}
    made = desk(Taken(), Taken(12.0))
    later = made.entries[1].photo.id
    places = ((30.0, 20.0), (130.0, 20.0), (130.0, 100.0), (30.0, 100.0))
    made.lay_by_points({later: tuple((place, place) for place in places)})
    ended(qtbot, made)
    entry = made.entries[1]
    assert entry.alignment is not None
    assert entry.alignment.method == "points"
    assert entry.refused is None
    made.lay_by_points({later: ()})
    ended(qtbot, made)
    assert codes(made.entries) == ["", "align.not_alike"]


def test_stopped_it_lays_no_more_until_it_is_to_go_on(
    qtbot: QtBot, desk: Made, laying: Laying
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(watch: Callable[[], None]) -> None:
        begun.set()
        go_on.wait(10)
        watch()

    laying.before = wait
    made = desk(Taken(), Taken(16.0), wait=False)
    qtbot.waitUntil(begun.is_set)
    made.set_stopped(True)
    go_on.set()
    assert not made.working
    assert made.entries[1].alignment is None
    laying.before = lambda _watch: None
    made.set_stopped(False)
    ended(qtbot, made)
    assert made.entries[1].alignment is not None


def test_forgotten_no_picture_is_kept(qtbot: QtBot, desk: Made, laying: Laying, background) -> None:
    laying.refused = {12.0}
    made = desk(Taken(), Taken(12.0), Taken(16.0))
    made.forget()
    qtbot.waitUntil(lambda: not background.is_busy())
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, PlaneImage)]
