"""What the cohort's page shows where nobody is left, with the ways on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import icons, theme
from ui.models.cohort_answer import CohortAnswer
from ui.widgets.flow import FlowLayout
from ui.widgets.form import card, clear_layout
from woundtrack.cohort.types import Filter
from woundtrack.report.cohort_text import patients_text, reasons_text
from woundtrack.words import _, labelled


class Nobody(QWidget):
    """Says why, and offers to leave out the part of the filter that empties the cohort."""

    filter_wanted = Signal(object)
    """The `Filter` to ask for instead."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, column = card(margins=3)
        self.title = theme.label(role="heading")
        self.text = theme.label()
        for label in (self.title, self.text):
            label.setWordWrap(True)
            column.addWidget(label)
        ways = QWidget()
        self.ways = FlowLayout(ways)
        column.addWidget(ways)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.grid(3), 0, theme.grid(3), theme.grid(2))
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)

    def show_answer(self, answer: CohortAnswer) -> None:
        """Say why this cohort is empty."""
        clear_layout(self.ways)
        cohort = answer.cohort
        if not answer.known:
            self._say(_("No patients yet"), _("A cohort is made of the clinic’s patients."))
            return
        left_out = labelled(_("Left out"), reasons_text(cohort.left_out)) if cohort.left_out else ""
        if cohort.filter == Filter():
            text = _("No patient has a lesion that a confirmed visit saw.")
            self._say(_("Nobody to tell of yet"), " ".join(filter(None, (text, left_out))))
            return
        if answer.without:
            text = _("One part of the filter leaves nobody. Leave it out:")
        else:
            text = _("Together the parts of the filter leave nobody.")
        self._say(_("Nobody passes the filter"), " ".join(filter(None, (left_out, text))))
        for one in answer.without:
            words = _("Without “{part}”: {patients}").format(
                part=one.text, patients=patients_text(one.patients)
            )
            self._offer(words, one.asked, "funnel")
        self._offer(_("Reset the filter"), Filter(), "rotate-ccw")

    def _say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)

    def _offer(self, text: str, asked: Filter, icon: str) -> None:
        button = theme.button(text, icon=icons.icon(icon))
        button.clicked.connect(lambda: self.filter_wanted.emit(asked))
        self.ways.addWidget(button)
