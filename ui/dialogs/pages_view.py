"""Pages of a PDF one below the other, rendered in the background to the view's width."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from woundtrack.explain import explain

_WIDEST_PX = 1000
_POINTS_PER_INCH = 25.4


class Page(QWidget):
    """One page: white paper with a thin edge, blank until it is rendered."""

    def __init__(self, size_mm: tuple[float, float]) -> None:
        super().__init__()
        self.size_mm = size_mm
        self.image = QImage()

    def set_width(self, width_px: int) -> None:
        """Take this width, and the height that the page's shape asks for."""
        self.setFixedSize(width_px, round(width_px * self.size_mm[1] / self.size_mm[0]))

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
    """Shows a PDF. `key` tells this view's work from that of others."""

    def __init__(self, background: Background, *, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._key = key
        self._data = b""
        self._pages: list[Page] = []
        self._rendered_px = 0
        self._job: Job | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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

    def sizeHint(self) -> QSize:
        """A page of A4 at a readable size."""
        return QSize(theme.grid(72), theme.grid(80))

    def pages(self) -> list[Page]:
        """The pages shown now."""
        return list(self._pages)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of pages."""
        self._clear()
        self._data = b""
        self._sentence.setText(sentence)
        self._sentence.setVisible(True)

    def set_pdf(self, data: bytes, *, sizes_mm: tuple[tuple[float, float], ...]) -> None:
        """Show these pages; each appears as soon as it is rendered."""
        place = self.verticalScrollBar().value()
        self._clear()
        self._sentence.setVisible(False)
        self._data = data
        for size_mm in sizes_mm:
            page = Page(size_mm)
            self._pages.append(page)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._fit()

    def _clear(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        for page in self._pages:
            self._column.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._pages = []
        self._rendered_px = 0

    def _fit(self) -> None:
        if not self._pages:
            return
        bar = self.verticalScrollBar().sizeHint().width()
        width = min(_WIDEST_PX, max(200, self.width() - bar - theme.grid(4.5)))
        for page in self._pages:
            page.set_width(width)
        sharp = round(width * self.devicePixelRatioF())
        # Small changes of the width are scaled; a large one is worth rendering again.
        if not self._rendered_px or abs(sharp - self._rendered_px) > 0.15 * self._rendered_px:
            self._rendered_px = sharp
            self._render(sharp)

    def _render(self, width_px: int) -> None:
        if self._job is not None:
            self._job.cancel()
        data, sizes = self._data, [page.size_mm for page in self._pages]
        pages = list(self._pages)
        images: list[QImage] = []

        def work(job: Job) -> None:
            for i, (width_mm, _height_mm) in enumerate(sizes):
                if job.cancelled:
                    return
                dots = width_px / (width_mm / _POINTS_PER_INCH)
                images.append(page_image(data, page=i, dots_per_inch=dots))
                job.report(i + 1, len(sizes))

        def shown(count: int, _total: int) -> None:
            for page, image in list(zip(pages, images, strict=False))[:count]:
                if page in self._pages:
                    page.image = image
                    page.update()

        self._job = self._background.run(
            work,
            progress=while_alive(self, shown),
            failed=while_alive(self, lambda error: self.say(explain(error))),
            done=while_alive(self, lambda _none: shown(len(sizes), len(sizes))),
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
