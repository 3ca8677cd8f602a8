"""Who stands behind a count: the patients by name and code, each one step from their page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Patient, Stored
from woundtrack.report.cohort_text import patients_text
from woundtrack.report.labels import patient_name
from woundtrack.words import N_, _, date

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader

COLUMNS = (N_("Name"), N_("Code"), N_("Born"))


class PeopleModel(QAbstractTableModel):
    """One row a patient."""

    def __init__(self) -> None:
        super().__init__()
        self.patients: Sequence[Stored[Patient]] = ()

    def show_patients(self, patients: Sequence[Stored[Patient]]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.patients = patients
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.patients)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return _(COLUMNS[section]) if shown else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        patient = self.patients[index.row()].value
        return (patient_name(patient), patient.code, date(patient.birth_date))[index.column()]


class PeopleDialog(QDialog):
    """Reads the patients in the background; Enter or a double click opens one."""

    patient_chosen = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        name: str,
        patient_ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Patients of the cohort"))
        self.heading = theme.label(f"{name} · {patients_text(len(patient_ids))}", role="heading")
        self.heading.setWordWrap(True)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.model = PeopleModel()
        self.table = self._table()
        hint = theme.label(_("Enter or a double click opens the patient."), role="muted")
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2)] * 4)
        column.setSpacing(theme.grid())
        for widget in (self.heading, self.banner):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        for widget in (hint, close):
            column.addWidget(widget)
        self.resize(theme.grid(64), theme.grid(60))
        background.run(
            lambda: clinic.read(lambda reader: patients_of(reader, patient_ids)),
            done=while_alive(self, self._show),
            failed=while_alive(self, self._fail),
        )

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.verticalHeader().setVisible(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(_("Patients of the cohort"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        table.activated.connect(self._choose)
        return table

    def _show(self, patients: Sequence[Stored[Patient]]) -> None:
        self.model.show_patients(patients)
        if patients:
            self.table.selectRow(0)
        self.table.setFocus()

    def _choose(self, index: QModelIndex) -> None:
        self.accept()
        self.patient_chosen.emit(self.model.patients[index.row()].id)

    def _fail(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")


def patients_of(reader: "Reader", patient_ids: Sequence[int]) -> tuple[Stored[Patient], ...]:
    """These patients by name."""
    found = [reader.get(Patient, patient_id) for patient_id in patient_ids]
    return tuple(sorted(found, key=lambda one: patient_name(one.value).casefold()))
