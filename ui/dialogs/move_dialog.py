"""Moves a visit, a lesion, a therapy or a photo that was put under the wrong patient; undoable."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.record_dialog import RecordDialog
from ui.models.record_words import kind_name, record_line
from ui.pages.patient_list import PatientList
from ui.widgets.form import Choice, Form, clear_layout
from woundtrack import words
from woundtrack.records import Lesion, PatientHistory, Stored, TherapyCourse, Visit
from woundtrack.report.labels import lesion_name, patient_name
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer

_LEAVE, _ASK = -1, -2


class MoveDialog(RecordDialog):
    """What, to whom, and which lesion it is there where that is not plain."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        history: PatientHistory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title=_("Move to another patient"), acts=acts, parent=parent)
        self._clinic, self._background, self._history = clinic, background, history
        self._target: PatientHistory | None = None
        self._maps: dict[int, Choice] = {}
        form = Form(stacked=True)
        self.what = Choice(self._things())
        self.what.setSizeAdjustPolicy(
            self.what.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        form.add("what", _("What was put in the wrong place"), self.what)
        self.forms.append(form)
        self.what.currentIndexChanged.connect(lambda _index: self._ask_more())
        self.picker = PatientList(clinic, background)
        self.picker.new_button.setVisible(False)
        self.picker.patient_chosen.connect(self.choose)
        self.target = theme.label(_("Choose the right patient in the list."), role="muted")
        self.target.setWordWrap(True)
        self._more = QVBoxLayout()
        right = QVBoxLayout()
        right.addWidget(form)
        right.addWidget(self.target)
        right.addLayout(self._more)
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(3))
        halves.addWidget(self.picker, 2)
        halves.addLayout(right, 3)
        self.column.addLayout(halves, 1)
        self.save_button.setText(_("Move"))
        self.save_button.setEnabled(False)
        self.resize(theme.text_grid(105), theme.grid(65))
        self.picker.refresh()

    def _things(self) -> list[tuple[tuple[str, int], str]]:
        days = {visit.id: words.date(visit.value.on) for visit in self._history.visits}
        things: list[tuple[tuple[str, int], str]] = [
            (("visit", visit.id), _("Visit of {day}").format(day=days[visit.id]))
            for visit in reversed(self._history.visits)
        ]
        things += [
            (("lesion", lesion.id), lesion_name(lesion.value)) for lesion in self._history.lesions
        ]
        therapy = kind_name("therapy_course")
        things += [
            (("course", course.id), words.labelled(therapy, record_line(course)))
            for course in self._history.courses
        ]
        things += [
            (("photo", photo.id), _("Photo {n} ({day})").format(
                n=number, day=days.get(photo.value.visit_id, "")
            ))
            for number, photo in enumerate(self._history.photos, start=1)
        ]  # fmt: skip
        return things

    def choose(self, patient_id: int) -> None:
        """Read the patient the thing is to move to."""
        self._background.run(
            lambda: self._clinic.read(lambda r: r.history(patient_id)),
            done=self._chosen,
            failed=self.show_failure,
            key="move target",
        )

    def _chosen(self, history: PatientHistory) -> None:
        self._target = history
        self.target.setText(
            _("To: {name}").format(name=patient_name(history.patient.value))
            + f" · {words.date(history.patient.value.birth_date)}"
        )
        self._ask_more()

    def _ask_more(self) -> None:
        """Which lesion each outlined one is there, and for a photo which visit."""
        clear_layout(self._more)
        self._maps = {}
        self.clear_errors()
        thing = self.what.value()
        self.save_button.setEnabled(False)
        if thing is None or self._target is None:
            return
        kind, record_id = thing
        form = Form(stacked=True)
        if kind == "photo":
            self.visit = Choice(
                [(visit.id, words.date(visit.value.on)) for visit in reversed(self._target.visits)]
            )
            form.add("visit", _("To their visit of"), self.visit)
        if kind in ("visit", "photo") and self._target.patient.id != self._history.patient.id:
            for lesion in self._lesions_in(kind, record_id):
                self._maps[lesion.id] = self._ask_lesion(form, lesion, kind)
        self._more.addWidget(form)
        self._offer()

    def _offer(self) -> None:
        """Move is there once it is said of each lesion which it is; nothing is left out unsaid."""
        assert self._target is not None
        kind, _record_id = self.what.value()
        answered = all(choice.value() != _ASK for choice in self._maps.values())
        self.save_button.setEnabled(answered and (kind != "photo" or bool(self._target.visits)))

    def _ask_lesion(self, form: Form, lesion: Stored[Lesion], kind: str) -> Choice:
        assert self._target is not None
        options: list[tuple[int | None, str]] = []
        if kind == "visit" and not self._seen_elsewhere(lesion.id):
            options.append((_LEAVE, _("moves along")))
        else:
            options.append((_ASK, ""))
        options += [(one.id, lesion_name(one.value)) for one in self._target.lesions]
        options.append((None, _("leave out (to the bin)")))
        choice = Choice(options, chosen=options[0][0])
        choice.currentIndexChanged.connect(lambda _index: self._offer())
        text = _("{lesion} is there").format(lesion=lesion_name(lesion.value))
        form.add(f"lesion {lesion.id}", text, choice)
        return choice

    def _lesions_in(self, kind: str, record_id: int) -> list[Stored[Lesion]]:
        photos = {
            photo.id
            for photo in self._history.photos
            if (photo.value.visit_id if kind == "visit" else photo.id) == record_id
        }
        ids = {o.value.lesion_id for o in self._history.outlines if o.value.photo_id in photos}
        if kind == "visit":
            ids |= {
                a.value.lesion_id
                for a in self._history.assessments
                if a.value.visit_id == record_id
            }
        return [lesion for lesion in self._history.lesions if lesion.id in ids]

    def _seen_elsewhere(self, lesion_id: int) -> bool:
        visits = {
            a.value.visit_id for a in self._history.assessments if a.value.lesion_id == lesion_id
        }
        where = {photo.id: photo.value.visit_id for photo in self._history.photos}
        visits |= {
            where[o.value.photo_id]
            for o in self._history.outlines
            if o.value.lesion_id == lesion_id and o.value.photo_id in where
        }
        return len(visits) > 1

    def save(self) -> None:
        """Move in one act."""
        if self._target is None:
            return
        kind, record_id = self.what.value()
        lesions = {
            lesion_id: choice.value()
            for lesion_id, choice in self._maps.items()
            if choice.value() != _LEAVE
        }
        target_id = self._target.patient.id
        visit_id = self.visit.value() if kind == "photo" else None

        def act(writer: "Writer") -> Any:
            if kind == "visit":
                return writer.move_visit(record_id, target_id, lesions=lesions)
            if kind == "lesion":
                return writer.move_lesion(record_id, target_id)
            if kind == "course":
                course = writer.get(TherapyCourse, record_id)
                return writer.revise(course, replace(course.value, patient_id=target_id))
            assert visit_id is not None
            return writer.move_photo(record_id, visit_id, lesions=lesions)

        self.write(act, text=_("move"))


class DeleteVisitDialog(RecordDialog):
    """Asks which visit goes to the bin, with its photos and forms."""

    def __init__(
        self, *, acts: Acts, history: PatientHistory, parent: QWidget | None = None
    ) -> None:
        super().__init__(title=_("Visit to the bin"), acts=acts, parent=parent)
        form = Form(stacked=True)
        self.visit = Choice(
            [
                (visit.id, words.date(visit.value.on, form="full"))
                for visit in reversed(history.visits)
            ]
        )
        form.add(
            "visit", _("Visit"), self.visit,
            hint=_("Its photos, outlines and forms go along. The bin gives them back."),
        )  # fmt: skip
        self.forms.append(form)
        self.column.addWidget(form)
        self.save_button.setText(_("To the bin"))
        self.save_button.setEnabled(bool(history.visits))

    def save(self) -> None:
        """Delete in one act."""
        visit_id = self.visit.value()
        self.write(lambda w: w.delete(Visit, visit_id), text=_("visit to the bin"))
