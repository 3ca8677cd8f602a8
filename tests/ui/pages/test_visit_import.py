"""Photos come into the visit through the page: the good ones go in, every other one is told."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.imports import TODAY, Paint, Put, drop, outcomes, photos_of, settle
from ui import importing
from ui.pages.visit import album
from ui.pages.visit.album import AddedPhoto
from ui.pages.visit_page import VisitPage
from woundtrack.errors import PhotoError, StoreError
from woundtrack.photo.importing import Outcome
from woundtrack.records import DateSource, VisitPhoto


def _encoded(image: object, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)  # type: ignore[attr-defined]
    return file.getvalue()


def test_dropped_photos_make_a_visit_of_their_day(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    paths = [camera(f"{n}.jpg", painted(seed=n)) for n in range(3)]
    drop(page, *paths)
    settle(qtbot, page)
    state = page.session.state
    assert len(state.photos) == 3
    assert state.visit.value.on == TODAY
    assert {photo.date_source for photo in photos_of(page)} == {DateSource.EXIF}
    assert sorted(page.desk.deletable()) == paths  # two come at once, in any order
    assert "All originals may now be deleted" in page.photos.panel.summary.text()
    stored = page.session.clinic.read(lambda reader: reader.find(VisitPhoto))
    originals = {path.read_bytes() for path in paths}
    kept = {
        page.session.clinic.read(lambda reader, p=photo: reader.photo_bytes(p.value.vault_name))
        for photo in stored
    }
    assert kept == originals


def test_a_folder_is_imported_and_the_bad_files_are_told_while_the_others_go_on(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    from PIL import Image

    good = painted(seed=1)
    camera("good.jpg", good)
    camera("truncated.jpg", good[: len(good) // 2])
    camera("letter.jpg", b"Dear colleague, thank you for ...")
    camera("empty.jpg", b"")
    bomb = bytearray(_encoded(Image.new("L", (64, 64)), "PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    camera("bomb.png", bytes(bomb))
    folder = camera("good2.jpg", painted(seed=2)).parent
    drop(page, folder)
    settle(qtbot, page)
    said = outcomes(page)
    assert said.pop("good.jpg") is Outcome.ADDED
    assert said.pop("good2.jpg") is Outcome.ADDED
    assert set(said.values()) == {Outcome.FAILED}
    lines = page.photos.panel.failure_lines()
    assert len(lines) == 4
    assert all(line.endswith(".") and "Something went wrong" not in line for line in lines)
    assert len(page.session.state.photos) == 2
    assert "keep the others" in page.photos.panel.summary.text()


@pytest.mark.parametrize("kind", ["cmyk", "grey16", "heic"])
def test_unusual_photos_come_in_too(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint, kind: str
) -> None:
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    image = Image.open(io.BytesIO(painted(seed=3)))
    data = {
        "cmyk": lambda: _encoded(image.convert("CMYK"), "JPEG"),
        "grey16": lambda: _encoded(image.convert("I;16"), "PNG"),
        "heic": lambda: _encoded(image, "HEIF"),
    }[kind]()
    drop(page, camera(f"x.{kind}", data))
    settle(qtbot, page)
    assert Outcome.FAILED not in outcomes(page).values()
    (line,) = page.desk.lines.values()
    assert (line.taken.photo.width_px, line.taken.photo.height_px) == image.size


def test_a_file_that_disappears_is_one_line(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    gone = camera("gone.jpg", painted(seed=1))
    stays = camera("stays.jpg", painted(seed=2))
    gone.unlink()
    drop(page, gone, stays)
    settle(qtbot, page)
    assert outcomes(page) == {"gone.jpg": Outcome.FAILED, "stays.jpg": Outcome.ADDED}
    assert page.desk.deletable() == (stays,)


def test_a_full_disk_stops_the_import_and_loses_nothing(
    qtbot: QtBot,
    page: VisitPage,
    camera: Put,
    painted: Paint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importing.take_in
    taken: list[Path] = []

    def full_after_one(clinic: object, path: Path) -> object:
        if taken:
            raise StoreError("store.disk_full")
        taken.append(path)
        return real(clinic, path)

    monkeypatch.setattr(importing, "take_in", full_after_one)
    drop(page, *(camera(f"{n}.jpg", painted(seed=n)) for n in range(6)))
    settle(qtbot, page)
    said = list(outcomes(page).values())
    assert said.count(Outcome.ADDED) == 1
    assert said.count(Outcome.FAILED) >= 1
    assert Outcome.CANCELLED in said
    assert "disk" in " ".join(page.photos.panel.failure_lines()).lower()
    assert len(page.session.state.photos) == 1


def test_without_a_reader_the_import_stops_and_nothing_is_decoded(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_data: bytes) -> None:
        raise PhotoError("photo.no_reader")

    monkeypatch.setattr("woundtrack.photo.decoding.look", none)
    drop(page, *(camera(f"{n}.jpg", painted(seed=n)) for n in range(6)))
    settle(qtbot, page)
    said = list(outcomes(page).values())
    assert set(said) == {Outcome.FAILED, Outcome.CANCELLED}
    assert "reader did not start" in " ".join(page.photos.panel.failure_lines())
    assert not page.session.state.photos


def test_a_photo_of_100_megapixels_comes_in(qtbot: QtBot, page: VisitPage, camera: Put) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x9003] = "2026:03:17 09:00:00"
    big = _encoded(Image.new("L", (12_000, 9_000), 150), "JPEG", quality=30, exif=exif)
    drop(page, camera("big.jpg", big))
    settle(qtbot, page)
    (line,) = page.desk.lines.values()
    assert line.outcome is not Outcome.FAILED
    assert line.taken.photo.width_px * line.taken.photo.height_px == 108_000_000


def test_a_folder_that_cannot_be_listed_is_told(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_paths: object) -> tuple[Path, ...]:
        raise OSError(5, "the card was pulled out")

    folder = camera("a.jpg", painted(seed=1)).parent
    monkeypatch.setattr(importing, "photo_files", gone)
    drop(page, folder)
    settle(qtbot, page)
    assert outcomes(page) == {folder.name: Outcome.FAILED}
    assert page.photos.panel.failure_lines()


def test_a_folder_without_photos_is_told(qtbot: QtBot, page: VisitPage, tmp_path: Path) -> None:
    empty = tmp_path / "nothing in it"
    empty.mkdir()
    drop(page, empty)
    settle(qtbot, page)
    assert outcomes(page) == {empty.name: Outcome.FAILED}
    assert "no photo" in " ".join(page.photos.panel.failure_lines()).lower()


@pytest.mark.parametrize("failure", [StoreError("store.disk_full"), ZeroDivisionError()])
def test_what_was_read_but_not_recorded_is_never_called_safe(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint,
    monkeypatch: pytest.MonkeyPatch, failure: Exception,
) -> None:  # fmt: skip
    real, clinic = page.session.clinic.write, page.session.clinic

    def fails(act: Callable[..., object]) -> object:
        if act.__qualname__.startswith("add_photo"):
            raise failure
        return real(act)

    monkeypatch.setattr(clinic, "write", fails)
    first = camera("first.jpg", painted(seed=1))
    twin = Path(shutil.copy(first, first.with_name("twin.jpg")))
    drop(page, first, twin)
    settle(qtbot, page)
    assert set(outcomes(page).values()) == {Outcome.FAILED}
    assert page.desk.deletable() == ()
    assert "imported" not in page.photos.panel.summary.text()


def test_an_unforeseen_failure_is_that_of_one_photo(
    qtbot: QtBot,
    page: VisitPage,
    camera: Put,
    painted: Paint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importing.take_in

    def broken(clinic: object, path: Path) -> object:
        if path.name == "0.jpg":
            raise ZeroDivisionError
        return real(clinic, path)

    monkeypatch.setattr(importing, "take_in", broken)
    drop(page, *(camera(f"{n}.jpg", painted(seed=n)) for n in range(2)))
    settle(qtbot, page)
    assert outcomes(page) == {"0.jpg": Outcome.FAILED, "1.jpg": Outcome.ADDED}


def test_a_photo_told_before_the_one_that_made_the_visit_hides_neither(
    qtbot: QtBot,
    page: VisitPage,
    camera: Put,
    painted: Paint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, one_at_a_time, second_told = album.add_photo, Lock(), Event()

    def first_told_last(*given: object, **named: object) -> AddedPhoto:
        with one_at_a_time:
            added = real(*given, **named)  # type: ignore[arg-type]
        if not added.visit_was_there:
            assert second_told.wait(10)
        return added

    def look_up_after_both(*day: object) -> None:
        if not second_told.is_set():
            second_told.set()
            qtbot.waitUntil(lambda: any(line.photo_id for line in page.desk.lines.values()))
        reload_day(*day)

    reload_day = page.session.day.reload
    monkeypatch.setattr(album, "add_photo", first_told_last)
    monkeypatch.setattr(page.session.day, "reload", look_up_after_both)
    drop(page, *(camera(f"{n}.jpg", painted(seed=n)) for n in range(2)))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2)


def test_stopping_keeps_what_is_done(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, *(camera(f"{n:02}.jpg", painted(seed=n)) for n in range(12)))
    qtbot.waitUntil(lambda: page.desk.progress[0] >= 2, timeout=20_000)
    page.photos.panel.cancel.click()
    settle(qtbot, page)
    said = list(outcomes(page).values())
    added = said.count(Outcome.ADDED)
    assert 2 <= added < 12
    assert said.count(Outcome.CANCELLED) == 12 - added
    assert len(page.session.state.photos) == added
    assert "Stopped" in page.photos.panel.summary.text()
