"""One patient: who, where the lesions are, how each goes, the photos, the chart, the therapies."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.body_map import BodyMap
from ui.models.patient_view import PatientView, view_of
from ui.models.timeline import StripPhoto
from ui.photo_strip_timeline import Timeline
from ui.settings import Settings
from ui.widgets.banner import Banner
from ui.widgets.card_row import CardRow
from ui.widgets.chart_choice import add_chooser
from ui.widgets.down_scroll import DownScroll
from ui.widgets.elided import ElidedLabel
from ui.widgets.form import card, clear_layout, link
from ui.widgets.healing_card import HealingCard
from ui.widgets.kept_splitter import KeptSplitter
from ui.widgets.lesion_card import LesionCard, TotalCard
from ui.widgets.therapy_list import TherapyList
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


LOW_PX = 820
"""Under this height the photo strip is drawn smaller, so that the chart keeps its room."""


class PatientPage(QWidget):
    """Shows one patient's history; every act is only asked for, by signal."""

    new_visit_requested = Signal()
    visit_requested = Signal(int)
    report_requested = Signal()
    edit_requested = Signal()
    lesion_requested = Signal(object)
    """None, or (site, side, view, x, y) where the body map was clicked."""
    lesion_edit_requested = Signal(int)
    lesion_menu_requested = Signal(int, object)
    therapy_requested = Signal(object)
    sessions_requested = Signal(object)
    """The course's id, or None where none is chosen."""
    photo_view_told = Signal(int, object)
    """A photo's id and what it takes in: a PhotoView, or None."""
    files_dropped = Signal(object)
    loaded = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background, self._settings = clinic, background, settings
        self.view: PatientView | None = None
        self.lesion_id: int | None = None
        self._cards: dict[int, LesionCard] = {}
        self._total: TotalCard | None = None
        self._all_chosen = False
        self.setAcceptDrops(True)
        self._left, self._right = QSplitter(Qt.Orientation.Vertical), QWidget()
        self.splitter = KeptSplitter(
            self._left, self._right, widths=(40, 90), settings=settings, name="patient"
        )
        self._build_header()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.grid(2), theme.grid(), theme.grid(2), theme.grid(0.5))
        layout.setSpacing(theme.grid(1.5))
        layout.addLayout(self._header)
        layout.addWidget(self.unconfirmed)
        layout.addWidget(self.splitter, 1)
        # Filled in their place: all below is styled anew with each parent it gets.
        self._build_left()
        self._build_right()

    # -- building

    def _build_header(self) -> None:
        self.title, self.facts = ElidedLabel(role="title"), ElidedLabel(role="muted")
        self.edit_button = theme.button(_("Edit…"), icon=icons.icon("user-pen"))
        self.edit_button.clicked.connect(self.edit_requested)
        self.report_button = theme.button(_("Report…"), icon=icons.icon("file-text"))
        self.report_button.clicked.connect(self.report_requested)
        camera = icons.icon("camera", tone="on_accent")
        self.visit_button = theme.button(_("New visit"), icon=camera, main=True)
        self.visit_button.clicked.connect(self.new_visit_requested)
        first = QHBoxLayout()
        first.setSpacing(theme.grid())
        first.addWidget(self.title, 1)
        for button in (self.edit_button, self.report_button, self.visit_button):
            first.addWidget(button)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.grid(0.75))
        second = QHBoxLayout()
        second.setSpacing(theme.grid(1.5))
        second.addWidget(self.facts)
        second.addLayout(self._chips)
        second.addStretch(1)
        self._header = QVBoxLayout()
        self._header.setSpacing(theme.grid(0.5))
        self._header.addLayout(first)
        self._header.addLayout(second)
        self.unconfirmed = Banner(tone="accent")
        self.unconfirmed.setVisible(False)
        self.go_on_button = self.unconfirmed.add_button(_("Go on with it"))
        self.go_on_button.clicked.connect(self._go_on)

    def _build_left(self) -> None:
        self.body = BodyMap()
        self.body.setToolTip(_("Click the body to add a lesion there"))
        self.body.site_chosen.connect(lambda *place: self.lesion_requested.emit(place))
        self.body.lesion_chosen.connect(self.choose_lesion)
        add = link(_("New lesion…"))
        add.setIcon(icons.icon("plus", tone="accent"))
        add.clicked.connect(lambda: self.lesion_requested.emit(None))
        self.add_lesion = add
        upper, column = card(margins=1)
        column.addWidget(self.body, 1)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.therapies = TherapyList()
        self.therapies.add_requested.connect(lambda: self.therapy_requested.emit(None))
        self.therapies.chosen.connect(self.therapy_requested)
        self.therapies.sessions_requested.connect(self.sessions_requested)
        self._left.setChildrenCollapsible(False)
        self._left.addWidget(upper)
        self._left.addWidget(self.therapies)
        self._left.setStretchFactor(0, 3)
        self._left.setStretchFactor(1, 2)

    def _build_right(self) -> None:
        self.cards = CardRow()
        self._card_row = self.cards.row
        self.timeline = Timeline(self._clinic, self._background, settings=self._settings)
        self.strip = self.timeline.strip
        self.strip.visit_chosen.connect(self.visit_requested)
        self.strip.view_told.connect(self.photo_view_told)
        self.no_photos = _hint(
            _("No photo yet. Drop photos anywhere on this page, or press New visit.")
        )
        photos, column = card(margins=1)
        column.addWidget(self.timeline)
        column.addWidget(self.no_photos)
        self.healing = HealingCard(self._background)
        self.chart = self.healing.chart
        self.chart.visit_chosen.connect(self.visit_requested)
        self.chart.visit_pointed.connect(self.strip.show_visit)
        self.timeline.current_changed.connect(self._mark_day)
        self.chooser = add_chooser(self.chart, self._settings)
        # The figures by therapy are long: the photos make room for them.
        self.healing.tabs.currentChanged.connect(lambda index: photos.setVisible(index == 0))
        inside = QWidget()
        whole = QVBoxLayout(self._right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(DownScroll(inside), 1)
        whole.addWidget(self.healing.by_therapy.caution)
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.grid(1.5))
        right.addWidget(self.cards)
        right.addWidget(photos)
        right.addWidget(self.healing, 1)

    # -- showing

    def open_patient(self, patient_id: int, *, keep_lesion: bool = False) -> None:
        """Read a patient's history in the background and show it."""

        def work() -> PatientView:
            return view_of(self._clinic.read(lambda r: r.history(patient_id)))

        def show(view: PatientView) -> None:
            lesion_id = self.lesion_id if keep_lesion else None
            self._all_chosen = self._all_chosen and keep_lesion
            self.show_view(view, lesion_id=lesion_id)
            self.loaded.emit(patient_id)

        self._background.run(work, done=show, failed=self.failed.emit, key="open patient")

    def show_view(self, view: PatientView, *, lesion_id: int | None = None) -> None:
        """Show this patient, with a lesion chosen where they have one."""
        self.view = view
        patient = view.history.patient.value
        self.title.setText(view.title)
        self.facts.setText(view.facts)
        clear_layout(self._chips)
        for text, tone in view.chips:
            self._chips.addWidget(theme.chip(text, tone=tone))
        self.unconfirmed.say(view.unconfirmed_text)
        self.body.set_sex(patient.sex)
        self.therapies.set_courses(view.history.courses, sessions=view.history.sessions)
        self._show_cards(view)
        ids = [lesion.id for lesion in view.lesions]
        self.lesion_id = None
        if lesion_id is None and self._all_chosen and self._total is not None:
            self.choose_lesion(None)
        elif lesion_id in ids:
            self.choose_lesion(lesion_id)
        else:
            open_ones = [lesion.id for lesion in view.lesions if not lesion.status]
            self.choose_lesion(next(iter(open_ones or ids), None))

    def choose_lesion(self, lesion_id: int | None) -> None:
        """Show this lesion's photos and chart; None shows all photos."""
        if self.view is None:
            return
        self.lesion_id = lesion_id
        for card_id, lesion_card in self._cards.items():
            lesion_card.set_chosen(card_id == lesion_id)
        if self._total is not None:
            self._total.set_chosen(lesion_id is None)
        self._all_chosen = lesion_id is None and self._total is not None
        if lesion_id in self._cards:
            self.cards.show_card(self._cards[lesion_id])
        dots = tuple(lesion.dot for lesion in self.view.lesions if lesion.dot is not None)
        self.body.set_lesions(dots, active=lesion_id)
        self.timeline.set_photos(self.view.photos, lesion_id=lesion_id)
        self.timeline.setVisible(not self.timeline.is_empty())
        self.no_photos.setVisible(self.timeline.is_empty())
        self.healing.set_history(self.view.history, lesion_id)

    def _mark_day(self, photo: StripPhoto | None) -> None:
        self.chart.mark_day(photo.on if photo else None)

    def _go_on(self) -> None:
        """Open the newest visit that nobody confirmed."""
        if self.view is not None and self.view.unconfirmed:
            self.visit_requested.emit(self.view.unconfirmed[0].id)

    def _show_cards(self, view: PatientView) -> None:
        clear_layout(self._card_row)
        self._cards, self._total = {}, None
        if view.total is not None:
            self._total = TotalCard(view.total)
            self._total.chosen.connect(self.choose_lesion)
            self._card_row.addWidget(self._total)
        for lesion in view.lesions:
            made = LesionCard(lesion)
            made.chosen.connect(self.choose_lesion)
            made.edit_requested.connect(self.lesion_edit_requested)
            made.menu_requested.connect(self.lesion_menu_requested)
            self._cards[lesion.id] = made
            self._card_row.addWidget(made)
        if not view.lesions:
            text = _("No lesion yet. Click its place on the body, or press New lesion.")
            self._card_row.addWidget(_hint(text))
        self._card_row.addStretch(1)

    # -- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.view is not None and _local_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_compact(self.height() < LOW_PX)

    def set_read_only(self, read_only: bool) -> None:
        """Hide what would write."""
        writers: tuple[QWidget, ...] = (self.edit_button, self.visit_button, self.add_lesion)
        for widget in writers:
            widget.setEnabled(not read_only)
        self.go_on_button.setVisible(not read_only)
        self.setAcceptDrops(not read_only)
        self.strip.set_read_only(read_only)
        self.therapies.set_read_only(read_only)
        self.healing.set_read_only(read_only)


def _local_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _hint(text: str) -> QLabel:
    made = theme.label(text, role="muted")
    made.setWordWrap(True)
    made.setMargin(theme.grid(2))
    return made
