"""What the middle shows while no patient is open: what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from woundtrack.words import _


class StartPage(QWidget):
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
        find = QPushButton(icons.icon("search"), _("Find a patient"))
        find.clicked.connect(self.find_requested)
        new = theme.primary(
            QPushButton(icons.icon("user-plus", tone="on_accent"), _("New patient"))
        )
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
        column.addStretch(3)
