"""A lesion that parted into several, or grew together with others into one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.dialogs.record_dialog import RecordDialog
from ui.models.parting import may_come_of, others, parts_of, same_act, together_of
from ui.widgets.date_field import DateField, today
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice, Form, clear_layout
from woundtrack import words
from woundtrack.records import Lesion, PatientHistory, Stored
from woundtrack.report.labels import lesion_name
from woundtrack.store.clinic import Writer
from woundtrack.words import _

MOST_NEW = 9
MOST_SEEN = 24
"""How tall a list of lesions grows, in steps of the grid, before it scrolls."""
_DAY_CODES = (
    "record.became_has_visits", "record.became_before_onset", "record.became_day_missing",
    "record.became_seen_before", "record.day_in_future", "record.day_after_death",
    "record.day_before_birth",
)  # fmt: skip


class LesionBoxes(QWidget):
    """A box a lesion, those that are offered."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        self.boxes: dict[int, QCheckBox] = {}

    def offer(self, lesions: Sequence[Stored[Lesion]]) -> None:
        """Offer these; what was ticked stays so."""
        ticked = set(self.chosen())
        if list(self.boxes) == [lesion.id for lesion in lesions]:
            return
        clear_layout(self._column)
        self.boxes = {lesion.id: QCheckBox(lesion_name(lesion.value)) for lesion in lesions}
        for lesion_id, box in self.boxes.items():
            box.setChecked(lesion_id in ticked)
            box.toggled.connect(self.toggled)
            self._column.addWidget(box)
        self.setFocusProxy(next(iter(self.boxes.values()), None))

    def chosen(self) -> list[int]:
        """The lesions that are ticked."""
        return [lesion_id for lesion_id, box in self.boxes.items() if box.isChecked()]


class BecameDialog(RecordDialog):
    """Records it in one act, with the new lesions; takes it back where it is recorded already."""

    saved = Signal(int)
    field_of = MappingProxyType(dict.fromkeys(_DAY_CODES, "on"))

    def __init__(
        self,
        *,
        acts: Acts,
        lesion: Stored[Lesion],
        history: PatientHistory,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Lesion {label} parted or grew together").format(label=lesion.value.label)
        super().__init__(title=title, acts=acts, parent=parent)
        self._lesion, self._history = lesion, history
        self._offered: list[Stored[Lesion]] = []
        """What it may have become, of what there is already."""
        self.intro = theme.label(role="muted")
        self.intro.setWordWrap(True)
        self.column.addWidget(self.intro)
        self.form = Form(stacked=True)
        self.forms.append(self.form)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.on = DateField(lesion.value.became_on or today())
        if lesion.value.became_on is None:
            self._build_new()
        else:
            self._build_recorded()
        self.resize(theme.text_grid(76), 0)
        self.grow()

    # -- building

    def _build_new(self) -> None:
        label = self._lesion.value.label
        self.intro.setText(
            _(
                "From that day on only what it became is measured. Its own visits stay; no rate "
                "and no percentage is taken across."
            )
        )
        self.parted = QRadioButton(_("Lesion {label} parted into several").format(label=label))
        self.together = QRadioButton(
            _("Lesion {label} grew together with others into one").format(label=label)
        )
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parted)
        column.addWidget(self.together)
        ways.setFocusProxy(self.parted)
        self.parted.setChecked(True)
        self.together.setEnabled(bool(others(self._history, self._lesion)))
        self.parts, self.with_ = LesionBoxes(), LesionBoxes()
        self.count = QSpinBox()
        self.count.setRange(0, MOST_NEW)
        self.count.setValue(2)
        self.count.setMaximumWidth(theme.grid(12))
        self.into = Choice([(None, "")])
        self.form.add("way", _("What happened"), ways)
        self.form.add("on", _("First day on which it is so"), self.on)
        self._lists = {boxes: DownScroll(boxes) for boxes in (self.with_, self.parts)}
        for boxes, scrolled in self._lists.items():
            scrolled.setFocusProxy(boxes)
        self.form.add("with", _("Together with"), self._lists[self.with_])
        self.form.add(
            "parts", _("Into these, which nobody has measured before"), self._lists[self.parts]
        )
        self.form.add("count", _("New lesions"), self.count)
        self.form.add("into", _("Into"), self.into)
        self.told = theme.label()
        self.told.setWordWrap(True)
        self.form.add_wide(self.told)
        self.with_.offer(others(self._history, self._lesion))
        for signal in (
            self.parted.toggled,
            self.count.valueChanged,
            self.on.date_changed,
            self.with_.toggled,
            self.parts.toggled,
            self.into.currentIndexChanged,
        ):
            signal.connect(lambda *_values: self._follow())
        self._follow()

    def _build_recorded(self) -> None:
        self._bound = same_act(self._history, self._lesion)
        self.intro.setText(
            _("Recorded: {lesions} became {others} on {date}.").format(
                lesions=words.together(each.value.label for each in self._bound),
                others=words.together(
                    each.value.label
                    for each in self._history.lesions
                    if each.id in self._lesion.value.became_ids
                ),
                date=words.date(self._lesion.value.became_on or today()),
            )
        )
        self.form.add("on", _("First day on which it is so"), self.on)
        self.take_back = theme.button(_("Take it back"))
        self.take_back.setAutoDefault(False)
        self.take_back.clicked.connect(lambda: self._rebind((), None))
        self.buttons.addButton(self.take_back, QDialogButtonBox.ButtonRole.ActionRole)

    def _follow(self) -> None:
        """Ask what the way chosen needs, and say what will be recorded."""
        parted, on = self.parted.isChecked(), self.on.date()
        if on is not None:  # while a day is typed what was chosen stays
            self._offered = may_come_of(self._history, self._lesion, on=on)
            self.parts.offer(self._offered)
        joined = self.with_.chosen()
        into: list[tuple[int | None, str]] = [
            (None, _("a new lesion, {label}").format(label=self._labels(1)[0]))
        ]
        into += [
            (each.id, lesion_name(each.value)) for each in self._offered if each.id not in joined
        ]
        if [text for _id, text in into] != [
            self.into.itemText(at) for at in range(self.into.count())
        ]:
            with QSignalBlocker(self.into):
                self.into.offer(into, chosen=self.into.value())
        self.form.set_shown("parts", parted and bool(self._offered))
        self.form.set_shown("count", parted)
        self.form.set_shown("with", not parted)
        self.form.set_shown("into", not parted)
        self.told.setText(self._told())
        for boxes, scrolled in self._lists.items():
            scrolled.setFixedHeight(min(boxes.sizeHint().height() + 2, theme.grid(MOST_SEEN)))
        self.grow()

    def _labels(self, count: int) -> list[str]:
        """The next free letters."""
        from woundtrack.store.moving import free_label

        taken = {each.value.label for each in self._history.lesions}
        found: list[str] = []
        for _number in range(count):
            found.append(free_label(taken | set(found)))
        return found

    def _label(self, lesion_id: int) -> str:
        return next(each.value.label for each in self._history.lesions if each.id == lesion_id)

    def _ended(self) -> list[Stored[Lesion]]:
        """The lesions that are none of their own any more."""
        joined = [] if self.parted.isChecked() else self.with_.chosen()
        return [self._lesion, *(each for each in self._history.lesions if each.id in joined)]

    def _new_labels(self) -> list[str]:
        """The letters of the lesions that are made in the same act."""
        if self.parted.isChecked():
            return self._labels(self.count.value())
        return self._labels(1) if self.into.value() is None else []

    def _kept_ids(self) -> list[int]:
        """The lesions that are there already and came of it."""
        if self.parted.isChecked():
            return self.parts.chosen()
        return [self.into.value()] if self.into.value() is not None else []

    def _told(self) -> str:
        after = [self._label(each) for each in self._kept_ids()] + self._new_labels()
        before = [each.value.label for each in self._ended()]
        if not self.on.date() or max(len(before), len(after)) < 2 or not after:
            return ""
        return _("{lesions} became {others}.").format(
            lesions=words.together(before), others=words.together(after)
        )

    # -- saving

    def _day(self) -> dt.date | None:
        self.clear_errors()
        if not self.dates_are_valid(on=self.on):
            return None
        if self.on.date() is None:
            self.show_at("on", _("Fill in the day, like 31/12/2026."))
        return self.on.date()

    def save(self) -> None:
        """Write it, with the lesions that it made."""
        on = self._day()
        if on is None:
            return
        if self._lesion.value.became_on is not None:
            self._rebind(self._lesion.value.became_ids, on)
            return
        parted, labels, kept, ended = (
            self.parted.isChecked(), self._new_labels(), self._kept_ids(), self._ended(),
        )  # fmt: skip
        if parted and len(labels) + len(kept) < 2:
            self.show_at("count", _("A lesion parts into at least two. Choose or add them."))
            return
        if not parted and len(ended) < 2:
            self.show_at("with", _("Choose with which lesion it grew together."))
            return
        values = [each.value for each in ended]
        new = parts_of(values[0], labels) if parted else [
            together_of(values, label) for label in labels
        ]  # fmt: skip

        def act(writer: Writer) -> int:
            ids = (*kept, *(writer.add(each).id for each in new))
            for each in ended:
                writer.revise(each, replace(each.value, became_ids=ids, became_on=on))
            return ids[0]

        text = _("lesion parted") if parted else _("lesions grew together")
        self.write(act, text=text, done=self.saved.emit)

    def _rebind(self, ids: tuple[int, ...], on: dt.date | None) -> None:
        """Correct the day for all that became the same, or take it back."""
        bound = self._bound

        def act(writer: Writer) -> int:
            for each in bound:
                writer.revise(each, replace(each.value, became_ids=ids, became_on=on))
            return self._lesion.id

        text = _("correct the day of a parting") if ids else _("take a parting back")
        self.write(act, text=text, done=self.saved.emit)
