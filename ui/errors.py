"""What happens to an error: one sentence where it belongs, or a log entry and an apology.

Log and report hold error kinds, codes and places in the program: never an error's own text,
for that may name a patient or a file.
"""

import logging
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
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

from ui import icons, theme
from woundtrack.errors import WoundtrackError
from woundtrack.words import _

LOG_BYTES = 500_000
LOG_FILES = 3

log = logging.getLogger("woundtrack")


def start_log(folder: Path | None = None) -> Path:
    """Write the log to a rotating file in the account's state folder; return its path."""
    from logging.handlers import RotatingFileHandler

    folder = folder or platformdirs.user_state_path("woundtrack")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "woundtrack.log"
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    return file


def places(error: BaseException) -> list[str]:
    """Where in the program it happened: "module:line function", outermost first."""
    found: list[str] = []
    step: TracebackType | None = error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "?")
        found.append(f"{module}:{step.tb_lineno} {step.tb_frame.f_code.co_name}")
        step = step.tb_next
    return found


def report_text(error: BaseException) -> str:
    """A report that can be sent to anyone: kinds, places and versions, no words of the error."""
    lines: list[str] = [f"woundtrack, Python {platform.python_version()}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        code = f" {seen.code}" if isinstance(seen, WoundtrackError) else ""
        lines.append(type(seen).__name__ + code)
        lines += [f"  {place}" for place in places(seen)]
        seen = seen.__cause__
    return "\n".join(lines)


def install_hook(apologise: Callable[[BaseException], None]) -> None:
    """Let every uncaught error reach the log and `apologise`, and never end the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if not log.handlers:
            start_log()
        log.error("uncaught %s", report_text(error).replace("\n", " | "))
        apologise(error)

    sys.excepthook = hook


def on_background_error(error: Exception) -> None:
    """What work in the background could not handle: as if it had happened here."""
    sys.excepthook(type(error), error, error.__traceback__)


class ApologyDialog(QDialog):
    """Says sorry once, with the details folded away and ready to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.report = report_text(error)
        text = QLabel(
            _(
                "Something went wrong in the program. What is on the screen may be out of date; "
                "nothing that was saved is lost. You can go on working."
            )
        )
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
