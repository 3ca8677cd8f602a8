"""Pictures without names for teaching or research: chosen, looked at, confirmed, written."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.leaving_dialog import LeavingDialog, free_folder
from ui.pictures.choice import PictureChoice
from ui.pictures.edited import State
from ui.pictures.page import LookPage
from ui.widgets.form import Choice, Form
from ui.widgets.front_stack import FrontStack
from woundtrack.deidentify.export import (
    Confirmed,
    Exported,
    TableFormat,
    confirmed_of,
    export_pictures,
    exported_text,
)
from woundtrack.deidentify.picture import PictureFormat
from woundtrack.records import Patient, Stored
from woundtrack.words import N_, _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_TOLD = N_(
    "Codes instead of names, days since the first visit instead of dates. Each picture is cut to "
    "wound and scale, and codes and writing are painted over; you look at each before it leaves."
)
_SAFE = N_(
    "The pictures are not encrypted, and a wound or a tattoo may be known again: keep them as "
    "health data."
)
_PICTURES = ((PictureFormat.JPEG, N_("JPEG, small")), (PictureFormat.PNG, N_("PNG, lossless")))
_TABLES = ((TableFormat.CSV, N_("CSV files")), (TableFormat.EXCEL, N_("Excel workbook")))


class PicturesDialog(LeavingDialog):
    """Three pages: which pictures, each of them, and where to.

    Nothing is written but what was confirmed. `ask_folder` is what a person answers, too.
    """

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        patient: Stored[Patient] | None = None,
        parent: QWidget | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(_("Pictures without names"), background, parent=parent)
        self._clinic, self._today = clinic, today
        self.choice = PictureChoice(clinic, background, patient=patient)
        self.look = LookPage(clinic, background)
        self.pages = FrontStack()
        for page in (self._first_page(), self.look, self._last_page()):
            self.pages.addWidget(page)
        self.next_button = theme.primary(QPushButton(_("Look at each…")))
        self.back_button = QPushButton(_("Back"))
        for button in (self.back_button, self.next_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.pages, 1)
        for widget in (self.banner, self.progress, self.buttons):
            column.addWidget(widget)
        self._connect()
        self.resize(theme.grid(120), theme.grid(88))
        self.show_page(0)

    def _first_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        text = theme.label(_(_TOLD))
        text.setWordWrap(True)
        self.count = theme.label(role="muted")
        column.addWidget(text)
        column.addWidget(self.choice, 1)
        column.addWidget(self.count)
        return page

    def _last_page(self) -> QWidget:
        page = QWidget()
        self.summary = theme.label()
        safe = theme.label(_(_SAFE), role="muted")
        self.picture_format = Choice([(each, _(text)) for each, text in _PICTURES])
        self.table_format = Choice([(each, _(text)) for each, text in _TABLES])
        form = Form()
        form.add("pictures", _("Pictures as"), self.picture_format)
        form.add("table", _("Table as"), self.table_format)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        for label in (self.summary, safe):
            label.setWordWrap(True)
        for widget in (self.summary, form, safe):
            column.addWidget(widget)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.choice.changed.connect(self._count_chosen)
        self.next_button.clicked.connect(self.begin_looking)
        self.back_button.clicked.connect(lambda: self.show_page(1))
        self.look.finished.connect(lambda: self.show_page(2))
        self.look.back_requested.connect(lambda: self.show_page(0))
        self.start_button.clicked.connect(self.start)

    def show_page(self, place: int) -> None:
        """Choice, the pictures one by one, or where to."""
        self.pages.setCurrentIndex(place)
        self._say("")
        self.next_button.setVisible(place == 0)
        self.back_button.setVisible(place == 2)
        self.start_button.setVisible(place == 2)
        self._count_chosen()
        self._summarise()
        if place == 1:
            self.look.canvas.setFocus()

    def begin_looking(self) -> None:
        """Go through what is ticked, picture by picture."""
        chosen = self.choice.chosen()
        if chosen:
            self.look.set_candidates(chosen)
            self.show_page(1)

    def confirmed(self) -> list[Confirmed]:
        """What a person confirmed, as it was looked at."""
        return [
            confirmed_of(candidate, edited.crop, edited.masks)
            for candidate, edited in zip(self.look.candidates, self.look.edited, strict=True)
            if edited.state is State.CONFIRMED and edited.crop is not None
        ]

    def start(self) -> None:
        """Ask where to, and write there."""
        place = self.ask_folder()
        if not place:
            return
        target = free_folder(Path(place), f"woundtrack-pictures-{self._today():%Y-%m-%d}")
        clinic, confirmed, purpose = self._clinic, self.confirmed(), self.choice.purpose.value()
        picture_format, table_format = self.picture_format.value(), self.table_format.value()
        self._write(
            lambda progress: export_pictures(
                clinic, target, confirmed, purpose=purpose,
                confirmed_by=clinic.user.value.name, picture_format=picture_format,
                table_format=table_format, progress=progress,
            ),
            done=lambda done: self._show(target, done),
        )  # fmt: skip

    def _show(self, target: Path, done: Exported | None) -> None:
        if done is None:
            return
        said = _("Saved as {file}").format(file=target.name)
        self._say(f"{exported_text(done)} {said}", tone="ok")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Close"))

    def _count_chosen(self) -> None:
        count = len(self.choice.chosen())
        text = ngettext("{count} photo is ticked.", "{count} photos are ticked.", count)
        self.count.setText(text.format(count=count))
        self.next_button.setEnabled(count > 0)

    def _summarise(self) -> None:
        confirmed = len(self.confirmed())
        others = len(self.look.candidates) - confirmed
        text = ngettext("{count} picture is confirmed.", "{count} pictures are confirmed.",
                        confirmed)  # fmt: skip
        said = [text.format(count=confirmed)]
        if others:
            left = ngettext("{count} is left out.", "{count} are left out.", others)
            said.append(left.format(count=others))
        self.summary.setText(" ".join(said))
        self.start_button.setEnabled(confirmed > 0)

    def _set_working(self, working: bool) -> None:
        super()._set_working(working)
        self.pages.setEnabled(not working)
        self.back_button.setEnabled(not working)
        if not working:
            self._summarise()
