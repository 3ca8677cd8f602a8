"""Bringing photos into a visit, for the tests of its page."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from ui.pages.visit_page import VisitPage
from ui.widgets.banner import Banner
from woundtrack.photo.importing import Outcome
from woundtrack.records import VisitPhoto

TODAY = dt.date(2026, 3, 17)

LAST_WEEK = dt.date(2026, 3, 10)

Put = Callable[[str, bytes], Path]

Paint = Callable[..., bytes]


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
