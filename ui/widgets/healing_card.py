"""A lesion's healing in one card: the chart, and behind tabs what goes with it."""

from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.chart_view import ChartView
from ui.widgets.analgesic_panel import AnalgesicPanel
from ui.widgets.event_panel import EventPanel
from ui.widgets.form import Faces
from ui.widgets.healing_panel import HealingPanel
from ui.widgets.lab_panel import LabPanel
from woundtrack.records import PatientHistory
from woundtrack.words import _


class HealingCard(QFrame):
    """Tabs over the chart, the figures by therapy, laboratory, analgesics; ← → change them."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme.grid(26))
        self.by_therapy = HealingPanel(background)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("How the lesion heals"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)  # else large text asks for a page wider than screens
        self.labs, self.analgesics = LabPanel(), AnalgesicPanel()
        self.events = EventPanel()
        faces = Faces()
        for name, face in (
            (_("Chart"), self.chart), (_("Healing by therapy"), self.by_therapy),
            (_("Laboratory"), self.labs), (_("Analgesics"), self.analgesics),
            (_("Events"), self.events),
        ):  # fmt: skip
            self.tabs.addTab(name)
            faces.addWidget(face)
        self.tabs.currentChanged.connect(faces.setCurrentIndex)
        self._faces = faces
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(0.5)] * 4)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(faces, 1)

    def set_history(self, history: PatientHistory, lesion_id: int | None) -> None:
        """Show a patient's lesion on both faces; the chart of all where none is chosen."""
        self.chart.set_history(history, lesion_id)
        self.by_therapy.set_history(history, lesion_id)
        self.labs.set_history(history)
        self.analgesics.set_history(history)
        self.events.set_history(history)

    def turn_to(self, face: QWidget) -> None:
        """Show this face."""
        self.tabs.setCurrentIndex(self._faces.layout().indexOf(face))

    def set_read_only(self, read_only: bool) -> None:
        """Show without offering."""
        self.labs.set_read_only(read_only)
        self.analgesics.set_read_only(read_only)
        self.events.set_read_only(read_only)
