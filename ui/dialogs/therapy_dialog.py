"""One therapy course: what, how much, how, from when to when, and why it stopped."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.date_field import DateField, today
from ui.widgets.form import Choice, Form
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import parse_number
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.catalogue import (
    FREQUENCIES,
    OTHER,
    ROUTES,
    THERAPIES,
    UNITS,
    frequency_name,
    route_name,
    unit_name,
)
from woundtrack.words import _, number

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_FIELD_OF = {
    "record.therapy_name_missing": "name",
    "record.therapy_stops_before_start": "stop_on",
    "record.therapy_before_birth": "start_on",
    "record.dose": "dose",
}


class TherapyDialog(RecordDialog):
    """Adds a course, or revises, stops or deletes one. Nothing is recommended or filled in."""

    saved = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        patient_id: int,
        course: Stored[TherapyCourse] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("New therapy") if course is None else _("Edit therapy")
        super().__init__(title=title, acts=acts, parent=parent)
        self._clinic, self._background = clinic, background
        self._patient_id, self._course = patient_id, course
        value = course.value if course else None
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(4))
        for form in (self._build_what(value), self._build_when(value)):
            self.forms.append(form)
            halves.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(halves)
        self.column.addStretch(1)
        self._build_buttons()
        self.therapy.currentIndexChanged.connect(lambda _index: self._follow_therapy())
        self._follow_therapy()
        self.resize(theme.grid(90), 0)
        self._grow()

    def _build_what(self, value: TherapyCourse | None) -> Form:
        form = Form(stacked=True)
        pairs = [(key, _(therapy.name)) for key, therapy in THERAPIES.items()]
        self.therapy = Choice(
            [("", _("Choose a therapy")), *pairs],
            chosen=value.therapy if value else "",
            searchable=True,
        )
        self.source = theme.label(role="muted")
        self.source.setWordWrap(True)
        self.name = QLineEdit(value.name if value else "")
        self.dose = QLineEdit(_written(value.dose) if value and value.dose is not None else "")
        self.unit = OpenChoice(
            {unit: unit_name(unit) for unit in UNITS}, value=value.unit if value else ""
        )
        self.route = OpenChoice({}, value=value.route if value else "")
        self.frequency = OpenChoice({}, value=value.frequency if value else "")
        form.add("therapy", _("Therapy"), self.therapy)
        form.add_wide(self.source)
        form.add("name", _("Name, where it is not in the list"), self.name)
        form.add("dose", _("Dose and unit"), _side_by_side(self.dose, self.unit))
        self.unit.setAccessibleName(_("Unit"))
        form.add("route", _("Route"), self.route)
        form.add("frequency", _("How often"), self.frequency)
        return form

    def _build_when(self, value: TherapyCourse | None) -> Form:
        form = Form(stacked=True)
        self.start_on = DateField(value.start_on if value else today())
        self.stop_on = DateField(value.stop_on if value else None)
        self.stop_reason = QLineEdit(value.stop_reason if value else "")
        self.note = QPlainTextEdit(value.note if value else "")
        self.note.setFixedHeight(theme.grid(12))
        self.note.setTabChangesFocus(True)
        form.add("start_on", _("First day"), self.start_on)
        form.add("stop_on", _("Last day"), self.stop_on, hint=_("Empty while it goes on."))
        form.add("stop_reason", _("Why it stopped"), self.stop_reason)
        form.add("note", _("Note"), self.note)
        return form

    def _build_buttons(self) -> None:
        if self._course is None:
            return
        self.stop_button = QPushButton(_("Stopped today"))
        self.stop_button.setEnabled(self._course.value.stop_on is None)
        self.stop_button.clicked.connect(self._stop_today)
        self.delete_button = QPushButton(_("Delete"))
        self.delete_button.clicked.connect(self._delete)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.buttons.addButton(self.delete_button, role)
        self.buttons.addButton(self.stop_button, role)

    def _follow_therapy(self) -> None:
        """Offer what is usual for the therapy chosen; leave what is written."""
        therapy = THERAPIES.get(self.therapy.value() or "")
        routes = therapy.routes if therapy and therapy.routes else tuple(ROUTES)
        often = therapy.frequencies if therapy and therapy.frequencies else tuple(FREQUENCIES)
        self.route.offer({key: route_name(key) for key in routes})
        self.frequency.offer({key: frequency_name(key) for key in often})
        if therapy and not self.unit.value():
            self.unit.set_value(therapy.unit)
        if therapy and len(therapy.routes) == 1 and not self.route.value():
            self.route.set_value(therapy.routes[0])
        told = therapy.source if therapy else ""
        self.source.setText(_("Described in {source}. Not a recommendation.").format(source=told))
        self.source.setVisible(bool(told))
        self._grow()

    def _stop_today(self) -> None:
        self.stop_on.set_date(today())
        self.stop_reason.setFocus()
        self.stop_button.setEnabled(False)

    def value(self) -> TherapyCourse | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        if not self.dates_are_valid(start_on=self.start_on, stop_on=self.stop_on):
            return None
        therapy, start_on = self.therapy.value(), self.start_on.date()
        if not therapy:
            self.show_at("therapy", _("Choose the therapy, or “Other therapy” and its name."))
            return None
        if therapy == OTHER and not self.name.text().strip():
            self.show_at("name", _("Write the name of the therapy."))
            return None
        dose = parse_number(self.dose.text())
        if self.dose.text().strip() and (dose is None or dose <= 0):
            self.show_at("dose", _("Write a number above zero, like 12.5, or nothing."))
            return None
        if start_on is None:
            self.show_at("start_on", _("Fill in the first day, like 31/12/2026."))
            return None
        made = TherapyCourse(
            patient_id=self._patient_id, therapy=therapy, name="", start_on=start_on
        )
        return replace(
            made,
            name=self.name.text().strip(),
            stop_on=self.stop_on.date(),
            dose=dose,
            unit=self.unit.value() if dose is not None else "",
            route=self.route.value(),
            frequency=self.frequency.value(),
            stop_reason=self.stop_reason.text().strip(),
            note=self.note.toPlainText().strip(),
        )

    def save(self) -> None:
        """Write the course."""
        value, stored = self.value(), self._course
        if value is None:
            return
        if stored is None:
            self.write(
                lambda w: w.add(value),
                text=_("new therapy"),
                done=lambda result: self.saved.emit(result.id),
            )
        else:
            self.write(
                lambda w: w.revise(stored, value),
                text=_("edit therapy"),
                done=lambda result: self.saved.emit(result.id),
            )

    def _delete(self) -> None:
        """To the bin; Undo brings it back."""
        stored = self._course
        if stored is not None:
            self.write(
                lambda w: w.delete(TherapyCourse, stored.id),
                text=_("delete therapy"),
                done=lambda _none: self.saved.emit(stored.id),
            )

    def show_failure(self, error: Exception) -> None:
        """One sentence, at its field where it has one, else above the fields."""
        field = _FIELD_OF.get(error.code) if isinstance(error, WoundtrackError) else None
        if field is None or not isinstance(error, WoundtrackError):
            super().show_failure(error)
            return
        self.save_button.setEnabled(True)
        self.show_at(field, explain(error))

    def show_at(self, field: str, sentence: str) -> None:
        """A sentence at a field, else above the fields; the dialog grows to hold it."""
        super().show_at(field, sentence)
        self._grow()

    def _grow(self) -> None:
        # Labels that wrap do not enlarge a window by themselves.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed))


def _side_by_side(field: QLineEdit, unit: OpenChoice) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.grid())
    row.addWidget(field, 2)
    row.addWidget(unit, 1)
    both.setFocusProxy(field)
    return both


def _written(dose: float) -> str:
    """A dose with the decimals it has, and no grouping, so that it can be read back."""
    text = f"{dose:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", number(0.5)[1])
