"""What is taken at the bedside: size by ruler, depth, undermining, tunnels, pain, and so on."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.pages.visit.instrument_choice import PAIN_VAS
from ui.pages.visit.patient_scores import pain_line, whole_mm
from ui.widgets.quantity import QuantityField
from ui.widgets.score_line import Choice
from ui.widgets.score_row import ScoreRow
from woundtrack.instruments.infection import SIGNS
from woundtrack.instruments.push import PUSH
from woundtrack.records import Assessment, SizeMethod, Tunnel, Undermining
from woundtrack.words import _


class Lines(QWidget):
    """A few lines of the same number fields, with a way to add and to take away."""

    changed = Signal()

    def __init__(self, fields: Sequence[tuple[str, int, float]], add_text: str) -> None:
        super().__init__()
        self._fields = fields
        self._lines: list[list[QuantityField]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        self.add_button = QPushButton(icons.icon("plus"), add_text)
        self.add_button.setProperty("link", True)
        self.add_button.clicked.connect(lambda: self._add(focus=True))
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def values(self) -> list[tuple[float, ...]]:
        """The complete lines, as numbers."""
        rows = [[field.value() for field in line] for line in self._lines]
        return [tuple(n for n in row if n is not None) for row in rows if None not in row]

    def set_values(self, rows: Sequence[Sequence[float]]) -> None:
        """Show these lines; those being typed stay where nothing else was stored."""
        if [tuple(row) for row in rows] == self.values():
            return
        for index in reversed(range(len(self._lines))):
            self._remove(index, tell=False)
        for row in rows:
            for field, value in zip(self._add(focus=False), row, strict=True):
                field.set_value(value)

    def _add(self, *, focus: bool) -> list[QuantityField]:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        line = []
        for words, decimals, highest in self._fields:
            row.addWidget(QLabel(words))
            field = QuantityField(decimals=decimals, highest=highest)
            field.setAccessibleName(words)
            field.setFixedWidth(field.width() * 2 // 3)
            field.changed.connect(self.changed)
            row.addWidget(field)
            line.append(field)
        away = theme.icon_button(icons.icon("x"), _("Take this line away"))
        away.clicked.connect(lambda: self._remove(self._lines.index(line)))
        row.addWidget(away)
        row.addStretch(1)
        self._lines.append(line)
        self._column.insertWidget(len(self._lines) - 1, holder)
        if focus:
            line[0].setFocus()
        return line

    def _remove(self, index: int, *, tell: bool = True) -> None:
        line = self._lines.pop(index)
        holder = line[0].parentWidget()
        if holder is not None:
            self._column.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        if tell:
            self.changed.emit()


class BedsideForm(QWidget):
    """All that a visit notes of a lesion besides the scored form."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        form = self._form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.grid())
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add_closed(form)
        self._add_pain(form)
        self._add_size(form)
        self._add_lines(form)
        self._add_signs(form)
        self._add_texts(form)

    def _add_closed(self, form: QFormLayout) -> None:
        self.closed = QCheckBox(_("Closed: skin everywhere, nothing drains"))
        self.closed.toggled.connect(self._tell)
        form.addRow(self.closed)

    def _add_pain(self, form: QFormLayout) -> None:
        self.pain = ScoreRow("", [Choice(score, "") for score in range(11)])
        self.pain.setAccessibleName(_("Pain, 0 to 10"))
        self.pain.answered.connect(self._tell)
        form.addRow(_("Pain of this wound, 0 to 10"), self.pain)
        self.line, self._line_row = pain_line(self._tell)
        form.addRow(_("Pain of this wound, on the line"), self._line_row)

    def _add_size(self, form: QFormLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(0.5))
        self.length, self.width_cm, self.depth = (
            QuantityField(unit=words, highest=100.0)
            for words in (_("length"), _("width"), _("depth"))
        )
        for index, field in enumerate((self.length, self.width_cm, self.depth)):
            if index:
                row.addWidget(QLabel("×"))
            field.setAccessibleName(field.placeholderText())
            field.changed.connect(self._tell)
            row.addWidget(field)
        row.addWidget(QLabel(_("cm")))
        row.addStretch(1)
        form.addRow(_("By ruler at the bedside"), row)
        self._sides_row = QHBoxLayout()
        self._sides_row.setSpacing(theme.grid(0.5))
        self.head_to_toe, self.left_right = (
            QuantityField(unit=words, highest=100.0) for words in (_("length"), _("width"))
        )
        self.head_to_toe.setAccessibleName(_("Head to toe, cm"))
        self.left_right.setAccessibleName(_("Left to right, cm"))
        for field in (self.head_to_toe, self.left_right):
            field.changed.connect(self._tell)
        for part in (self.head_to_toe, QLabel("×"), self.left_right, QLabel(_("cm"))):
            self._sides_row.addWidget(part)
        self._sides_row.addStretch(1)
        form.addRow(_("Head to toe × left to right, for PUSH"), self._sides_row)

    def _add_lines(self, form: QFormLayout) -> None:
        hour = 12.0
        self.undermining = Lines(
            [(_("cm"), 1, 100.0), (_("from"), 0, hour), (_("to o’clock"), 0, hour)],
            _("Add undermining"),
        )
        self.tunnels = Lines([(_("cm"), 1, 100.0), (_("at o’clock"), 0, hour)], _("Add a tunnel"))
        for lines in (self.undermining, self.tunnels):
            lines.changed.connect(self._tell)
            form.addRow(lines)

    def _add_signs(self, form: QFormLayout) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.grid(0.5))
        self.signs: dict[str, QCheckBox] = {}
        for index, (key, label) in enumerate(SIGNS):
            box = QCheckBox(_(label))
            box.toggled.connect(self._tell)
            self.signs[key] = box
            grid.addWidget(box, index // 2, index % 2)
        form.addRow(_("Signs of infection"), grid)

    def _add_texts(self, form: QFormLayout) -> None:
        self.dressing = QLineEdit()
        self.dressing.textEdited.connect(self._tell)
        form.addRow(_("Dressing"), self.dressing)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().height() * 3 + theme.grid(2))
        self.note.textChanged.connect(self._tell)
        form.addRow(_("Note"), self.note)

    def _tell(self, *_args: object) -> None:
        if not self._showing:
            self.changed.emit()

    def ask(self, chosen: Sequence[str], value: Assessment) -> None:
        """Show what the chosen instruments need, and what is answered already."""
        line = PAIN_VAS in chosen or value.pain_vas_mm is not None
        sides = (value.head_to_toe_cm, value.left_right_cm) != (None, None)
        self._form.setRowVisible(self._line_row, line)
        self._form.setRowVisible(self._sides_row, PUSH.key in chosen or sides)

    def show_assessment(self, value: Assessment, *, read_only: bool) -> None:
        """Show what is noted; tells nobody."""
        self._showing = True
        self.closed.setChecked(value.size_method is SizeMethod.CLOSED)
        self.pain.set_value(value.pain_nrs)
        self.line.set_value(value.pain_vas_mm)
        self.head_to_toe.set_value(value.head_to_toe_cm)
        self.left_right.set_value(value.left_right_cm)
        self.length.set_value(value.length_cm)
        self.width_cm.set_value(value.width_cm)
        self.depth.set_value(value.depth_cm)
        self.undermining.set_values(
            [(each.depth_cm, each.from_hour, each.to_hour) for each in value.undermining]
        )
        self.tunnels.set_values([(each.length_cm, each.hour) for each in value.tunnels])
        for key, box in self.signs.items():
            box.setChecked(key in value.infection_signs)
        if self.dressing.text().strip() != value.dressing:
            self.dressing.setText(value.dressing)
        if self.note.toPlainText().strip() != value.note:
            self.note.setPlainText(value.note)
        self.pain.read_only = read_only
        self.setEnabled(not read_only)
        self._showing = False

    def taken_into(self, value: Assessment) -> Assessment:
        """The assessment with what stands in this form. Half-typed lines are left out."""
        was_closed = value.size_method is SizeMethod.CLOSED
        method = SizeMethod.NOT_MEASURED if was_closed else value.size_method
        return replace(
            value,
            size_method=SizeMethod.CLOSED if self.closed.isChecked() else method,
            pain_nrs=self.pain.value,
            pain_vas_mm=whole_mm(self.line),
            head_to_toe_cm=self.head_to_toe.value(),
            left_right_cm=self.left_right.value(),
            length_cm=self.length.value(),
            width_cm=self.width_cm.value(),
            depth_cm=self.depth.value(),
            undermining=tuple(
                Undermining(depth, int(start), int(end))
                for depth, start, end in self.undermining.values()
                if start >= 1 and end >= 1
            ),
            tunnels=tuple(
                Tunnel(length, int(hour)) for length, hour in self.tunnels.values() if hour >= 1
            ),
            dressing=self.dressing.text().strip(),
            infection_signs=tuple(key for key, box in self.signs.items() if box.isChecked()),
            note=self.note.toPlainText().strip(),
        )
