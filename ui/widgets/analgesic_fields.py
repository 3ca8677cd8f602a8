"""The fields of an analgesic, and beneath them what it comes to in oral morphine."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.models.analgesic_rows import ome_told, table_tip
from ui.widgets.date_field import DateField, today
from ui.widgets.form import Form, in_a_row
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import doubt_about, written
from woundtrack.context.analgesics import DRUGS, OTHER, drug_name
from woundtrack.context.drugs import ROUTES, route_name
from woundtrack.context.types import AnalgesicUse
from woundtrack.therapy.quantity import Quantity, read_quantity
from woundtrack.words import _

UNITS = ("mg", "g", "µg", "µg/h", "mL", "%")


class AnalgesicFields(QWidget):
    """Two columns. The drug is searched or written; a unit may be written behind the dose.

    Nothing is filled in that is not certain: a route only where the drug has no other.
    """

    changed = Signal()

    def __init__(self, value: AnalgesicUse | None) -> None:
        super().__init__()
        self._offered_unit = self._offered_route = ""
        self.forms = (self._build_what(value), self._build_when(value))
        self.told = theme.label(role="muted")
        self.told.setWordWrap(True)
        self.told.setToolTip(table_tip())
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(4))
        for form in self.forms:
            halves.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(halves)
        column.addWidget(self.told)
        self.drug.currentTextChanged.connect(lambda _text: self._follow_drug())
        self.dose.editingFinished.connect(self._take_unit)
        for line in (self.dose, self.times):
            line.textEdited.connect(lambda _text: self._tell())
        for choice in (self.unit, self.route):
            choice.currentTextChanged.connect(lambda _text: self._tell())
        self._follow_drug()

    def _build_what(self, value: AnalgesicUse | None) -> Form:
        form = Form(stacked=True)
        names = {key: _(drug.name) for key, drug in DRUGS.items() if key != OTHER}
        known = value.drug if value and value.drug in names else ""
        shown = known or (drug_name(value) if value else "")
        self.drug = OpenChoice(names, value=shown, completes=True)
        line = self.drug.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Type to search, or write another name"))
        self.dose = QLineEdit(written(value.dose) if value and value.dose is not None else "")
        self.unit = OpenChoice({unit: unit for unit in UNITS}, value=value.unit if value else "")
        times = value.times_a_day if value else None
        self.times = QLineEdit(written(times) if times is not None else "")
        names = {key: route_name(key) for key in ROUTES}
        self.route = OpenChoice(names, value=value.route if value else "", completes=True)
        form.add("drug", _("Analgesic"), self.drug)
        dose = in_a_row(self.dose, self.unit, stretch=(2, 1))
        form.add("dose", _("One dose, and its unit"), dose)
        self.unit.setAccessibleName(_("Unit"))
        form.add("times", _("Times a day"), self.times)
        form.add("route", _("Route"), self.route)
        return form

    def _build_when(self, value: AnalgesicUse | None) -> Form:
        form = Form(stacked=True)
        self.start_on = DateField(value.start_on if value else today())
        self.stop_on = DateField(value.stop_on if value else None)
        self.note = QPlainTextEdit(value.note if value else "")
        self.note.setFixedHeight(theme.grid(9))
        self.note.setTabChangesFocus(True)
        form.add("start_on", _("First day"), self.start_on)
        form.add("stop_on", _("Last day"), self.stop_on, hint=_("Empty while it goes on."))
        form.add("note", _("Note"), self.note)
        return form

    # -- following what is typed

    def _follow_drug(self) -> None:
        """Offer what is usual for the drug; a patch has no times a day."""
        drug = DRUGS.get(self.drug.value())
        first = drug.routes if drug else ()
        rest = tuple(key for key in ROUTES if key not in first)
        self.route.offer({key: route_name(key) for key in (*first, *rest)})
        if drug and self.unit.value() in ("", self._offered_unit):
            self._offered_unit = drug.unit
            self.unit.set_value(drug.unit)
        if drug and self.route.value() in ("", self._offered_route):
            self._offered_route = first[0] if len(first) == 1 else ""
            self.route.set_value(self._offered_route)
        patch = drug is not None and drug.unit.endswith("/h")
        if patch:
            self.times.clear()
        self.times.setEnabled(not patch)
        self.times.setPlaceholderText(_("a patch has none") if patch else "")
        self._tell()

    def _take_unit(self) -> None:
        """A unit written behind the dose goes to its own field."""
        typed = self._dose()
        if typed is not None and typed.unit:
            self.unit.set_value(typed.unit)
            self.dose.setText(written(typed.value))
        self._tell()

    def _tell(self) -> None:
        """What it comes to in oral morphine, or why that cannot be said."""
        self.told.setText(ome_told(self.draft(0)) if self.drug.value() else "")
        self.changed.emit()

    def lock_drug(self) -> None:
        """The drug stays: only its dose, and how it is taken, is another."""
        self.drug.setEnabled(False)
        old = self.dose.text()
        self.dose.clear()
        self.dose.setPlaceholderText(_("before: {dose}").format(dose=old) if old else "")
        self.note.clear()
        self.start_on.set_date(today())
        self.stop_on.set_date(None)
        self._tell()

    # -- what is typed

    def _dose(self) -> Quantity | None:
        """The dose and the unit behind it; None of no number, or where another stands behind."""
        typed = read_quantity(self.dose.text())
        several = typed is not None and any(sign.isdigit() for sign in typed.unit)
        return None if several else typed

    def wrong(self) -> tuple[str, str]:
        """The first field that cannot be kept, and the sentence for it; empty where none is."""
        for key, day in (("start_on", self.start_on), ("stop_on", self.stop_on)):
            if not day.is_valid():
                return key, _("This is not a day. Write it like 31/12/2026.")
        if not self.drug.value():
            return "drug", _("Choose the analgesic, or write its name.")
        dose, times = self._dose(), read_quantity(self.times.text())
        if self.dose.text().strip() and (dose is None or dose.value <= 0):
            plain = _("Write a number above zero, like 12.5, or nothing.")
            return "dose", doubt_about(self.dose.text()) or plain
        if self.times.text().strip() and (times is None or times.value <= 0 or times.unit):
            return "times", _("Write how many times a day, like 3, or 0.5 for every other day.")
        if self.start_on.date() is None:
            return "start_on", _("Fill in the first day, like 31/12/2026.")
        return "", ""

    def draft(self, patient_id: int) -> AnalgesicUse:
        """What the fields say, as far as it can be read."""
        dose, times = self._dose(), read_quantity(self.times.text())
        drug = self.drug.value()
        unit = (dose.unit if dose else "") or self.unit.value()
        return AnalgesicUse(
            patient_id=patient_id,
            drug=drug if drug in DRUGS else OTHER,
            start_on=self.start_on.date() or today(),
            stop_on=self.stop_on.date(),
            name="" if drug in DRUGS else drug,
            route=self.route.value(),
            dose=dose.value if dose else None,
            unit=unit if dose else "",
            times_a_day=times.value if times else None,
            note=self.note.toPlainText().strip(),
        )
