"""Every page and dialog can be read, reached and heard: in longer words, and on a small screen."""

import datetime as dt
import gettext
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import looks
from ui import theme
from ui.background import Background
from ui.main_window import MainWindow
from ui.screenshots import Camera, before_sign_in, signed_in_tour
from ui.settings import Settings
from woundtrack import words
from woundtrack.demo import build
from woundtrack.demo.types import DemoPatient
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

SMALL = (960, 500)
"""A screen of 1920 × 1080 at 200 %, less the desktop's bars."""
USUAL = (1280, 800)
LONGER = 0.4
"""How much longer than English the made-up language is; French is longer by a fifth."""
ACCENTS = str.maketrans("aeiouyAEIOUYcnCN", "àéîõüýÀÉÎÕÜÝçñÇÑ")
FILLING = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor "


LAST_DAY = dt.date(2026, 6, 15)
Inspect: TypeAlias = "Callable[[str, tuple[int, int]], Inspector]"
USER, PASSPHRASE = "demo", "of the demonstration"


class Longer(gettext.NullTranslations):
    """English with accents, and longer."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{[^}]*\}|<[^>]*>|&\w)", message)
        marked = [p if n % 2 else p.translate(ACCENTS) for n, p in enumerate(parts)]
        letters = sum(len(part) for part in parts[::2])
        return "".join(marked) + " " + (FILLING * 9)[: max(1, round(LONGER * letters) - 1)]

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Inspector(Camera):
    """Goes where the camera goes, and notes what is wrong there."""

    least_ms = 20
    waits_for_previews = False

    def __init__(self, size: tuple[int, int], window: MainWindow, background: Background) -> None:
        super().__init__(Path(), window, background)
        self.size = size
        self.seen: set[str] = set()
        self.faults: dict[str, list[str]] = {"cut": [], "unnamed": [], "out of reach": []}

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        shown = widget or self.window
        self.seen.add(name)
        least = shown.minimumSizeHint().expandedTo(shown.minimumSize())
        if least.width() > self.size[0] or least.height() > self.size[1]:
            self.faults["cut"].append(f"{name}: never less than {least.width()}×{least.height()}")
        elif widget is not None and shown.size() != shown.size().boundedTo(self.window.size()):
            shown.resize(shown.size().boundedTo(self.window.size()))
            self.settle()
        for kind, look in (
            ("cut", looks.cut_off),
            ("unnamed", looks.unnamed),
            ("out of reach", looks.out_of_reach),
        ):
            self.faults[kind] += [f"{name}: {fault}" for fault in look(shown)]

    def told(self, kind: str) -> str:
        """The faults of a kind, one a line."""
        return "\n".join(self.faults[kind])


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """The demonstration's patients; of those with photos one, seen twice."""
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    create_clinic(folder, clinic_name="Demo", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP)
    opened = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    people = build.people
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "people", lambda day: (seen_twice(people(day)[0]),))
        build.fill_clinic(opened, last_day=LAST_DAY)
    yield opened
    opened.close()


def seen_twice(person: DemoPatient) -> DemoPatient:
    """The same, of whom only the last two visits were kept."""
    lesions = [replace(lesion, lengths=lesion.lengths[-2:]) for lesion in person.lesions]
    return replace(person, weeks=person.weeks[-2:], lesions=tuple(lesions))


@pytest.fixture(scope="module")
def inspect(
    clinic: Clinic, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Inspect:
    """All pages and dialogs in a language and in a window of a size; each pair but once."""

    @cache
    def go_through(language: str, size: tuple[int, int]) -> Inspector:
        words.set_language(language)
        theme.apply(qapp, choice="light")
        errors: list[Exception] = []
        background = Background(on_error=errors.append)
        settings = Settings(tmp_path_factory.mktemp("settings") / "settings.ini")
        window = MainWindow(settings=settings, background=background, folder=clinic.folder)
        inspector = Inspector(size, window, background)
        try:
            window.setWindowState(Qt.WindowState.WindowNoState)  # whatever the screen here
            window.resize(*size)
            window.show()
            before_sign_in(inspector)
            window.enter(clinic)
            signed_in_tour(inspector)
        finally:
            window.workspace, window.clinic = None, None  # the clinic is not this window's
            window.close()
            background.close()
            window.deleteLater()
            words.set_language("en")
        assert not errors
        return inspector

    return go_through


@pytest.fixture
def longer(inspect: Inspect, monkeypatch: pytest.MonkeyPatch) -> Inspector:
    """In words that are longer than those of any language on offer."""
    monkeypatch.setattr(words, "_catalogue", lambda _language: Longer())
    return inspect("en", USUAL)


def test_the_made_up_language_is_longer_and_keeps_what_is_filled_in() -> None:
    assert Longer().gettext("&Report of {day}") == "&Répõrt õf {day} lor"


def test_longer_words_are_seen_whole(longer: Inspector) -> None:
    assert {"sign-in", "patient-1", "visit-form", "report", "cohort", "compare-film"} <= longer.seen
    assert longer.told("cut") == ""


def test_what_the_keyboard_comes_to_has_a_name(longer: Inspector) -> None:
    assert longer.told("unnamed") == ""


def test_every_button_is_reached_by_the_keyboard(longer: Inspector) -> None:
    assert longer.told("out of reach") == ""


def test_french_fits_a_screen_that_is_scaled_to_twice_its_size(inspect: Inspect) -> None:
    assert inspect("fr", SMALL).told("cut") == ""
