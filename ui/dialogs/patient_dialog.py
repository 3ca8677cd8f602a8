"""A patient's own facts, with a warning where the person may be known already."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.banner import Banner
from ui.widgets.consent_rows import ConsentRows
from ui.widgets.date_field import DateField
from ui.widgets.form import Choice, Form, clear_layout, in_a_row, link
from ui.widgets.risk_fields import RiskFields
from ui.widgets.tabbed_faces import TabbedFaces
from woundtrack import words
from woundtrack.context.contact import last_contact_on
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import (
    DialysisMode,
    Patient,
    PatientHistory,
    PatientStatus,
    Sex,
    Stored,
)
from woundtrack.report.labels import DIALYSES, PATIENT_STATES, SEXES, patient_name
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class PatientDialog(RecordDialog):
    """Adds a patient, or revises one. `open_instead` names the look-alike chosen."""

    saved = Signal(int)
    open_instead = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        history: PatientHistory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        patient = history.patient if history else None
        title = _("New patient") if patient is None else _("Edit patient")
        super().__init__(title=title, acts=acts, parent=parent)
        self._clinic, self._background = clinic, background
        self._patient, self._history = patient, history
        self._sure = False
        value = patient.value if patient else None
        person = QWidget()
        halves = QHBoxLayout(person)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(theme.grid(4))
        halves.addLayout(self._build_identity(value), 1)
        halves.addLayout(self._build_state(value), 1)
        self.look_alikes = Banner(tone="warning")
        self._others = QVBoxLayout()
        self.look_alikes.setVisible(False)
        self.risks = RiskFields(value.risk_factors if value else ())
        pages = ((_("Person"), person), (_("Risk factors"), self.risks))
        self.faces = TabbedFaces(pages, name=_("What is told of the patient"))
        self.tabs = self.faces.tabs
        self.column.addWidget(self.faces, 1)
        self.column.addWidget(self.look_alikes)
        self.column.addLayout(self._others)
        screen = self.screen().availableGeometry()
        size = self.sizeHint().expandedTo(QSize(theme.grid(105), 0))
        self.resize(size.boundedTo(QSize(screen.width(), screen.height() - theme.grid(6))))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes from the tabs through the face in front to the buttons."""
        super().showEvent(event)
        rows = list(self.risks.rows.values())
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        order = (self.tabs, self.hospital_number, self.note, *rows, self.save_button, cancel)
        for one, other in pairwise(order):
            if one is not self.hospital_number:  # its own fields follow it already
                QWidget.setTabOrder(one, other)

    def _build_identity(self, value: Patient | None) -> QVBoxLayout:
        form = Form(stacked=True)
        self.hospital_number = QLineEdit(value.hospital_number if value else "")
        self.birth_name = QLineEdit(value.birth_name if value else "")
        self.used_name = QLineEdit(value.used_name if value else "")
        self.first_names = QLineEdit(value.first_names if value else "")
        self.birth_date = DateField(value.birth_date if value else None)
        self.national_number = QLineEdit(value.national_number if value else "")
        self.sex = Choice([(s, _(SEXES[s])) for s in Sex], chosen=value.sex if value else None)
        if value is None:
            self.sex.set_value(Sex.UNKNOWN)
        form.add("hospital_number", _("Hospital number"), self.hospital_number)
        form.add("birth_name", _("Name at birth"), self.birth_name)
        form.add("used_name", _("Name in use, where it differs"), self.used_name)
        form.add("first_names", _("First names"), self.first_names)
        form.add("birth_date", _("Birth date"), self.birth_date)
        form.add("sex", _("Sex"), self.sex)
        form.add("national_number", _("National number (optional)"), self.national_number)
        self.forms.append(form)
        return _topped(form)

    def _build_state(self, value: Patient | None) -> QVBoxLayout:
        form = Form(stacked=True)
        self.dialysis = Choice(
            [(mode, _(DIALYSES[mode])) for mode in DialysisMode],
            chosen=value.dialysis if value else None,
        )
        self.dialysis_since_on = DateField(value.dialysis_since_on if value else None)
        self.dialysis_since_on.setMinimumWidth(self.dialysis_since_on.whole_width_px())
        self.dialysis_since_on.setAccessibleName(_("Dialysis since"))
        self.dialysis.currentIndexChanged.connect(lambda _index: self._show_since())
        self.consents = ConsentRows(value.consents if value else ())
        self.status = Choice(
            [(state, _(PATIENT_STATES[state])) for state in PatientStatus],
            chosen=value.status if value else None,
        )
        self.died_on = DateField(value.died_on if value else None)
        self.status.currentIndexChanged.connect(lambda _index: self._show_death())
        self.note = QPlainTextEdit(value.note if value else "")
        self.note.setFixedHeight(theme.grid(9))
        self.note.setTabChangesFocus(True)
        since = theme.label(_("since"), role="muted")
        dialysis = in_a_row(self.dialysis, since, self.dialysis_since_on, stretch=(5, 0, 4))
        form.add("dialysis", _("Dialysis"), dialysis)
        self.dialysis.setAccessibleName(_("Dialysis"))
        form.add("consents", _("Consent to photos for"), self.consents)
        form.add("status", _("Status"), self.status)
        form.add("died_on", _("Died on"), self.died_on)
        self.last_contact_on = DateField(value.last_contact_on if value else None)
        form.add("last_contact_on", _("Last contact outside this record"), self.last_contact_on,
                 hint=self._contact_hint())  # fmt: skip
        form.add("note", _("Note"), self.note)
        self.forms.append(form)
        self._show_death()
        self._show_since()
        return _topped(form)

    def _contact_hint(self) -> str:
        """What the record itself says of the last contact."""
        if self._history is None:
            return ""
        patient = replace(self._history.patient.value, last_contact_on=None, died_on=None)
        stored = replace(self._history.patient, value=patient)
        day = last_contact_on(replace(self._history, patient=stored))
        if day is None:
            return _("The record has no contact yet.")
        return _("The record itself says {date}; the later one counts.").format(
            date=words.date(day)
        )

    def _show_since(self) -> None:
        mode = self.dialysis.value()
        self.dialysis_since_on.setEnabled(mode is not DialysisMode.NONE)
        if mode is DialysisMode.NONE:
            self.dialysis_since_on.set_date(None)

    def show_failure(self, error: Exception) -> None:
        """One sentence, at the day that is refused where it is one."""
        fields = {"dialysis": self.dialysis_since_on, "last_contact_on": self.last_contact_on}
        on = error.data.get("on") if isinstance(error, WoundtrackError) else None
        field = next((key for key, each in fields.items() if on and each.date() == on), None)
        if field is None or not isinstance(error, WoundtrackError):
            super().show_failure(error)
            return
        self.save_button.setEnabled(True)
        self.show_at(field, explain(error))

    def show_at(self, field: str, sentence: str) -> None:
        """A sentence at a field, which is brought to the front."""
        if field:
            self.tabs.setCurrentIndex(0)
        super().show_at(field, sentence)

    def _show_death(self) -> None:
        died = self.status.value() is PatientStatus.DIED
        self.died_on.setEnabled(died)
        if not died:
            self.died_on.set_date(None)

    def value(self) -> Patient | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        if not self.dates_are_valid(
            birth_date=self.birth_date,
            dialysis=self.dialysis_since_on,
            died_on=self.died_on,
            last_contact_on=self.last_contact_on,
        ):
            return None
        birth_date = self.birth_date.date()
        if not self.hospital_number.text().strip():
            self.show_at("hospital_number", _("Fill in the hospital number."))
            return None
        if not (self.birth_name.text().strip() or self.used_name.text().strip()):
            self.show_at("birth_name", _("Fill in the name."))
            return None
        if birth_date is None:
            self.show_at("birth_date", _("Fill in the birth date."))
            return None
        consents = self.consents.consents()
        if consents is None:
            self.show_at("consents", _("Each consent needs its day, like 31/12/2026."))
            return None
        return Patient(
            hospital_number=self.hospital_number.text().strip(),
            birth_name=self.birth_name.text().strip(),
            used_name=self.used_name.text().strip(),
            first_names=self.first_names.text().strip(),
            birth_date=birth_date,
            sex=self.sex.value(),
            national_number=self.national_number.text().strip(),
            dialysis=self.dialysis.value(),
            consents=consents,
            status=self.status.value(),
            died_on=self.died_on.date(),
            note=self.note.toPlainText().strip(),
            code=self._patient.value.code if self._patient else "",
            dialysis_since_on=self.dialysis_since_on.date(),
            risk_factors=self.risks.factors(),
            last_contact_on=self.last_contact_on.date(),
        )

    def save(self) -> None:
        """Write; a new patient only after a look for the same person under another number."""
        value = self.value()
        if value is None:
            return
        stored = self._patient
        if stored is not None:
            self.write(
                lambda w: w.revise(stored, value),
                text=_("edit patient"),
                done=lambda result: self.saved.emit(result.id),
            )
        elif self._sure:
            self._add(value)
        else:
            self.save_button.setEnabled(False)
            self._background.run(
                lambda: self._clinic.read(lambda r: r.look_alikes(value)),
                done=lambda found: self._add(value) if not found else self._warn(found),
                failed=self.show_failure,
            )

    def _add(self, value: Patient) -> None:
        self.write(
            lambda w: w.add(value),
            text=_("new patient"),
            done=lambda result: self.saved.emit(result.id),
        )

    def _warn(self, found: list[Stored[Patient]]) -> None:
        self._sure = True
        self.save_button.setEnabled(True)
        self.save_button.setText(_("Someone else: save"))
        self.look_alikes.say(_("This may be a patient who is here already. Open that one instead?"))
        clear_layout(self._others)
        for other in found[:4]:
            text = f"{patient_name(other.value)} · {words.date(other.value.birth_date)}"
            way = link(f"{text} · {other.value.hospital_number}")
            way.clicked.connect(partial(self._open_instead, other.id))
            self._others.addWidget(way)

    def _open_instead(self, patient_id: int, _clicked: bool = False) -> None:
        self.reject()
        self.open_instead.emit(patient_id)


def _topped(form: Form) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(form)
    column.addStretch(1)
    return column
