"""The window in which two to four photos of a lesion are compared."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QToolTip, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.compare import words as told
from ui.compare.canvas import CompareCanvas
from ui.compare.desk import CompareDesk, Shelf
from ui.compare.picking import Picking
from ui.compare.picture import Mode
from ui.compare.shown import Shown, laid, shown_of
from ui.compare.told import Told
from ui.compare.tools import CompareTools
from ui.models.compare import (
    FEWEST,
    ComparePhoto,
    choice_with,
    lesions_to_compare,
    photos_of,
    subtitles,
)
from ui.models.patient_view import PatientView
from ui.photo_strip import PhotoStrip
from ui.photo_strip_timeline import too_many_text
from ui.settings import Settings
from woundtrack.report.labels import lesion_name
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

USUAL_SIZE = QSize(1280, 800)
LOW_PX = 640
"""Under this height the strip of photos is folded away: the photos compared are the hero."""
_ON, _OFF = "on", "off"


class CompareWindow(QDialog):
    """Holds what is compared; nothing in it is written into the record.

    It goes with the clinic: locking rejects it, and with it every picture is let go.
    """

    visit_requested = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        view: PatientView,
        lesion_id: int,
        marked: Sequence[int] = (),
        shelf: Shelf,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._clinic, self._background = clinic, background
        self._view, self._settings, self._shelf = view, settings, shelf
        self._photos: tuple[ComparePhoto, ...] = ()
        self._texts: dict[int, str] = {}
        self._lesion_id = lesion_id
        self._over: tuple[int, int] | None = None
        self._low = False
        self._wanted = self._kept_mode()
        self.desk = CompareDesk(
            clinic, background, shelf=shelf, matched=self._kept("colours", _OFF) == _ON
        )
        self.desk.changed.connect(self._show)
        self.canvas, self.tools, self.told = CompareCanvas(), CompareTools(), Told()
        self.picking = Picking(background)
        self.strip = PhotoStrip(clinic, background)
        self.strip.marking = True
        self.strip.set_compact(True)
        self.strip.set_read_only(True)
        self._lay_out()
        self._connect()
        self.show_lesion(lesion_id, marked=marked)

    # -- building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(1.5)] * 4)
        column.setSpacing(theme.grid())
        column.addWidget(self.tools)
        column.addWidget(self.picking)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.told)
        column.addWidget(self.strip)
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize()))
        geometry = self._settings.layout("compare")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _connect(self) -> None:
        tools, canvas = self.tools, self.canvas
        offered = lesions_to_compare(self._view.history, self._view.photos)
        names = [(lesion.id, lesion_name(lesion.value)) for lesion in offered]
        tools.show_lesions(names, chosen=self._lesion_id)
        tools.lesion.activated.connect(lambda _index: self.show_lesion(tools.lesion.value()))
        tools.mode_chosen.connect(self._choose_mode)
        tools.over_chosen.connect(self._choose_over)
        tools.fade_chosen.connect(canvas.set_fade)
        canvas.fade_changed.connect(tools.show_fade)
        tools.show_fade(canvas.fade)
        tools.blink_chosen.connect(canvas.blink.set_running)
        canvas.blink.running_changed.connect(tools.blink.setChecked)
        tools.blink.setChecked(canvas.blink.running)
        for name, button, usual in (
            ("outlines", tools.outlines, _ON), ("change", tools.change, _ON),
            ("colours", tools.colours, _OFF), ("photos", tools.photos, _ON),
        ):  # fmt: skip
            button.setChecked(self._kept(name, usual) == _ON)
            button.toggled.connect(lambda on, name=name: self._keep(name, _ON if on else _OFF))
        tools.outlines.toggled.connect(canvas.set_outlines_shown)
        canvas.set_outlines_shown(tools.outlines.isChecked())
        tools.change.toggled.connect(lambda _on: self._show())
        tools.colours.toggled.connect(self.desk.set_matched)
        tools.photos.toggled.connect(lambda _on: self._show_strip())
        self._show_strip()
        tools.points.clicked.connect(self._pick)
        tools.fit.clicked.connect(canvas.fit)
        tools.film.clicked.connect(self._film)
        canvas.point_picked.connect(lambda pane, x, y: self.picking.put(pane, (x, y)))
        self.picking.changed.connect(lambda: canvas.set_points(self.picking.points_mm()))
        self.picking.used.connect(self.desk.lay_by_points)
        self.picking.ended.connect(self._end_picking)
        self.told.stop_chosen.connect(self.desk.set_stopped)
        self.strip.marks.changed.connect(self._marked)
        self.strip.marks.refused.connect(self._too_many)
        self.strip.visit_chosen.connect(self._open_visit)

    def _show_strip(self) -> None:
        self.strip.setVisible(self.tools.photos.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the strip where the window becomes low, and bring it back where it was wanted."""
        super().resizeEvent(event)
        low = self.height() < LOW_PX
        if low != self._low:
            self._low = low
            with QSignalBlocker(self.tools.photos):
                self.tools.photos.setChecked(not low and self._kept("photos", _ON) == _ON)
            self._show_strip()

    # -- which photos

    def show_lesion(self, lesion_id: int, *, marked: Sequence[int] = ()) -> None:
        """Offer the photos of a lesion and show the marked ones, or the usual ones."""
        self._end_picking()
        self._lesion_id, self._over = lesion_id, None
        view = self._view
        self._photos = photos_of(view.history, view.photos, lesion_id=lesion_id)
        lesion = next(les for les in view.history.lesions if les.id == lesion_id)
        self.setWindowTitle(f"{view.title} · {lesion_name(lesion.value)}")
        self.strip.set_photos([photo.strip for photo in self._photos], lesion_id=lesion_id)
        before = self.strip.marks.ids()
        self.strip.marks.set(choice_with(self._photos, marked))
        if self.strip.marks.ids() == before:
            self._marked()  # the same photos, which show another lesion now

    def _marked(self) -> None:
        """Show the photos that are marked now."""
        self._end_picking()
        ids = self.strip.marks.ids()
        chosen = tuple(photo for photo in self._photos if photo.id in ids)
        self._texts = dict(subtitles(self._view.history, chosen, lesion_id=self._lesion_id))
        self.tools.film.setEnabled(len(chosen) >= FEWEST)
        self.desk.show_photos(chosen)

    def _too_many(self) -> None:
        QToolTip.showText(self.strip.mapToGlobal(self.strip.rect().topLeft()), too_many_text())

    def _open_visit(self, visit_id: int) -> None:
        self.accept()
        self.visit_requested.emit(visit_id)

    # -- how they are compared

    def _choose_mode(self, mode: Mode) -> None:
        self._end_picking()
        self._wanted = mode
        self._keep("mode", mode.value)
        self._show()

    def _choose_over(self, first_id: int, second_id: int) -> None:
        self._over = (first_id, second_id)
        self._show()

    # -- showing

    def _show(self) -> None:
        """Everything anew, as far as it has come."""
        entries = self.desk.entries
        wanted = Mode.SIDE_BY_SIDE if self.canvas.picking else self._wanted
        shown = shown_of(entries, texts=self._texts, wanted=wanted, over=self._over)
        self.canvas.set_pictures(shown.pictures)
        if shown.mode is not self.canvas.mode:
            self.canvas.set_mode(shown.mode)
        self.canvas.set_over(*shown.over)
        tints = self.tools.change.isChecked() and not self.canvas.picking
        tint = shown.change if tints else None
        self.canvas.set_change(tint.gained_mm if tint else (), tint.lost_mm if tint else ())
        laid_ones = [(entry.photo.id, entry.photo.title) for entry in laid(entries)]
        self.tools.show_mode(shown.mode, laid=laid_ones, why_not=told.why_not(self.desk.busy))
        if len(shown.entries) > 1:
            below, above = (shown.entries[place].photo.id for place in shown.over)
            self.tools.show_over(laid_ones, first=below, second=above)
        outlined = bool(entries) and entries[0].photo.outline is not None
        self.tools.points.setEnabled(outlined and len(entries) > 1 and not self.desk.reading)
        self._tell(shown)

    def _tell(self, shown: Shown) -> None:
        entries = self.desk.entries
        if len(entries) < FEWEST:
            self.told.say([_("Choose two to four photos below: a click or Space marks one.")])
            return
        lines = [told.told(entry, entries[0]) for entry in entries[1:]]
        more = [told.held(entries)]
        if shown.mode is not Mode.SIDE_BY_SIDE:
            more.append(told.left_out(entries))
        if self.desk.matched:
            more.append(told.light(entries))
        stopped, waiting = self.desk.stopped, () if self.canvas.picking else self.desk.to_lay()
        waits = told.waits(entries, waiting, stopped=stopped)
        self.told.say(lines, more=more, waits=waits, runs=not stopped)

    # -- points

    def _pick(self) -> None:
        if self.canvas.picking:
            self._end_picking()
            return
        self.desk.set_paused(True)
        entries = self.desk.entries
        self.canvas.set_picking(True)
        first = entries[0].photo
        pairs = {each.photo.id: self._shelf.of(first, each.photo) for each in entries[1:]}
        self.picking.begin(entries, pairs)
        self.tools.points.setChecked(True)
        self._show()
        self.canvas.setFocus()

    def _end_picking(self) -> None:
        self.tools.points.setChecked(False)
        if not self.canvas.picking:
            return
        self.canvas.set_picking(False)
        self.canvas.set_points(())
        self.picking.setVisible(False)
        self.desk.set_paused(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the points first."""
        if event.key() == Qt.Key.Key_Escape and self.canvas.picking:
            self._end_picking()
        else:
            super().keyPressEvent(event)

    # -- film

    def _film(self) -> None:
        from ui.compare.film_dialog import FilmDialog

        FilmDialog(
            self._clinic, self._background, history=self._view.history, lesion_id=self._lesion_id,
            photo_ids=self.strip.marks.ids(), shelf=self._shelf, parent=self,
        ).open()  # fmt: skip

    # -- what is remembered, and the end

    def _kept(self, name: str, usual: str) -> str:
        return self._settings.last(f"compare_{name}") or usual

    def _keep(self, name: str, text: str) -> None:
        self._settings.keep_last(f"compare_{name}", text)

    def _kept_mode(self) -> Mode:
        kept = self._kept("mode", Mode.SIDE_BY_SIDE.value)
        return Mode(kept) if kept in [mode.value for mode in Mode] else Mode.SIDE_BY_SIDE

    def done(self, result: int) -> None:
        """Let go of every picture."""
        self._settings.keep_layout("compare", self.saveGeometry())
        self.desk.forget()
        self.canvas.set_pictures(())
        self.strip.pictures.forget()
        super().done(result)
