"""Small pictures of the vault: whole, bounded in bytes, only what is in sight."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from tests.clinics import a_photo
from ui.background import Background
from ui.photo_strip_pictures import Pictures
from woundtrack.store.clinic import Clinic

BOX = QSize(132, 99)


def thumbnail(n: int, size: tuple[int, int] = (512, 384)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, n, 40)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def kept(clinic: Clinic) -> Callable[..., list[str]]:
    """Puts pictures into the vault; gives their names."""

    def act(sizes: list[tuple[int, int]]) -> list[str]:
        def put(writer: object) -> list[str]:
            names = []
            for n, size in enumerate(sizes):
                data = b"original %d" % n
                facts = a_photo(data)
                taken = writer.import_photo(data, facts, thumbnail(n, size))  # type: ignore[attr-defined]
                names.append(taken.vault_name)
            return names

        return clinic.write(put)

    return act


def test_pictures_are_whole_and_fit_their_box(
    qtbot: QtBot, clinic: Clinic, background: Background, kept: Callable[..., list[str]]
) -> None:
    names = kept([(512, 384), (384, 512)])
    pictures = Pictures(clinic, background)
    pictures.set_size(BOX)
    assert pictures.get(names[0]) is None
    pictures.want(names)
    qtbot.waitUntil(lambda: all(pictures.get(name) is not None for name in names))
    sizes = [pictures.get(name).size() for name in names]  # type: ignore[union-attr]
    assert sizes == [QSize(132, 99), QSize(74, 99)]


def test_no_more_bytes_are_kept_than_allowed_and_the_oldest_seen_goes(
    qtbot: QtBot, clinic: Clinic, background: Background, kept: Callable[..., list[str]]
) -> None:
    names = kept([(512, 384)] * 6)
    one = 132 * 99 * 4
    pictures = Pictures(clinic, background, kept_bytes=3 * one)
    pictures.set_size(BOX)
    for name in names:
        pictures.want([name])
        qtbot.waitUntil(lambda name=name: pictures.get(name) is not None)
        pictures.get(names[0])  # always looked at: it stays
        assert pictures.byte_count <= 3 * one
    there = [name for name in names if pictures.get(name) is not None]
    assert there == [names[0], *names[4:]]


def test_what_is_no_longer_in_sight_is_not_begun(
    qtbot: QtBot, clinic: Clinic, background: Background, kept: Callable[..., list[str]]
) -> None:
    names = kept([(512, 384)] * 8)
    pictures = Pictures(clinic, background)
    pictures.set_size(BOX)
    pictures.want(names[:6])  # two are begun at once
    pictures.want(names[6:])
    qtbot.waitUntil(lambda: all(pictures.get(name) is not None for name in names[6:]))
    qtbot.waitUntil(lambda: not background.is_busy())
    assert [pictures.get(name) is not None for name in names[2:6]] == [False] * 4


def test_pictures_under_way_in_another_size_are_made_again_in_this_one(
    clinic: Clinic, kept: Callable[..., list[str]]
) -> None:
    begun: list[tuple[Callable[[], object], Callable[[object], None]]] = []

    class Held:
        """Answers when the test says so, in the order it says."""

        def run(self, work: Any, *, done: Any, failed: Any) -> None:
            begun.append((work, done))

    names = kept([(512, 384)] * 2)
    pictures = Pictures(clinic, Held())  # type: ignore[arg-type]
    pictures.set_size(BOX)
    pictures.want(names)
    pictures.set_size(BOX * 2)
    pictures.want(names)
    begun.reverse()  # the later one of the two is there first
    for work, done in begun:
        done(work())
    assert [image and image.size() for image in map(pictures.get, names)] == [BOX * 2] * 2


def test_a_picture_that_cannot_be_read_is_asked_for_once_until_it_is_forgotten(
    qtbot: QtBot, clinic: Clinic, background: Background
) -> None:
    pictures = Pictures(clinic, background)
    with qtbot.waitSignal(pictures.ready):
        pictures.want(["nothing"])
    image = pictures.get("nothing")
    assert image is not None
    assert image.isNull()
    pictures.want(["nothing"])
    assert not background.is_busy()
    pictures.forget()
    assert pictures.get("nothing") is None
