"""The apology for an error that nobody foresaw, once for many; and what is said of a bad end."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import errors, icons, theme
from ui.widgets.banner import Banner
from woundtrack.words import _

QUIET_S = 60.0
"""The same error is not apologised for again so soon: one that a timer repeats would never end."""
MOST_REPORTS = 10


class ReportDialog(QDialog):
    """A sentence, with a report folded away and ready to copy."""

    def __init__(self, title: str, sentence: str, report: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.report = report
        text = QLabel(sentence)
        text.setWordWrap(True)
        picture = QLabel()
        picture.setPixmap(
            icons.pixmap("circle-alert", size_px=32, tone="danger", ratio=self.devicePixelRatio())
        )
        top = QHBoxLayout()
        top.addWidget(picture)
        top.addWidget(text, 1)
        self.details = QPlainTextEdit(self.report)
        self.details.setReadOnly(True)
        self.details.setVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.fold = QPushButton(_("Details"))
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._show_details)
        copy = theme.button(_("Copy report"), icon=icons.icon("copy"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.report))
        buttons.addButton(self.fold, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.grid(2))
        layout.addLayout(top)
        layout.addWidget(self.details)
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.grid(60))

    def _show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.adjustSize()


class ApologyDialog(ReportDialog):
    """Says sorry once; what fails while it is open joins its report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        sentence = _(
            "Something went wrong in the program. What is on the screen may be out of date; "
            "nothing that was saved is lost. You can go on working."
        )
        report = errors.report_text(error)
        super().__init__(_("Something went wrong"), sentence, report, parent)
        self._counts = {report: 1}

    def add(self, error: BaseException) -> None:
        """One more error, into the same report."""
        text = errors.report_text(error)
        if text in self._counts or len(self._counts) < MOST_REPORTS:
            self._counts[text] = self._counts.get(text, 0) + 1
        self.report = "\n\n".join(
            text if count == 1 else f"{text}\n× {count}" for text, count in self._counts.items()
        )
        self.details.setPlainText(self.report)


class Apologies:
    """One dialog at a time, however many errors come."""

    def __init__(self, parent: QWidget, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._parent, self._clock = parent, clock
        self._dialog: ApologyDialog | None = None
        self._told: dict[str, float] = {}

    def apologise(self, error: BaseException) -> None:
        """Say sorry for an error, unless it was said just now."""
        if self._dialog is not None:
            self._dialog.add(error)
            return
        text, now = errors.report_text(error), self._clock()
        if now - self._told.get(text, -QUIET_S) < QUIET_S:
            return
        self._told[text] = now
        self._dialog = ApologyDialog(error, self._parent)
        self._dialog.finished.connect(lambda _result: self._closed())
        self._dialog.open()

    def _closed(self) -> None:
        # What came meanwhile was told with it.
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()


def could_not_start(error: BaseException) -> ReportDialog:
    """What is said instead of the window; the caller shows it, and ends."""
    sentence = _(
        "woundtrack could not start. The clinic was not touched. Start it again; if that does not "
        "help, send the report to whoever looks after the program."
    )
    return ReportDialog(_("woundtrack could not start"), sentence, errors.report_text(error), None)


def ended_banner(reports: Sequence[str], *, close: Callable[[], object]) -> Banner:
    """Says at the start that the program did not end as it should, with its report to copy."""
    report = "\n\n".join(reports)
    text = _(
        "The program ended unexpectedly last time. What was saved is safe: sign in to go on. The "
        "report for whoever looks after the program holds no names and no photos."
    )
    return Banner(
        text,
        tone="warning",
        actions=[
            (_("Copy report"), lambda: QApplication.clipboard().setText(report)),
            (_("Close"), close),
        ],
    )
