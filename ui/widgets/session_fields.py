"""What was given in a session: the fields that its therapy asks, in their units."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui import theme
from ui.widgets.form import Form, clear_layout
from ui.widgets.quantity import written
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.records import TherapyCourse
from woundtrack.therapy.catalogue import THERAPIES, unit_name
from woundtrack.therapy.course import dose_on
from woundtrack.therapy.quantity import read_as, read_quantity
from woundtrack.therapy.session import FIELDS, fields_of
from woundtrack.therapy.types import Standing, TherapySession
from woundtrack.words import _


class SessionFields(QWidget):
    """Two columns of lines. A unit may be written behind a number; it is converted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, QLineEdit] = {}
        self._forms: list[Form] = []
        self._unit = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.grid(1.5))
        self._grid.setVerticalSpacing(0)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def set_course(self, course: TherapyCourse) -> None:
        """Ask what a session of this course has. Doses without a unit are in the course's."""
        clear_layout(self._grid)
        self.lines, self._forms = {}, []
        known = THERAPIES.get(course.therapy)
        self._unit = dose_on(course, day=dt.date.max)[1] or (known.unit if known else "")
        names = (*fields_of(course), "note")
        for place, name in enumerate(names):
            line = QLineEdit()
            if name == "note":
                label = _("Note")
            else:
                unit = FIELDS[name].unit or unit_name(self._unit)
                label = ", ".join(part for part in (_(FIELDS[name].name), unit) if part)
                if FIELDS[name].standing is Standing.INFERRED:
                    line.setToolTip(
                        _("The source does not say of what it is a share; this is ours.")
                    )
            form = Form(stacked=True)
            form.add(name, label, line)
            last = name == "note" and place % 2 == 0
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(form, place // 2, place % 2, 1, 2 if last else 1, top)
            self.lines[name] = line
            self._forms.append(form)

    def show_session(self, session: TherapySession | None) -> None:
        """Show what a session had, or nothing."""
        self.clear_errors()
        for name, line in self.lines.items():
            value = getattr(session, name) if session else None
            if isinstance(value, float):
                unit = f" {session.unit}" if session and name == "dose" else ""
                line.setText(f"{written(value)}{unit}")
            else:
                line.setText(value or "")

    def values(self) -> dict[str, Any] | None:
        """The fields of `TherapySession`; None after a sentence was put where one is wrong."""
        self.clear_errors()
        found: dict[str, Any] = {"note": self.lines["note"].text().strip()}
        for name, line in self.lines.items():
            if name == "note":
                continue
            try:
                found |= self._read(name, line.text())
            except RecordError as error:
                self.show_error(name, explain(error))
                return None
        return found

    def _read(self, name: str, text: str) -> dict[str, Any]:
        if name != "dose":
            value = read_as(text, unit=FIELDS[name].unit)
            if value is not None and value > FIELDS[name].most:
                raise RecordError("record.session_value")
            return {name: value}
        typed = read_quantity(text)
        if text.strip() and (typed is None or typed.value <= 0):
            raise RecordError("record.dose")
        if typed is None:
            return {}
        unit = typed.unit or self._unit
        if not unit:
            raise RecordError("record.dose_unit_missing")
        return {"dose": typed.value, "unit": unit}

    def show_error(self, name: str, sentence: str) -> bool:
        """Put a sentence under a field; False where there is no such field."""
        return any(form.show_error(name, sentence) for form in self._forms)

    def error_of(self, name: str) -> str:
        """The error shown under a field, or nothing."""
        return self._forms[list(self.lines).index(name)].error_of(name)

    def clear_errors(self) -> None:
        """Take every error away."""
        for form in self._forms:
            form.clear_errors()
