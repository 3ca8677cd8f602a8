"""Photos come into the visit through the page: the good ones go in, every other one is told."""

import datetime as dt
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui import importing
from ui.pages.visit_page import VisitPage
from ui.widgets.banner import Banner
from woundtrack.errors import StoreError
from woundtrack.photo.importing import Outcome
from woundtrack.records import DateSource, Visit, VisitPhoto

TODAY = dt.date(2026, 3, 17)
LAST_WEEK = dt.date(2026, 3, 10)
Put = Callable[[str, bytes], Path]
Paint = Callable[..., bytes]


@pytest.fixture
def page(open_page: Callable[..., VisitPage], ward: object) -> VisitPage:
    return open_page(ward.patient.id)  # type: ignore[attr-defined]


def drop(page: VisitPage, *paths: Path) -> None:
    """Drop files on the page as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.dropEvent(
        QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def settle(qtbot: QtBot, page: VisitPage) -> None:
    """Wait until the import is over and everything added stands in the visit."""

    def settled() -> bool:
        added = [line for line in page.desk.lines.values() if line.outcome is Outcome.ADDED]
        return not page.desk.run.running and all(line.photo_id for line in added)

    qtbot.waitUntil(settled, timeout=20_000)
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=20_000)
    page.photos.panel.refresh()


def outcomes(page: VisitPage) -> dict[str, Outcome]:
    return {path.name: line.outcome for path, line in page.desk.lines.items()}


def press(banner: Banner, words: str) -> None:
    button = next(each for each in banner.buttons if words in each.text())
    button.click()


def photos_of(page: VisitPage) -> list[VisitPhoto]:
    return [photo.value for photo in page.session.state.photos]


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
    assert page.desk.deletable() == tuple(paths)
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


def _encoded(image: object, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)  # type: ignore[attr-defined]
    return file.getvalue()


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


def test_the_same_bytes_are_kept_once_here_and_told_of_elsewhere(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], ward: object,
    camera: Put, painted: Paint,
) -> None:  # fmt: skip
    first = camera("first.jpg", painted(seed=1))
    twin = Path(shutil.copy(first, first.with_name("twin.jpg")))
    drop(page, first, twin)
    settle(qtbot, page)
    assert sorted(outcomes(page).values()) == [Outcome.ADDED, Outcome.KEPT_ONCE]
    assert len(page.session.state.photos) == 1

    other = open_page(ward.other.id)  # type: ignore[attr-defined]
    drop(other, first)
    settle(qtbot, other)
    assert outcomes(other) == {"first.jpg": Outcome.WAITING}
    qtbot.waitUntil(lambda: "Lefèvre" in other.photos.panel.banners[0].label.text())
    assert "17 Mar 2026" in other.photos.panel.banners[0].label.text()
    assert not other.session.state.photos
    press(other.photos.panel.banners[0], "Keep it only there")
    assert outcomes(other) == {"first.jpg": Outcome.KEPT_ONCE}
    assert other.desk.deletable() == (first,)


def test_a_double_can_be_added_on_purpose(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], ward: object,
    camera: Put, painted: Paint,
) -> None:  # fmt: skip
    first = camera("first.jpg", painted(seed=1))
    drop(page, first)
    settle(qtbot, page)
    other = open_page(ward.other.id)  # type: ignore[attr-defined]
    drop(other, first)
    settle(qtbot, other)
    press(other.photos.panel.banners[0], "Add it here too")
    settle(qtbot, other)
    assert len(other.session.state.photos) == 1


def test_a_photo_without_a_date_is_asked_about_and_never_dated_by_itself(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("undated.jpg", painted(None, seed=1)))
    settle(qtbot, page)
    assert outcomes(page) == {"undated.jpg": Outcome.WAITING}
    assert page.session.state.on is None
    (banner,) = page.photos.panel.banners
    field = banner.flow.itemAt(1).widget()
    field.setText("16/03/2026")
    press(banner, "On this day")
    settle(qtbot, page)
    assert page.session.state.visit.value.on == dt.date(2026, 3, 16)
    assert photos_of(page)[0].date_source is DateSource.PERSON


def test_a_clock_set_to_the_future_is_not_believed(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("tomorrow.jpg", painted(dt.datetime(2026, 3, 18, 9), seed=1)))  # noqa: DTZ001
    settle(qtbot, page)
    assert outcomes(page) == {"tomorrow.jpg": Outcome.WAITING}
    assert "believable date" in page.photos.panel.banners[0].label.text()


def test_photos_of_another_day_propose_another_visit(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("a.jpg", painted(seed=1)))
    settle(qtbot, page)
    drop(page, camera("b.jpg", painted(dt.datetime(2026, 3, 12, 9), seed=2)))  # noqa: DTZ001
    settle(qtbot, page)
    (banner,) = page.photos.panel.banners
    assert "12 Mar 2026" in banner.label.text()
    press(banner, "Put into the visit of 12 Mar 2026")
    settle(qtbot, page)
    assert len(page.session.state.photos) == 1
    visits = page.session.clinic.read(lambda reader: reader.find(Visit))
    assert {visit.value.on for visit in visits} == {LAST_WEEK, dt.date(2026, 3, 12), TODAY}


def test_photos_of_several_days_at_once_never_mix(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    for day in (12, 13, 14):
        camera(f"{day}.jpg", painted(dt.datetime(2026, 3, day, 9), seed=day))  # noqa: DTZ001
    drop(page, camera("12b.jpg", painted(dt.datetime(2026, 3, 12, 10), seed=99)).parent)  # noqa: DTZ001
    settle(qtbot, page)
    (day,) = {photo.photo.taken_at.date() for photo in photos_of(page)}
    assert day == page.session.state.on
    waiting = [line for line in page.desk.lines.values() if line.outcome is Outcome.WAITING]
    assert len(waiting) + len(photos_of(page)) == 4


def test_a_card_of_somebody_else_stops_its_photo(
    qtbot: QtBot, page: VisitPage, ward: object, camera: Put, with_card: Paint
) -> None:
    other = ward.other.value  # type: ignore[attr-defined]
    drop(page, camera("card.jpg", with_card(other.code)))
    settle(qtbot, page)
    assert outcomes(page) == {"card.jpg": Outcome.WAITING}
    assert not page.session.state.photos
    qtbot.waitUntil(lambda: "Moreau" in page.photos.panel.banners[0].label.text())
    text = page.photos.panel.banners[0].label.text()
    assert "21 Aug 1949" in text
    assert other.code in text
    with qtbot.waitSignal(page.patient_requested) as asked:
        press(page.photos.panel.banners[0], "Go to that patient")
    assert asked.args == [ward.other.id]  # type: ignore[attr-defined]
    page.open_visit(ward.other.id, None)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.photos), timeout=20_000)
    assert page.session.state.patient.id == ward.other.id  # type: ignore[attr-defined]


def test_the_cards_lesion_is_proposed(
    qtbot: QtBot, page: VisitPage, ward: object, camera: Put, with_card: Paint
) -> None:
    code = ward.patient.value.code  # type: ignore[attr-defined]
    drop(page, camera("b.jpg", with_card(code, lesion="B")))
    settle(qtbot, page)
    (photo,) = page.session.state.photos
    assert photo.value.card_code == code
    lesion_b = ward.lesions[1].id  # type: ignore[attr-defined]
    assert page.session.state.cells() == [(photo.id, lesion_b)]
    qtbot.waitUntil(lambda: page.photos.card(photo.id) is not None)
    card = page.photos.card(photo.id)
    checked = [b.text() for b in card.findChildren(QPushButton) if b.isChecked()]
    assert checked == ["B"]


def test_nothing_is_imported_into_a_visit_that_no_longer_waits(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("a.jpg", painted(seed=1)))
    settle(qtbot, page)
    with qtbot.waitSignal(page.closed):
        page.close_visit()
    again = page.session.clinic.read(lambda reader: reader.find(VisitPhoto))
    assert len(again) == 1
