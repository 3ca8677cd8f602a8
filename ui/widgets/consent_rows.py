"""Consent to photos, purpose by purpose."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ui import theme
from ui.models.names import CONSENTS, consent_name
from ui.widgets.date_field import DateField, today
from woundtrack.records import Consent, ConsentPurpose
from woundtrack.words import _, labelled


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
            for field, what in ((given, _("given on")), (withdrawn, _("withdrawn on"))):
                field.setMinimumWidth(field.whole_width_px())
                field.setAccessibleName(labelled(consent_name(purpose), what))
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
