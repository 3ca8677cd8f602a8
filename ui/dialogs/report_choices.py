"""What a report may hold beside lesions and photos, as boxes to tick."""

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from woundtrack.report.content_types import ReportPart
from woundtrack.words import N_, _

PARTS = {
    ReportPart.HEALING: N_("Healing by therapy"),
    ReportPart.RISKS: N_("Risk factors"),
    ReportPart.LABORATORY: N_("Laboratory"),
    ReportPart.ANALGESICS: N_("Analgesics"),
    ReportPart.EVENTS: N_("Events"),
}


def part_boxes() -> dict[ReportPart, QCheckBox]:
    """All ticked: what there is nothing of takes no room."""
    boxes = {part: QCheckBox(_(name)) for part, name in PARTS.items()}
    for box in boxes.values():
        box.setChecked(True)
    return boxes


def column_of(boxes: Iterable[QCheckBox]) -> QWidget:
    """Boxes one below the other."""
    together = QWidget()
    column = QVBoxLayout(together)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(0.5))
    for box in boxes:
        column.addWidget(box)
    return together
