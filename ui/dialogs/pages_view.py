"""Pages of a PDF one below the other, rendered in the background where they are looked at."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from woundtrack.explain import explain

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""How many times the width of the view a page is wide."""
_WIDEST_PX = 1000
"""Of a page that fits the view."""
_SHARPEST_PX = 5000
_POINTS_PER_INCH = 25.4
_KEPT = 2
"""Pages kept rendered before and behind those that are seen."""
_LOOK_AFTER_MS = 40


class Page(QWidget):
    """One page: white paper with a thin edge, blank until it is rendered."""

    def __init__(self, size_mm: tuple[float, float]) -> None:
        super().__init__()
        self.size_mm = size_mm
        self.image = QImage()
        self.rendered_px = 0
        """The width that the picture was rendered for; 0 while there is none."""

    def set_width(self, width_px: int) -> None:
        """Take this width, and the height that the page's shape asks for."""
        self.setFixedSize(width_px, round(width_px * self.size_mm[1] / self.size_mm[0]))

    def show_image(self, image: QImage, *, width_px: int) -> None:
        """Show the page as rendered for a width, or nothing of it."""
        self.image, self.rendered_px = image, width_px
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page, or blank paper."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        if not self.image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect(0, 0, self.width(), self.height()), self.image)
        painter.setPen(QColor(theme.tokens().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagesView(QScrollArea):
    """Shows a PDF. `key` tells this view's work from that of others.

    Only what is seen is rendered, and the pages next to it: a long report takes no more memory
    than a short one.
    """

    looked = Signal()
    """Another page is in front, or the zoom is another."""

    def __init__(self, background: Background, *, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._key = key
        self._data = b""
        self._pages: list[Page] = []
        self._zoom = 1.0
        self._job: Job | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look.timeout.connect(self._render)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(*[theme.grid(2)] * 4)
        self._column.setSpacing(theme.grid(2))
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setProperty("role", "muted")
        self._column.addWidget(self._sentence)
        self.setWidget(self._inner)
        self.verticalScrollBar().valueChanged.connect(lambda _px: self._moved())

    def sizeHint(self) -> QSize:
        """A page of A4 at a readable size."""
        return QSize(theme.grid(72), theme.grid(80))

    def pages(self) -> list[Page]:
        """The pages shown now."""
        return list(self._pages)

    def is_drawn(self) -> bool:
        """Whether every page that is seen is rendered, or a sentence stands in their place."""
        if not self._pages:
            return bool(self._sentence.text())
        return all(self._pages[place].rendered_px for place in self.seen())

    def in_front(self) -> int:
        """The page in the middle of the view, counted from 0; −1 where there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = [place for place, page in enumerate(self._pages) if page.y() <= middle]
        return tops[-1] if tops else min(0, len(self._pages) - 1)

    def seen(self) -> range:
        """The pages of which at least a part is seen."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        found = [
            place
            for place, page in enumerate(self._pages)
            if page.y() < bottom and page.y() + page.height() > top
        ]
        return range(found[0], found[-1] + 1) if found else range(0)

    @property
    def zoom(self) -> float:
        """One of `ZOOMS`."""
        return self._zoom

    def zoom_by(self, steps: int) -> None:
        """Show the pages larger or smaller by so many steps; what is in the middle stays there."""
        place = max(0, min(len(ZOOMS) - 1, ZOOMS.index(self._zoom) + steps))
        if ZOOMS[place] == self._zoom:
            return
        at, self._zoom = self._middle(), ZOOMS[place]
        needed, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off if self._zoom == 1.0 else needed)
        self._fit()
        self._column.activate()
        self._inner.resize(self._inner.sizeHint().expandedTo(self.viewport().size()))
        self._show_middle(*at)
        self.looked.emit()

    def _middle(self) -> tuple[int, float, float]:
        """The page in front, and the middle of the view as shares of its width and height."""
        front = self.in_front()
        if front < 0:
            return front, 0.5, 0.5
        page = self._pages[front]
        x = self.horizontalScrollBar().value() + self.viewport().width() / 2 - page.x()
        y = self.verticalScrollBar().value() + self.viewport().height() / 2 - page.y()
        return front, x / page.width(), y / page.height()

    def _show_middle(self, front: int, across: float, down: float) -> None:
        if front < 0:
            return
        page = self._pages[front]
        x, y = page.x() + across * page.width(), page.y() + down * page.height()
        self.horizontalScrollBar().setValue(round(x - self.viewport().width() / 2))
        self.verticalScrollBar().setValue(round(y - self.viewport().height() / 2))

    def say(self, sentence: str) -> None:
        """Show a sentence in place of pages."""
        self._clear()
        self._data = b""
        self._sentence.setText(sentence)
        self._sentence.setVisible(True)
        self.looked.emit()

    def set_pdf(self, data: bytes, *, sizes_mm: tuple[tuple[float, float], ...]) -> None:
        """Show these pages; each appears as soon as it is rendered."""
        place = self.verticalScrollBar().value()
        before = [page.image for page in self._pages]
        self._clear()
        self._sentence.setVisible(False)
        self._data = data
        for number, size_mm in enumerate(sizes_mm):
            page = Page(size_mm)
            if number < len(before):  # until the new one is there, rather than a flash of white
                page.image = before[number]
            self._pages.append(page)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        self._column.activate()
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _moved(self) -> None:
        self._look.start()
        self.looked.emit()

    def _clear(self) -> None:
        self._stop()
        for page in self._pages:
            self._column.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._pages = []

    def _stop(self) -> None:
        self._look.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _fit(self) -> None:
        if not self._pages:
            return
        bar = self.verticalScrollBar().sizeHint().width()
        fitting = min(_WIDEST_PX, max(200, self.width() - bar - theme.grid(4.5)))
        for page in self._pages:
            page.set_width(round(fitting * self._zoom))
        self._look.start()

    def _render(self) -> None:
        """Render what is seen and not sharp yet, then its neighbours; let go what is far away."""
        self._stop()
        self.looked.emit()  # by now the pages have their places
        seen = self.seen()
        if not seen:
            return
        near = range(max(0, seen.start - _KEPT), min(len(self._pages), seen.stop + _KEPT))
        for place, page in enumerate(self._pages):
            if place not in near and not page.image.isNull():
                page.show_image(QImage(), width_px=0)
        wanted = [*seen, *(place for place in near if place not in seen)]
        todo = [(each, self._pages[each]) for each in wanted if self._is_blurred(self._pages[each])]
        if todo:
            self._start(todo)

    def _sharp_px(self, page: Page) -> int:
        return min(_SHARPEST_PX, round(page.width() * self.devicePixelRatioF()))

    def _is_blurred(self, page: Page) -> bool:
        # Small changes of the width are scaled; a large one is worth rendering again.
        return abs(self._sharp_px(page) - page.rendered_px) > 0.15 * page.rendered_px

    def _start(self, todo: list[tuple[int, Page]]) -> None:
        data = self._data
        wanted = [(place, page.size_mm[0], self._sharp_px(page)) for place, page in todo]
        images: list[QImage] = []

        def work(job: Job) -> None:
            for done, (place, width_mm, width_px) in enumerate(wanted, start=1):
                if job.cancelled:
                    return
                dots = width_px / (width_mm / _POINTS_PER_INCH)
                images.append(page_image(data, page=place, dots_per_inch=dots))
                job.report(done, len(wanted))

        def shown(count: int, _total: int) -> None:
            for (_place, page), one, image in list(zip(todo, wanted, images, strict=False))[:count]:
                if page in self._pages and page.rendered_px != one[2]:
                    page.show_image(image, width_px=one[2])

        self._job = self._background.run(
            work,
            progress=while_alive(self, shown),
            failed=while_alive(self, lambda error: self.say(explain(error))),
            done=while_alive(self, lambda _none: shown(len(wanted), len(wanted))),
            key=self._key,
            with_job=True,
        )


def page_image(data: bytes, *, page: int, dots_per_inch: float) -> QImage:
    """One page as a picture that owns its pixels; may be called on any thread."""
    from woundtrack.report.raster import page_pixels

    pixels = page_pixels(data, page=page, dots_per_inch=dots_per_inch)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888)
    return image.copy()
