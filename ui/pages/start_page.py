"""What the middle shows while no patient is open: what to do next."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.background import Background
from ui.widgets.file_drop import FileDropPage
from woundtrack.words import _

if TYPE_CHECKING:
    from ui.pages.visit.card_finder import CardFinder
    from woundtrack.store.clinic import Clinic


class StartPage(FileDropPage):
    """A quiet page with the two ways on."""

    new_requested = Signal()
    find_requested = Signal()
    photos_accepted = Signal(int, object)
    """The patient whose card the dropped photos show, as a person agreed, and their paths."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._finder: CardFinder | None = None
        self.files_dropped.connect(self._look)
        picture = QLabel()
        picture.setPixmap(
            icons.pixmap("bandage", size_px=48, tone="muted", ratio=self.devicePixelRatio())
        )
        title = theme.label(clinic.clinic_name, role="title")
        user = clinic.user.value.name
        signed = theme.label(_("Signed in as {name}").format(name=user), role="muted")
        text = theme.label(
            _("Choose a patient on the left, or add one. Photos can be dropped on the patient.")
        )
        find = theme.button(_("Find a patient"), icon=icons.icon("search"))
        find.clicked.connect(self.find_requested)
        plus = icons.icon("user-plus", tone="on_accent")
        new = theme.button(_("New patient"), icon=plus, main=True)
        new.clicked.connect(self.new_requested)
        new.setEnabled(not clinic.read_only)
        self.new_button = new
        ways = QHBoxLayout()
        ways.addStretch(1)
        ways.addWidget(find)
        ways.addWidget(new)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.grid(1.5))
        column.addStretch(2)
        for label in (picture, title, signed, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addLayout(ways)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        column.addStretch(3)

    def _look(self, paths: Sequence[Path]) -> None:
        """Look whose card these photos show."""
        if self._clinic.read_only:
            return
        if self._finder is None:
            from ui.pages.visit.card_finder import CardFinder

            self._finder = CardFinder(self._clinic, self._background)
            self._finder.patient_accepted.connect(self.photos_accepted)
            self._below.addWidget(self._finder)
        self._finder.look(paths)
