"""Every earlier state of a record: who changed which field from what to what, when and why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.background import Background
from ui.dialogs.table_dialog import TableDialog
from ui.models.field_words import field_name, parts_of, value_text
from ui.models.record_words import KIND_OF, kind_name, record_line
from ui.widgets.form import Choice, Form
from woundtrack import words
from woundtrack.records import Lesion, PatientHistory, Stored, User, Visit
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


_NO_LABELS: Mapping[int, str] = MappingProxyType({})
_OF_LESIONS = ("lesion_id", "became_ids")


def changes(before: Any, after: Any, *, labels: Mapping[int, str] = _NO_LABELS) -> list[str]:
    """One line for each field in which two values of a kind differ.

    `labels` are the lesions' letters by id; a lesion that is not among them is told by its number.
    """
    if before is None:
        return [_("first entry")]
    lines = []
    for field in type(after).__dataclass_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if old == new:
            continue
        if field in _OF_LESIONS:
            old, new = _labelled(old, labels), _labelled(new, labels)
        if (parts := parts_of(new)) is None:
            lines.append(_line(field_name(field), old, new, field))
            continue
        earlier = parts_of(old) or {}
        for name in {**earlier, **parts}:
            if earlier.get(name) != parts.get(name):
                lines.append(_line(name, earlier.get(name), parts.get(name), ""))
    return lines or [_("nothing changed")]


def _line(name: str, old: Any, new: Any, field: str) -> str:
    return _("{field}: {old} → {new}").format(
        field=name, old=value_text(old, field=field), new=value_text(new, field=field)
    )


def _labelled(ids: Any, labels: Mapping[int, str]) -> Any:
    """Lesions by their letters."""
    if isinstance(ids, tuple):
        return tuple(labels.get(each, each) for each in ids)
    return labels.get(ids, ids)


class RevisionsDialog(TableDialog):
    """Choose a record of the patient; its revisions stand below, newest first."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        history: PatientHistory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title=_("Earlier revisions"),
            columns=(_("No."), _("When"), _("Who"), _("What changed"), _("Reason")),
            stretch=3, parent=parent,
        )  # fmt: skip
        self._clinic, self._background = clinic, background
        self._labels = {lesion.id: lesion.value.label for lesion in history.lesions}
        form = Form(stacked=True)
        self.record = Choice(_records(history))
        form.add("record", _("Record"), self.record)
        self.column.insertWidget(0, form)
        self.record.currentIndexChanged.connect(lambda _index: self.load())
        self.load()

    def load(self) -> None:
        """Read the chosen record's revisions."""
        kind, record_id = self.record.value()

        def work() -> tuple[list[Stored[Any]], dict[int, str]]:
            found = self._clinic.read(lambda r: r.revisions(kind, record_id))
            users = self._clinic.read(lambda r: r.find(User))
            return found, {user.id: user.value.name for user in users}

        self._background.run(work, done=self._show, failed=self.show_failure, key="revisions")

    def _show(self, answer: tuple[list[Stored[Any]], dict[int, str]]) -> None:
        found, names = answer
        rows = []
        before = None
        for stored in found:
            at = stored.at_utc.astimezone()
            rows.append(
                (
                    str(stored.revision),
                    f"{words.date(at.date())} {words.time_of_day(at)}",
                    names.get(stored.user_id or 0, ""),
                    "\n".join(changes(before, stored.value, labels=self._labels)),
                    stored.reason,
                )
            )
            before = stored.value
        self.set_rows(rows[::-1])


def _records(history: PatientHistory) -> list[tuple[tuple[type[Any], int], str]]:
    days = {visit.id: words.date(visit.value.on) for visit in history.visits}
    labels = {lesion.id: lesion.value.label for lesion in history.lesions}
    found: list[tuple[tuple[type[Any], int], str]] = []
    plain: tuple[Stored[Any], ...] = (
        history.patient, *history.lesions, *reversed(history.visits), *history.courses,
        *reversed(history.sessions), *reversed(history.events),
        *reversed(history.labs), *reversed(history.analgesics),
    )  # fmt: skip
    for stored in plain:
        kind = kind_name(KIND_OF[type(stored.value)])
        line = record_line(stored)
        # The lines of these begin with the kind.
        said = isinstance(stored.value, (Lesion, Visit, TherapySession))
        text = line if said else words.labelled(kind, line)
        found.append(((type(stored.value), stored.id), text))
    for form in reversed(history.assessments):
        text = _("Assessment of lesion {label}, {day}").format(
            label=labels.get(form.value.lesion_id, "?"), day=days.get(form.value.visit_id, "")
        )
        found.append(((type(form.value), form.id), text))
    for measured in reversed(history.measurements):
        text = _("Measurement of lesion {label}, {day}").format(
            label=labels.get(measured.value.lesion_id, "?"),
            day=days.get(measured.value.visit_id, ""),
        )
        found.append(((type(measured.value), measured.id), text))
    visits = {photo.id: photo.value.visit_id for photo in history.photos}
    for scale in reversed(history.scales):
        day = days.get(visits.get(scale.value.photo_id, 0), "")
        text = _("Scale of photo {number}, {day}").format(number=scale.value.photo_id, day=day)
        found.append(((type(scale.value), scale.id), text))
    return found
