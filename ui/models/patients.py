"""The patient list's rows, as a Qt model that knows nothing of widgets."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from woundtrack.records import LesionStatus, PatientStatus
from woundtrack.report.labels import LESION_STATES, patient_name
from woundtrack.words import _, counted, date

if TYPE_CHECKING:
    from woundtrack.store.types import PatientRow

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


def row_summary(row: "PatientRow") -> str:
    """Open lesions and last visit in one line."""
    return " · ".join((_lesions(row), _last(row)))


def _lesions(row: "PatientRow") -> str:
    if row.patient.status is PatientStatus.DIED:
        return _("died")
    if row.patient.status is PatientStatus.MOVED:
        return _("moved away")
    if row.open_lesions:
        return counted("{count} open", "{count} open", row.open_lesions)
    if row.lost_lesions:
        return _(LESION_STATES[LesionStatus.LOST])
    return _("healed") if row.lesions else _("no lesion")


def _last(row: "PatientRow") -> str:
    return date(row.last_visit_on) if row.last_visit_on else _("no visit")


class PatientsModel(QAbstractListModel):
    """Rows of `PatientRow`; the whole row is under `ROW_ROLE`."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PatientRow] = []

    def set_rows(self, rows: "list[PatientRow]") -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> "list[PatientRow]":
        """The rows shown."""
        return list(self._rows)

    def index_of(self, patient_id: int) -> QModelIndex:
        """The index of a patient; invalid where they are not listed."""
        for number, row in enumerate(self._rows):
            if row.id == patient_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return patient_name(row.patient)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.patient.code} · {date(row.patient.birth_date)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{patient_name(row.patient)}, {row_summary(row)}"
        return row if role == ROW_ROLE else None
