"""A lesion's healing in one card: the chart, and behind a tab what it says by therapy."""

from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout

from ui import theme
from ui.background import Background
from ui.chart_view import ChartView
from ui.widgets.form import Faces
from ui.widgets.healing_panel import HealingPanel
from woundtrack.records import PatientHistory
from woundtrack.words import _


class HealingCard(QFrame):
    """Tabs over the chart and the figures; ← → change between them."""

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
        self.tabs.setUsesScrollButtons(False)
        faces = Faces()
        for name, face in ((_("Chart"), self.chart), (_("Healing by therapy"), self.by_therapy)):
            self.tabs.addTab(name)
            faces.addWidget(face)
        self.tabs.currentChanged.connect(faces.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(0.5)] * 4)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(faces, 1)

    def set_history(self, history: PatientHistory, lesion_id: int | None) -> None:
        """Show a patient's lesion on both faces; the chart of all where none is chosen."""
        self.chart.set_history(history, lesion_id)
        self.by_therapy.set_history(history, lesion_id)
