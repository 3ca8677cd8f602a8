"""What every dialog that writes a record shares: fields, errors where they belong, one Save."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.acts import Acts
from ui.widgets.banner import Banner
from ui.widgets.form import Form
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Stored
from woundtrack.store.clinic import Writer
from woundtrack.words import _

FIELD_OF = {
    "record.name_missing": "birth_name",
    "record.number_missing": "hospital_number",
    "record.born_in_future": "birth_date",
    "record.born_too_long_ago": "birth_date",
    "record.visit_before_birth": "birth_date",
    "record.died_before_birth": "died_on",
    "record.died_in_future": "died_on",
    "record.visit_after_death": "died_on",
    "record.therapy_before_birth": "birth_date",
    "record.therapy_after_death": "died_on",
    "record.died_but_not_so_marked": "status",
    "record.consent_in_future": "consents",
    "record.consent_order": "consents",
    "record.label_missing": "label",
    "record.label_taken": "label",
    "record.site_missing": "site",
    "record.unknown_site": "site",
    "record.onset_in_future": "onset_on",
    "record.onset_before_birth": "onset_on",
    "record.closed_in_future": "closed_on",
    "record.closed_before_onset": "closed_on",
    "record.closure_order": "closure_confirmed_on",
    "record.deposit_size": "largest_mm",
    "record.dialysis_day_without_dialysis": "dialysis",
    "record.user_exists": "name",
    "store.weak_passphrase": "passphrase",
    "store.wrong_passphrase": "old",
    "store.too_soon": "old",
}
"""The field at which an error of the store is shown; others stand above the fields."""


class RecordDialog(QDialog):
    """Fields, a banner and Save/Cancel. Stays open until the store has taken the record."""

    save: Callable[[], None]
    """Check and write: what Save does. Each dialog has its own."""
    field_of: Mapping[str, str] = MappingProxyType({})
    """The fields at which errors of this dialog's own record are shown, by code."""

    def __init__(self, *, title: str, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.acts = acts
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.forms: list[Form] = []
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.grid(1.5))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = theme.primary(QPushButton(_("Save")))
        self.buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.grid(2.5)] * 4)
        outer.setSpacing(theme.grid(2))
        outer.addWidget(self.banner)
        outer.addLayout(self.column, 1)
        outer.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the first field and reaches the buttons last."""
        super().showEvent(event)
        fields = [field for form in self.forms for field in form.fields()]
        if not fields or event.spontaneous():
            return
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        QWidget.setTabOrder(fields[-1].focusProxy() or fields[-1], self.save_button)
        QWidget.setTabOrder(self.save_button, cancel)
        self.first_field().setFocus()

    def first_field(self) -> QWidget:
        """Where typing begins."""
        return self.forms[0].fields()[0]

    def write(
        self,
        act: Callable[[Writer], Any],
        *,
        text: str,
        done: Callable[[Any], None] = lambda _result: None,
        reason: str = "",
    ) -> None:
        """Do the act; close when it is done, show its error at the field when it is refused."""
        self.clear_errors()
        self.save_button.setEnabled(False)

        def finished(result: Any) -> None:
            self.accept()
            done(result)

        self.acts.do(act, text=text, done=finished, failed=self.show_failure, reason=reason)

    def put_into_bin(self, stored: Stored[Any], *, text: str, done: Callable[[int], None]) -> None:
        """To the bin, from where Undo brings it back; `done` gets its id."""
        self.write(
            lambda w: w.delete(type(stored.value), stored.id),
            text=text,
            done=lambda _none: done(stored.id),
        )

    def show_failure(self, error: Exception) -> None:
        """One sentence, at its field where it has one, else above the fields."""
        self.save_button.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        field = self.field_of.get(error.code) or FIELD_OF.get(error.code, "")
        self.show_at(field, explain(error))

    def show_at(self, field: str, sentence: str) -> None:
        """A sentence at a field, else above the fields; the dialog grows to hold it."""
        if not any(form.show_error(field, sentence) for form in self.forms):
            self.banner.say(sentence, tone="danger")
        self.grow()

    def grow(self) -> None:
        """Make room for all that is shown: labels that wrap do not enlarge a window themselves."""
        self.resize(self.width(), max(self.height(), self.needed_height_px()))

    def needed_height_px(self) -> int:
        """How high the window has to be at its width for all that it holds."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        if layout.hasHeightForWidth():  # else no label that wraps is shown
            return layout.totalHeightForWidth(self.width())
        return layout.totalSizeHint().height()

    def clear_errors(self) -> None:
        """Take every error away."""
        self.banner.say("")
        for form in self.forms:
            form.clear_errors()

    def dates_are_valid(self, **fields: Any) -> bool:
        """Say at the first date that is no day, and return whether all are."""
        for key, field in fields.items():
            if not field.is_valid():
                self.show_at(key, _("This is not a day. Write it like 31/12/2026."))
                return False
        return True
