"""What the middle shows while no patient is open: what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.file_drop import FileDropPage
from woundtrack.words import _


class StartPage(FileDropPage):
    """A quiet page with the two ways on."""

    new_requested = Signal()
    find_requested = Signal()

    def __init__(self, *, clinic_name: str, user_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        picture.setPixmap(
            icons.pixmap("bandage", size_px=48, tone="muted", ratio=self.devicePixelRatio())
        )
        title = theme.label(clinic_name, role="title")
        signed = theme.label(_("Signed in as {name}").format(name=user_name), role="muted")
        text = theme.label(
            _("Choose a patient on the left, or add one. Photos can be dropped on the patient.")
        )
        find = theme.button(_("Find a patient"), icon=icons.icon("search"))
        find.clicked.connect(self.find_requested)
        plus = icons.icon("user-plus", tone="on_accent")
        new = theme.button(_("New patient"), icon=plus, main=True)
        new.clicked.connect(self.new_requested)
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
        self.below = QVBoxLayout()
        column.addLayout(self.below)
        column.addStretch(3)
