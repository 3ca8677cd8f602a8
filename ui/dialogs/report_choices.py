"""What a report may hold, as choices."""

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import Choice
from woundtrack.report.content_types import PhotoChoice, ReportPart
from woundtrack.words import N_, _

PARTS = {
    ReportPart.CHART: N_("Chart"),
    ReportPart.BODY_MAP: N_("Body map"),
    ReportPart.THERAPIES: N_("Therapies"),
    ReportPart.HEALING: N_("Healing by therapy"),
    ReportPart.RISKS: N_("Risk factors"),
    ReportPart.LABORATORY: N_("Laboratory"),
    ReportPart.ANALGESICS: N_("Analgesics"),
    ReportPart.EVENTS: N_("Events"),
}


def photo_choice() -> Choice:
    """Which photos of each lesion."""
    return Choice(
        [
            (PhotoChoice.FIRST_AND_LATEST, _("First and latest")),
            (PhotoChoice.ALL, _("One of each visit")),
            (PhotoChoice.NONE, _("No photos")),
        ],
        chosen=PhotoChoice.FIRST_AND_LATEST,
    )


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
