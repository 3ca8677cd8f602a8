"""What stands atop every report of the clinic: up to three lines, and a logo."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.form import Form
from woundtrack.errors import ReportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Letterhead, Role, Stored
from woundtrack.records.letterhead import LETTERHEAD_LINE_LENGTH, LETTERHEAD_LINES
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

MOST_BYTES = 50_000_000
"""A larger file is no logo, and is not read."""


def may_change(clinic: "Clinic") -> bool:
    """Whether the person signed in may change the letterhead now."""
    return clinic.user.value.role is Role.ADMINISTRATOR and not clinic.read_only


class LetterheadDialog(RecordDialog):
    """Administrators write it; `ask_file` is what a person answers, tests put their own there."""

    saved = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title=_("Clinic’s letterhead"), acts=acts, parent=parent)
        self._clinic, self._background = clinic, background
        self.field_of = {"record.letterhead_lines": "lines", "record.letterhead_logo": "logo"}
        self.ask_file: Callable[[], str] = self._ask_file
        self.logo = b""
        self._build()
        self.resize(theme.text_grid(70), 0)
        self.grow()
        self.setEnabled(False)
        background.run(
            lambda: clinic.read(lambda r: r.letterhead()),
            done=while_alive(self, self._show),
            failed=while_alive(self, self.show_failure),
        )

    def _build(self) -> None:
        form = Form(stacked=True)
        self.lines = [QLineEdit(maxLength=LETTERHEAD_LINE_LENGTH) for _n in range(LETTERHEAD_LINES)]
        together = QWidget()
        column = QVBoxLayout(together)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        for number, line in enumerate(self.lines, start=1):
            line.setAccessibleName(_("Line {number}").format(number=number))
            column.addWidget(line)
        self.lines[0].setPlaceholderText(self._clinic.clinic_name)
        together.setFocusProxy(self.lines[0])
        form.add(
            "lines", _("Lines"), together,
            hint=_("Such as clinic, address and telephone. Without any the clinic’s name stands."),
        )  # fmt: skip
        form.add("logo", _("Logo"), self._logo_row(), hint=_("A PNG or JPEG file."))
        form.setEnabled(not self._clinic.read_only)
        self.forms.append(form)
        self.column.addWidget(form)
        self.column.addStretch(1)

    def _logo_row(self) -> QWidget:
        self.picture = QLabel()
        self.picture.setFixedSize(theme.text_grid(26), theme.text_grid(11))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("paper", True)
        self.choose_button = theme.button(_("Choose…"), icon=icons.icon("image-plus"))
        self.remove_button = QPushButton(_("Take away"))
        self.choose_button.clicked.connect(self.choose_logo)
        self.remove_button.clicked.connect(lambda: self.show_logo(b""))
        buttons = QVBoxLayout()
        for button in (self.choose_button, self.remove_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.picture)
        line.addLayout(buttons)
        line.addStretch(1)
        row.setFocusProxy(self.choose_button)
        return row

    def _show(self, found: Stored[Letterhead] | None) -> None:
        value = found.value if found else Letterhead()
        for line, text in zip(self.lines, value.lines, strict=False):
            line.setText(text)
        self.show_logo(value.logo)
        self.setEnabled(True)
        self.first_field().setFocus()

    def show_logo(self, logo: bytes) -> None:
        """Show this picture as the logo, as large as there is room; none where it is empty."""
        self.logo = logo
        pixmap = QPixmap()
        pixmap.loadFromData(logo)
        ratio = self.devicePixelRatioF()
        if pixmap.isNull():
            self.picture.setText(_("No logo"))
        else:
            size = self.picture.contentsRect().size() * ratio
            shown = pixmap.scaled(
                size.boundedTo(pixmap.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            self.picture.setPixmap(shown)
        self.remove_button.setEnabled(bool(logo))

    def choose_logo(self) -> None:
        """Ask for a picture file, and make a logo of it in the background."""
        path = self.ask_file()
        if not path:
            return
        self.clear_errors()
        self.save_button.setEnabled(False)

        def made(logo: bytes) -> None:
            self.save_button.setEnabled(True)
            self.show_logo(logo)

        self._background.run(
            lambda: read_logo(Path(path)),
            done=while_alive(self, made),
            failed=while_alive(self, self._no_logo),
            key="logo",
        )

    def _no_logo(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        self.show_at("logo", explain(error))

    def value(self) -> Letterhead:
        """What stands in the fields; empty lines are left out."""
        texts = [" ".join(line.text().split()) for line in self.lines]
        return Letterhead(tuple(text for text in texts if text), self.logo)

    def save(self) -> None:
        """Keep it as the clinic's letterhead."""
        value = self.value()
        self.write(
            lambda w: w.set_letterhead(value),
            text=_("letterhead"),
            done=lambda stored: self.saved.emit(stored.id),
        )

    def _ask_file(self) -> str:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Logo"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        return path


def read_logo(path: Path) -> bytes:
    """A logo from a file. Raises ReportError report.not_a_logo."""
    from woundtrack.plain_file import plain_bytes
    from woundtrack.report.logo import logo_of

    try:
        data = plain_bytes(path, most=MOST_BYTES) or b""
    except OSError as error:
        raise ReportError("report.not_a_logo") from error
    return logo_of(data)
