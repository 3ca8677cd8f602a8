"""The preview: it zooms about its middle, and keeps only what is looked at."""

import io

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from ui.background import Background
from ui.dialogs.pages_view import PagesView
from ui.dialogs.zoom_bar import ZoomBar
from woundtrack.report.raster import page_sizes_mm

PAGES = 12


@pytest.fixture(scope="module")
def document() -> bytes:
    """Twelve pages with their numbers."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(420, 595))
    for number in range(PAGES):
        canvas.drawString(50, 500, str(number))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def view(qtbot: QtBot, background: Background, document: bytes) -> PagesView:
    """A view of them, what is seen rendered."""
    made = PagesView(background, key="test")
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    made.set_pdf(document, sizes_mm=page_sizes_mm(document))
    qtbot.waitUntil(lambda: is_sharp(made))
    return made


def is_sharp(view: PagesView) -> bool:
    """Whether what is seen is rendered for the width it has."""
    seen = [view.pages()[place] for place in view.seen()]
    return bool(seen) and all(abs(page.rendered_px - page.width()) <= 2 for page in seen)


def rendered(view: PagesView) -> list[int]:
    return [place for place, page in enumerate(view.pages()) if not page.image.isNull()]


def test_only_pages_near_the_one_in_front_are_kept(
    qtbot: QtBot, view: PagesView, background: Background
) -> None:
    qtbot.waitUntil(lambda: not background.is_busy())
    assert max(rendered(view)) < 5
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: is_sharp(view) and PAGES - 1 in rendered(view))
    qtbot.waitUntil(lambda: not background.is_busy())
    assert min(rendered(view)) > 5
    assert view.in_front() == PAGES - 1


def test_what_is_in_the_middle_stays_there_when_it_grows(qtbot: QtBot, view: PagesView) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, width = view.in_front(), view.pages()[0].width()
    share = middle_share(view)
    view.zoom_by(2)
    assert view.zoom == 1.5
    assert view.pages()[0].width() == round(1.5 * width)
    assert view.in_front() == before
    assert middle_share(view) == pytest.approx(share, abs=0.03)
    qtbot.waitUntil(lambda: is_sharp(view))
    assert view.horizontalScrollBar().maximum() > 0, "it scrolls sideways"
    view.zoom_by(-9)
    assert (view.zoom, view.pages()[0].width()) == (1.0, width)


def middle_share(view: PagesView) -> float:
    """Where the middle of the view is on the page in front, as a part of its height."""
    page = view.pages()[view.in_front()]
    middle = view.verticalScrollBar().value() + view.viewport().height() / 2
    return (middle - page.y()) / page.height()


def test_wheel_keys_and_buttons_zoom(qtbot: QtBot, view: PagesView) -> None:
    bar = ZoomBar(view)
    qtbot.addWidget(bar)
    assert bar.page.text() == f"Page 1 of {PAGES}"
    assert not bar.smaller.isEnabled()
    bar.larger.click()
    assert bar.zoom.text() == "125 %"
    wheel = QWheelEvent(
        QPointF(50, 50), view.mapToGlobal(QPointF(50, 50)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(wheel)
    assert view.zoom == 1.5
    bar.smaller.click()
    assert view.zoom == 1.25
    view.say("Nothing to show.")
    assert bar.page.text() == ""
    assert not bar.larger.isEnabled()
