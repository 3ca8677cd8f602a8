"""Two records that are one: what differs is shown and chosen, the rest moves over; undoable."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.record_dialog import RecordDialog
from ui.models.field_words import field_name, value_text
from ui.pages.patient_list import PatientList
from ui.widgets.form import Choice, Form, clear_layout
from woundtrack import words
from woundtrack.records import Lesion, Patient, Stored
from woundtrack.report.labels import lesion_name, patient_name
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.types import FieldConflict, MergePreview


class MergePatientsDialog(RecordDialog):
    """Chooses the double, shows the conflicts field by field, merges in one act."""

    merged = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        patient: Stored[Patient],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title=_("Merge two patients"), acts=acts, parent=parent)
        self._clinic, self._background, self._keep = clinic, background, patient
        self._other: Stored[Patient] | None = None
        self._choices: dict[str, tuple[QButtonGroup, FieldConflict]] = {}
        name = patient_name(patient.value)
        intro = theme.label(
            _("{name} stays. Choose the double; everything of it moves here.").format(name=name)
        )
        intro.setWordWrap(True)
        self.picker = PatientList(clinic, background)
        self.picker.without = patient.id
        self.picker.new_button.setVisible(False)
        self.picker.everyone.setChecked(True)
        self.picker.patient_chosen.connect(self.choose)
        self.summary = theme.label(_("Nobody chosen yet."), role="muted")
        self.summary.setWordWrap(True)
        self._conflicts = QVBoxLayout()
        right = QVBoxLayout()
        right.addWidget(self.summary)
        right.addLayout(self._conflicts)
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(3))
        halves.addWidget(self.picker, 2)
        halves.addLayout(right, 3)
        self.column.addWidget(intro)
        self.column.addLayout(halves, 1)
        self.save_button.setText(_("Merge"))
        self.save_button.setEnabled(False)
        self.resize(theme.text_grid(110), theme.grid(70))
        self.picker.refresh()

    def choose(self, patient_id: int) -> None:
        """Ask the store what merging this one would mean."""
        self.save_button.setEnabled(False)
        clear_layout(self._conflicts)
        self._choices = {}
        if patient_id == self._keep.id:
            self.summary.setText(_("This is the patient who stays. Choose the other one."))
            return
        keep_id = self._keep.id

        def work() -> "tuple[Stored[Patient], MergePreview]":
            preview = self._clinic.write(lambda w: w.merge_preview(keep_id, patient_id))
            return self._clinic.read(lambda r: r.get(Patient, patient_id)), preview

        self._background.run(work, done=self._show, failed=self.show_failure, key="merge preview")

    def _show(self, answer: "tuple[Stored[Patient], MergePreview]") -> None:
        self._other, preview = answer
        self.summary.setText(_preview_words(preview))
        if preview.conflicts:
            self._conflicts.addWidget(
                theme.label(_("These differ. Which is right?"), role="heading")
            )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(2))
        for row, conflict in enumerate(preview.conflicts):
            group = QButtonGroup(self)
            grid.addWidget(theme.label(field_name(conflict.field)), row, 0)
            for column, value in enumerate((conflict.keep, conflict.other)):
                radio = QRadioButton(value_text(value))
                group.addButton(radio, column)
                grid.addWidget(radio, row, column + 1)
            group.buttons()[0].setChecked(True)
            self._choices[conflict.field] = (group, conflict)
        self._conflicts.addLayout(grid)
        self.save_button.setEnabled(True)

    def value(self) -> Patient:
        """The patient who stays, with what was chosen and what only the double had."""
        assert self._other is not None
        chosen: dict[str, Any] = {
            field: conflict.other if group.checkedId() == 1 else conflict.keep
            for field, (group, conflict) in self._choices.items()
        }
        from woundtrack.store.merging import merged_patient

        return merged_patient(self._keep.value, self._other.value, chosen)

    def save(self) -> None:
        """Merge in one act."""
        if self._other is None:
            return
        keep_id, other_id, value = self._keep.id, self._other.id, self.value()
        self.write(
            lambda w: w.merge_patients(keep_id, other_id, value=value, reason=_("double entry")),
            text=_("merge patients"),
            done=lambda _stored: self.merged.emit(keep_id),
        )


def _preview_words(preview: "MergePreview") -> str:
    counts = (
        ngettext("{n} lesion", "{n} lesions", preview.lesions).format(n=preview.lesions),
        ngettext("{n} visit", "{n} visits", preview.visits).format(n=preview.visits),
        ngettext("{n} photo", "{n} photos", preview.photos).format(n=preview.photos),
        ngettext("{n} therapy", "{n} therapies", preview.courses).format(n=preview.courses),
        ngettext("{n} result", "{n} results", preview.labs).format(n=preview.labs),
        ngettext("{n} analgesic", "{n} analgesics", preview.analgesics).format(
            n=preview.analgesics
        ),
        ngettext("{n} event", "{n} events", preview.events).format(n=preview.events),
    )
    lines = [_("Moves over: {what}.").format(what=", ".join(counts))]
    if preview.same_days:
        days = ", ".join(words.date(day) for day in preview.same_days)
        lines.append(_("Visits of the same day become one: {days}.").format(days=days))
    lines += [
        _("Lesion {old} becomes {new}.").format(old=old, new=new) for old, new in preview.relabelled
    ]
    return "\n".join(lines)


class MergeLesionsDialog(RecordDialog):
    """Makes one of two lesions of a patient."""

    def __init__(
        self,
        *,
        acts: Acts,
        keep: Stored[Lesion],
        lesions: tuple[Stored[Lesion], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title=_("Merge two lesions"), acts=acts, parent=parent)
        self._keep = keep
        others = [lesion for lesion in lesions if lesion.id != keep.id]
        intro = theme.label(
            _("{name} stays. All visits and outlines of the other one become its own.").format(
                name=lesion_name(keep.value)
            )
        )
        intro.setWordWrap(True)
        form = Form(stacked=True)
        self.other = Choice([(lesion.id, lesion_name(lesion.value)) for lesion in others])
        form.add("other", _("The other one"), self.other)
        self.forms.append(form)
        self.column.addWidget(intro)
        self.column.addWidget(form)
        self.save_button.setText(_("Merge"))
        if not others:
            self.save_button.setEnabled(False)
            self.banner.say(_("The patient has only one lesion."), tone="neutral")
        self.setMinimumWidth(theme.text_grid(60))

    def save(self) -> None:
        """Merge in one act."""
        keep_id, other_id = self._keep.id, self.other.value()
        self.write(
            lambda w: w.merge_lesions(keep_id, other_id, reason=_("same lesion")),
            text=_("merge lesions"),
        )
