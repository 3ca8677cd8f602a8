"""What a study says: figures between and within raters, pair by pair, and the chart."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.models.rater_figures import FIGURE_COLUMNS, PAIR_COLUMNS, figure_rows, pair_rows
from ui.models.rater_study import Results, own_text, pair_name, share_text, value_text
from ui.pages.rater_study.chart_view import AgreementChartView
from ui.pages.rater_study.column import scrolled_column
from ui.pages.visit.thumbs import Thumbnails
from ui.widgets.banner import Banner
from ui.widgets.form import Choice, card, clear_layout
from woundtrack.explain import explain
from woundtrack.raters.agreement import Pair
from woundtrack.store.clinic import Clinic
from woundtrack.words import _

PICTURE_PX = 144
SMOOTH = Qt.TransformationMode.SmoothTransformation


class StudyResults(QWidget):
    """Shows results; using the clinic's own value and saving a table are only asked for."""

    adopt_requested = Signal()
    export_requested = Signal()
    closed = Signal()

    def __init__(
        self, clinic: Clinic, background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read_only = clinic.read_only
        self._thumbs = Thumbnails(clinic, background, self)
        self._thumbs.ready.connect(lambda _name: self._show_hardest())
        self.results: Results | None = None
        self._pairs: list[Pair] = []
        self.title = theme.label(role="title")
        back = theme.button(_("All studies"), icon=icons.icon("arrow-left"))
        back.clicked.connect(self.closed)
        self.export_button = theme.button(_("Save as a table…"), icon=icons.icon("file-down"))
        self.export_button.clicked.connect(self.export_requested)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.export_button)
        head.addWidget(back)
        self.banner = Banner(tone="neutral")
        self.own_frame = self._own_card()
        self.figures = _table(FIGURE_COLUMNS)
        self.pairs = _table(PAIR_COLUMNS)
        self.pair_choice = QHBoxLayout()
        self.chart = AgreementChartView()
        column = scrolled_column(self)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.own_frame)
        column.addWidget(self.figures)
        column.addWidget(self._chart_card())
        column.addWidget(self.pairs)
        column.addWidget(self._hardest_card())
        column.addStretch(1)

    def _own_card(self) -> QFrame:
        frame, column = card()
        column.addWidget(
            theme.label(_("The clinic’s own figure for “beyond error”"), role="heading")
        )
        self.own = theme.label()
        self.own.setWordWrap(True)
        self.adopt_button = theme.button(
            _("Use this clinic’s value"),
            icon=icons.icon("badge-check", tone="on_accent"),
            main=True,
        )
        self.adopt_button.clicked.connect(self.adopt_requested)
        column.addWidget(self.own)
        column.addWidget(self.adopt_button, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _chart_card(self) -> QFrame:
        self.chart_frame, column = card()
        column.addLayout(self.pair_choice)
        column.addWidget(self.chart, 1)
        note = theme.label(
            _(
                "Each point is a photo; the lines are the mean difference and the limits that 95 % "
                "of differences lie within (Bland and Altman)."
            ),
            role="muted",
        )
        note.setWordWrap(True)
        column.addWidget(note)
        return self.chart_frame

    def _hardest_card(self) -> QFrame:
        self.hardest_frame, column = card()
        column.addWidget(theme.label(_("Photos on which the raters differ most"), role="heading"))
        self.hardest = QHBoxLayout()
        column.addLayout(self.hardest)
        return self.hardest_frame

    def _show_hardest(self) -> None:
        clear_layout(self.hardest)
        found = self.results.hardest if self.results else ()
        self.hardest_frame.setVisible(bool(found))
        for vault_name, share in found:
            picture, text = QLabel(), theme.label(share_text(share))
            if (pixmap := self._thumbs.get(vault_name)) is not None:
                picture.setPixmap(pixmap.scaledToWidth(PICTURE_PX, SMOOTH))
            one = QVBoxLayout()
            for label in (picture, text):
                one.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            self.hardest.addLayout(one)
        self.hardest.addStretch(1)

    def show_results(self, results: Results) -> None:
        """Show what this study says."""
        self.results = results
        self.title.setText(results.study.value.name)
        self.banner.say(explain(results.lacking) if results.lacking else "", tone="neutral")
        known = [one for one in (results.between, results.within) if one is not None]
        self._pairs = [pair for one in known for pair in one.pairs]
        _fill(self.figures, figure_rows(results))
        _fill(self.pairs, pair_rows(self._pairs, results.names))
        self.export_button.setEnabled(bool(results.traces))
        for widget in (self.figures, self.pairs, self.chart_frame):
            widget.setVisible(bool(known))
        self._show_own(results)
        self._show_hardest()
        self._offer_pairs(results)

    def _show_own(self, results: Results) -> None:
        self.own_frame.setVisible(results.between is not None)
        in_force = results.in_force.value if results.in_force else None
        used = in_force is not None and in_force == results.own
        lines = [_("In force: {figure}.").format(figure=value_text(in_force))]
        if used:
            lines.append(_("This is the figure of this study."))
        elif results.own is not None:
            text = _("This study: {figure}. The interval is that of these raters on other photos.")
            lines.append(text.format(figure=own_text(results.own)))
        elif results.own_refused is not None:
            lines.append(explain(results.own_refused))
        self.own.setText("\n".join(lines))
        self.adopt_button.setVisible(results.own is not None and not used)
        self.adopt_button.setEnabled(not self._read_only)

    def _offer_pairs(self, results: Results) -> None:
        clear_layout(self.pair_choice)
        choice = Choice([(pair, pair_name(pair, results.names)) for pair in self._pairs])
        choice.setAccessibleName(_("Which tracings are compared"))
        choice.currentIndexChanged.connect(lambda _index: self._show_pair(choice.value()))
        self.pair_choice.addWidget(choice)
        self.pair_choice.addStretch(1)
        self._show_pair(choice.value())

    def _show_pair(self, pair: Pair | None) -> None:
        name = pair_name(pair, self.results.names) if pair and self.results else ""
        self.chart.set_pair(pair, name=name)


def _table(columns: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels([_(one) for one in columns])
    table.verticalHeader().setVisible(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)  # else rows are made as tall as a first, narrow layout needs
    table.setAlternatingRowColors(True)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Show these rows, the table as tall as they are."""
    table.setRowCount(len(rows))
    for place, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.setItem(place, column, QTableWidgetItem(text))
    table.resizeRowsToContents()
    height = sum(table.rowHeight(place) for place in range(len(rows)))
    table.setFixedHeight(
        table.horizontalHeader().sizeHint().height() + height + 2 * table.frameWidth()
    )
