"""What is asked of a lesion's cause: the facts of the chosen one, in the lines of a form."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme
from ui.widgets.form import Choice, Form, in_a_row
from ui.widgets.quantity import QuantityField, doubt_about
from woundtrack.context.causes import (
    APART_NOTE,
    FIELD_NAMES,
    SHAPES,
    SOURCE,
    SUBTYPES,
    XRAY_NOTE,
    fields_of,
    shape_name,
    subtype_name,
)
from woundtrack.context.types import CalcinosisSubtype, CauseFacts
from woundtrack.records import Aetiology
from woundtrack.words import _

MOST_MM = 999.0


class CauseFields:
    """Adds its fields to a form; only those of the cause chosen are shown, and kept."""

    def __init__(self, form: Form, value: CauseFacts) -> None:
        self._form = form
        self._asked: tuple[str, ...] = ()
        self.subtype = Choice(
            [(None, _("Not said")), *((kind, subtype_name(kind)) for kind in SUBTYPES)],
            chosen=value.subtype,
        )
        for at, kind in enumerate(SUBTYPES.values(), start=1):
            self.subtype.setItemData(at, _(kind.described), Qt.ItemDataRole.ToolTipRole)
        self.largest_mm = QuantityField(kept_in="mm", highest=MOST_MM)
        self.largest_mm.set_value(value.largest_mm)
        self.fields: dict[str, Any] = {
            "uraemic": _yes_or_no(value.uraemic),
            "subtype": self.subtype,
            "calcium_or_phosphate_raised": _yes_or_no(value.calcium_or_phosphate_raised),
            "tissue_damaged": _yes_or_no(value.tissue_damaged),
            "underlying": QLineEdit(value.underlying),
            "given": QLineEdit(value.given),
            "tumoral": _yes_or_no(value.tumoral),
            "xray": Choice(
                [(None, _("Not said")), *((shape, shape_name(shape)) for shape in SHAPES)],
                chosen=value.xray,
            ),
            "largest_mm": self.largest_mm,
        }
        self.fields["xray"].setToolTip(
            _("{note} ({source})").format(note=_(XRAY_NOTE), source=SOURCE)
        )
        self.note = theme.label(role="muted")
        self.note.setWordWrap(True)
        for name, field in self.fields.items():
            shown: QWidget = field
            if name == "largest_mm":
                shown = in_a_row(field, theme.label("mm", role="muted"), stretch=(0, 1))
            form.add(name, _(FIELD_NAMES[name]), shown)
            if name == "tissue_damaged":
                form.add_wide(self.note)

    def follow(self, aetiology: Aetiology) -> None:
        """Ask what this cause needs, and the subtype that is chosen."""
        subtype: CalcinosisSubtype | None = self.subtype.value()
        self._asked = asked = fields_of(aetiology, subtype=subtype)
        for name in self.fields:
            self._form.set_shown(name, name in asked)
        calcinosis = "tissue_damaged" in asked
        lines = []
        if calcinosis and subtype is not None:
            kind = SUBTYPES[subtype]
            lines.append(_("{note} ({source})").format(note=_(kind.described), source=kind.source))
        if calcinosis and subtype in (
            None,
            CalcinosisSubtype.DYSTROPHIC,
            CalcinosisSubtype.IDIOPATHIC,
        ):
            lines.append(_(APART_NOTE))
        self.note.setText("\n".join(lines))
        self.note.setVisible(bool(lines))

    def value(self) -> CauseFacts:
        """The facts of the cause chosen; what it does not ask is left out."""
        return CauseFacts(**{name: _said(self.fields[name]) for name in self._asked})

    def slip(self) -> str:
        """What is to be said of the size as it is typed; empty where it can be read."""
        if "largest_mm" not in self._asked or self.largest_mm.is_valid():
            return ""
        plain = _("Write a length, like 12.5 or 1.2 cm, or nothing.")
        return doubt_about(self.largest_mm.text()) or plain


def _yes_or_no(value: bool | None) -> Choice:
    return Choice([(None, _("Not said")), (True, _("Yes")), (False, _("No"))], chosen=value)


def _said(field: Any) -> Any:
    return field.text().strip() if type(field) is QLineEdit else field.value()
