"""A patient's own facts, with a warning where the person may be known already."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
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
from ui.models.names import CONSENTS, consent_name
from ui.widgets.date_field import DateField, today
from ui.widgets.form import Banner, Choice, Form, clear_layout, link
from woundtrack import words
from woundtrack.records import (
    Consent,
    ConsentPurpose,
    DialysisMode,
    Patient,
    PatientStatus,
    Sex,
    Stored,
)
from woundtrack.report.labels import DIALYSES, PATIENT_STATES, SEXES, patient_name
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class ConsentRows(QWidget):
    """One line a purpose: given, on which day, withdrawn on which day."""

    def __init__(self, consents: tuple[Consent, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(theme.label(_("given on"), role="muted"), 0, 1)
        grid.addWidget(theme.label(_("withdrawn on"), role="muted"), 0, 2)
        held = {consent.purpose: consent for consent in consents}
        self.rows: dict[ConsentPurpose, tuple[QCheckBox, DateField, DateField]] = {}
        for row, purpose in enumerate(CONSENTS, start=1):
            consent = held.get(purpose)
            box = QCheckBox(consent_name(purpose))
            box.setChecked(consent is not None)
            given = DateField(consent.given_on if consent else None)
            withdrawn = DateField(consent.withdrawn_on if consent else None)
            for column, widget in enumerate((box, given, withdrawn)):
                grid.addWidget(widget, row, column)
            box.toggled.connect(lambda on, day=given, end=withdrawn: self._toggled(on, day, end))
            given.setEnabled(consent is not None)
            withdrawn.setEnabled(consent is not None)
            self.rows[purpose] = (box, given, withdrawn)
        self.setFocusProxy(self.rows[ConsentPurpose.CARE][1])

    def _toggled(self, on: bool, given: DateField, withdrawn: DateField) -> None:
        given.setEnabled(on)
        withdrawn.setEnabled(on)
        if on and given.date() is None and not given.text():
            given.set_date(today())

    def consents(self) -> tuple[Consent, ...] | None:
        """The consents noted; None where a given one has no day or a day is none."""
        found: list[Consent] = []
        for purpose, (box, given, withdrawn) in self.rows.items():
            if not box.isChecked():
                continue
            day = given.date()
            if day is None or not withdrawn.is_valid():
                return None
            found.append(Consent(purpose, day, withdrawn.date()))
        return tuple(found)


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
        patient: Stored[Patient] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("New patient") if patient is None else _("Edit patient")
        super().__init__(title=title, acts=acts, parent=parent)
        self._clinic, self._background = clinic, background
        self._patient = patient
        self._sure = False
        value = patient.value if patient else None
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(4))
        halves.addLayout(self._build_identity(value), 1)
        halves.addLayout(self._build_state(value), 1)
        self.look_alikes = Banner(tone="warning")
        self._others = QVBoxLayout()
        self.look_alikes.setVisible(False)
        self.column.addLayout(halves)
        self.column.addWidget(self.look_alikes)
        self.column.addLayout(self._others)
        self.resize(theme.grid(105), self.sizeHint().height())

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
        form.add("dialysis", _("Dialysis"), self.dialysis)
        form.add("consents", _("Consent to photos for"), self.consents)
        form.add("status", _("Status"), self.status)
        form.add("died_on", _("Died on"), self.died_on)
        form.add("note", _("Note"), self.note)
        self.forms.append(form)
        self._show_death()
        return _topped(form)

    def _show_death(self) -> None:
        died = self.status.value() is PatientStatus.DIED
        self.died_on.setEnabled(died)
        if not died:
            self.died_on.set_date(None)

    def value(self) -> Patient | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        if not self.dates_are_valid(birth_date=self.birth_date, died_on=self.died_on):
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
            way.clicked.connect(_caller(self._open_instead, other.id))
            self._others.addWidget(way)

    def _open_instead(self, patient_id: int) -> None:
        self.reject()
        self.open_instead.emit(patient_id)


def _caller(function: Callable[[int], None], record_id: int) -> Callable[[], None]:
    return lambda: function(record_id)


def _topped(form: Form) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(form)
    column.addStretch(1)
    return column
