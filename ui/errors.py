"""What happens to an error that nobody foresaw: a log entry and an apology, wherever it was.

Log and report hold error kinds, codes and places in the program: never an error's own text,
for that may name a patient or a file.
"""

import logging
import platform
import re
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal

from woundtrack import __version__
from woundtrack.errors import WoundtrackError

LOG_BYTES = 500_000
LOG_FILES = 3
_PLACE = re.compile(r"[A-Za-z_]\w*(::~?\w+)+")
"""How Qt begins a message of its own code: "QPainter::begin"; what follows may name a file."""

log = logging.getLogger("woundtrack")


def state_folder() -> Path:
    """Where the program keeps log and reports, in the account that runs it."""
    return Path(platformdirs.user_state_path("woundtrack"))


def start_log(folder: Path | None = None) -> Path | None:
    """Write the log to a rotating file in the account's state folder; return its path.

    None where the disk takes none: then there is no log, and the program goes on.
    """
    from logging.handlers import RotatingFileHandler

    folder = folder or state_folder()
    file = folder / "woundtrack.log"
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError:
        log.handlers = [logging.NullHandler()]
        return None
    # A disk that is full by now must not become an error of its own.
    handler.handleError = lambda _record: None  # type: ignore[method-assign]
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.handlers = [handler]
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


def report_head() -> str:
    """The versions that a report begins with."""
    system = f"{platform.system()} {platform.release()}"
    return f"woundtrack {__version__}, Python {platform.python_version()}, {system}"


def report_text(error: BaseException) -> str:
    """A report that can be sent to anyone: kinds, places and versions, no words of the error."""
    lines: list[str] = [report_head()]
    seen: BaseException | None = error
    while seen is not None:
        code = f" {seen.code}" if isinstance(seen, WoundtrackError) else ""
        lines.append(type(seen).__name__ + code)
        lines += [f"  {place}" for place in places(seen)]
        seen = seen.__cause__
    return "\n".join(lines)


def write_down(error: BaseException, *, what: str = "uncaught") -> None:
    """One line of the log; a log that cannot be written stops nothing."""
    with suppress(Exception):
        if not log.handlers:
            start_log()
        log.error("%s %s", what, report_text(error).replace("\n", " | "))


class Catcher(QObject):
    """Brings what happened on another thread to the one that owns the widgets."""

    caught = Signal(object)

    def __init__(self, apologise: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._apologise = apologise
        self.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def take(self, error: BaseException) -> None:
        """Log an error of any thread, and apologise on this object's own."""
        write_down(error)
        if threading.current_thread() is threading.main_thread():
            self._tell(error)
        else:
            self.caught.emit(error)

    def _tell(self, error: BaseException) -> None:
        try:
            self._apologise(error)
        except Exception as another:  # noqa: BLE001 (an apology that fails must not ask for one)
            write_down(another, what="apology failed")


def install_hook(apologise: Callable[[BaseException], None]) -> Catcher:
    """Let every uncaught error reach the log and `apologise`, and never end the program."""
    catcher = Catcher(apologise)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            catcher.take(error)

    def thread_hook(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            catcher.take(failed.exc_value)

    def unraisable_hook(failed: Any) -> None:
        if failed.exc_value is not None:  # somewhere that nobody waits: told in the log alone
            write_down(failed.exc_value, what="unraisable")

    sys.excepthook = hook
    threading.excepthook = thread_hook
    sys.unraisablehook = unraisable_hook
    return catcher


def on_background_error(error: Exception) -> None:
    """What work in the background could not handle: as if it had happened here."""
    sys.excepthook(type(error), error, error.__traceback__)


def qt_message(kind: QtMsgType, category: str | None, text: str) -> str:
    """What the log keeps of a message of Qt: its kind and its place in Qt, no other word of it."""
    place = _PLACE.match(text)
    return f"{kind.name} {category or 'default'} {place[0] if place else ''}".strip()


def take_qt_messages(on_fatal: Callable[[str], None]) -> Callable[..., None]:
    """The handler for `qInstallMessageHandler`: each kind of warning goes to the log once.

    `on_fatal` gets a last line before Qt ends the program.
    """
    told: set[str] = set()

    def handler(kind: QtMsgType, where: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        said = qt_message(kind, where.category, text)
        if said not in told:
            told.add(said)
            with suppress(Exception):
                log.warning("Qt: %s", said)
        if kind is QtMsgType.QtFatalMsg:
            on_fatal(f"Qt ended: {said}")

    return handler
