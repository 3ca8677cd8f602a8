"""What is being edited: a photo's outlines, scale and head direction, with their undo.

Tools change outlines only through `Session.commit`, so that every change is undoable,
sound, and announced once. Nothing here paints or knows a widget.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ui.background import Background
from ui.photo_editor.geometry import View
from ui.photo_editor.scene import (
    Fill,
    LesionMark,
    ScaleMark,
    Scene,
    lesion_colour,
    scale_mark,
)
from ui.photo_editor.tissue_layer import TissueLayer
from ui.photo_editor.undo import OutlineChange, ValueChange
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.measure.types import Measurement
from woundtrack.outline import edit
from woundtrack.outline.rings import check, signed_area
from woundtrack.outline.types import Outline, PointPx
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale
from woundtrack.words import _

EMPTY = Outline()


class Session(QObject):
    """The state of one photo under the editor. Points are px of the upright photo."""

    changed = Signal()
    """Something to be repainted; the photo and the grid stay as they are."""
    ground_changed = Signal()
    """Photo, scale or grid changed as well."""
    told = Signal(str, bool)
    """A sentence for the status line, and whether it is a refusal."""
    outline_changed = Signal(int, object)
    active_changed = Signal(int)
    head_changed = Signal(float)
    points_chosen = Signal(object, object)
    """A tool that gives the scale, and its points."""
    ruler_looked = Signal(object)
    scale_accepted = Signal()
    scale_dropped = Signal()
    proposal_failed = Signal(object)
    tool_wanted = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = background
        self.undo_stack = QUndoStack(self)
        self.tissue = TissueLayer(self)
        self.pixels: Pixels | None = None
        self.photo: Photo | None = None
        self.photo_px = (0, 0)
        self.view = View()
        self.view_size = (1.0, 1.0)
        """Of the widget that shows the photo, in view px."""
        self.scale: ScaleMark | None = None
        self.trial: ScaleMark | None = None
        self.head_angle_deg: float | None = None
        self.head_proposed = False
        self.outlines: dict[int, Outline] = {}
        self.labels: dict[int, str] = {}
        self.measurements: dict[int, Measurement] = {}
        self.active: int | None = None
        self.preview: Outline | None = None
        self.crossings: tuple[PointPx, ...] = ()
        self.read_only = False
        self.brush_px = 18.0
        """Radius of the brushes in view px, so that zooming in makes them finer."""
        self.show_grid = self.show_outlines = True

    # -- what is shown

    def set_photo(self, pixels: Pixels | None, photo: Photo | None) -> None:
        """Start anew with another photo, or none."""
        self.pixels, self.photo = pixels, photo
        self.photo_px = (pixels.shape[1], pixels.shape[0]) if pixels is not None else (0, 0)
        self.scale = self.trial = None
        self.head_angle_deg, self.head_proposed = None, False
        self.outlines, self.labels, self.measurements = {}, {}, {}
        self.active, self.preview, self.crossings = None, None, ()
        self.tissue.set_maps({})
        self.undo_stack.clear()
        self.ground_changed.emit()

    def set_scale(self, scale: Scale | None) -> None:
        """Show where this scale comes from and its 1 cm grid."""
        self.scale = None if scale is None else scale_mark(scale, self.photo_px)
        self.ground_changed.emit()

    def set_trial(self, scale: Scale | None) -> None:
        """Show another scale in place of the photo's own until it is accepted or given up."""
        if scale is not None or self.trial is not None:
            self.trial = None if scale is None else scale_mark(scale, self.photo_px)
            self.ground_changed.emit()

    def set_outlines(
        self, outlines: Mapping[int, Outline], *, labels: Mapping[int, str], active: int | None
    ) -> None:
        """Show these outlines.

        Where they are those shown already, undo and a change under way are kept: the page
        shows what it stored again and again. A lesion without rings counts as absent.
        """
        if _drawn(outlines) != _drawn(self.outlines):
            self.undo_stack.clear()
            self.preview, self.crossings, self.tissue.preview = None, (), None
        elif active != self.active:
            self.preview, self.crossings, self.tissue.preview = None, (), None
        self.outlines, self.labels, self.active = dict(outlines), dict(labels), active
        self.measurements = {k: m for k, m in self.measurements.items() if k in self.outlines}
        self.changed.emit()

    def set_measurement(self, key: int, measurement: Measurement | None) -> None:
        """Show what a lesion's outline measures, or nothing."""
        self.measurements.pop(key, None)
        if measurement is not None:
            self.measurements[key] = measurement
        self.changed.emit()

    def scene(
        self, view: View, size: tuple[float, float], *, fill: Fill = Fill.NONE, axes: bool = True
    ) -> Scene:
        """The frozen picture of this moment."""
        return Scene(
            view=view,
            size=size,
            photo_px=self.photo_px,
            lesions=self.lesions(),
            tissues=self.tissue.marks(),
            scale=self.trial or self.scale,
            head_angle_deg=self.head_angle_deg,
            head_proposed=self.head_proposed,
            crossings_px=self.crossings,
            fill=fill,
            show_grid=self.show_grid,
            show_axes=axes and self.preview is None,
            show_outlines=self.show_outlines,
        )

    def lesions(self) -> tuple[LesionMark, ...]:
        """Every lesion, in the order of its label, a change under way included."""
        keys = [*self.labels, *(k for k in self.outlines if k not in self.labels)]
        marks = []
        for position, key in enumerate(keys):
            active = key == self.active
            outline = self.outlines.get(key, EMPTY)
            if active and self.preview is not None:
                outline = self.preview
            measured = None if active and self.preview is not None else self.measurements.get(key)
            colour, label = lesion_colour(position), self.labels.get(key, "")
            marks.append(LesionMark(key, label, colour, outline, active, measured))
        return tuple(marks)

    # -- what the tools ask

    def reach_px(self, view_px: float) -> float:
        """A distance in the view, in px of the photo."""
        return view_px / self.view.zoom

    def outline(self) -> Outline:
        """The active lesion's outline; empty where it has none."""
        return EMPTY if self.active is None else self.outlines.get(self.active, EMPTY)

    def active_mark(self) -> LesionMark | None:
        """The active lesion as it is drawn."""
        return next((mark for mark in self.lesions() if mark.active), None)

    def clamped(self, point_px: PointPx) -> PointPx:
        """The nearest point of the photo."""
        return edit.within_photo(point_px, width_px=self.photo_px[0], height_px=self.photo_px[1])

    def may_draw(self) -> bool:
        """Whether an outline may be changed now; tells why where it may not."""
        if self.read_only or self.pixels is None:
            return False
        if self.active is None:
            self.tell(_("Choose the lesion first: its outline is drawn here."), refusal=True)
            return False
        return True

    # -- changes

    def commit(self, outline: Outline, *, text: str, nudged: object = None) -> bool:
        """Make this the active lesion's outline, undoably; False where it crosses itself."""
        self.preview = None
        key, now = self.active, self.outline()
        if key is None or (outline.rings, outline.source) == (now.rings, now.source):
            self.changed.emit()
            return True
        fault = self._fault(outline)
        # An outline that came unsound, from a file perhaps, may be mended step by step.
        if fault is not None and self._fault(self.outline()) is None:
            self.refuse(fault, crossings=edit.crossings(outline))
            return False
        self.replace(key, outline, text=text, nudged=nudged)
        return True

    def replace(self, key: int, outline: Outline, *, text: str, nudged: object = None) -> None:
        """Make this a lesion's outline, undoably, as it is."""
        self.clear_message()
        before = self.outlines.get(key, EMPTY)
        change = OutlineChange(
            self._put_outline, key=key, before=before, after=outline, text=text, nudged=nudged,
        )  # fmt: skip
        self.undo_stack.push(change)

    def turn_head(self, angle_deg: float) -> None:
        """Set the direction towards the head; undoable where there was one before."""
        self.clear_message()
        if self.head_angle_deg is None or self.head_proposed:
            self._put_head(angle_deg)
            return
        text = _("Turn the head arrow")
        self.undo_stack.push(
            ValueChange(self._put_head, before=self.head_angle_deg, after=angle_deg, text=text)
        )

    def set_preview(self, outline: Outline | None, *, crossings: Sequence[PointPx] = ()) -> None:
        """Show a change that is not finished."""
        self.preview = outline
        self.crossings = tuple(crossings)
        self.changed.emit()

    def activate(self, key: int) -> None:
        """Make another lesion the active one, and announce it."""
        if key == self.active:
            return
        self.active = key
        self.preview, self.crossings, self.tissue.preview = None, (), None
        self.active_changed.emit(key)
        self.changed.emit()

    def lesion_at(self, point_px: PointPx) -> int | None:
        """The lesion whose outline is around or at a point; a smaller one first."""
        hit = []
        for key, outline in self.outlines.items():
            found = edit.hit_test(outline, point_px=point_px, tolerance_px=self.reach_px(6.0))
            if found.kind not in (edit.HitKind.NOTHING, edit.HitKind.HOLE):
                hit.append((abs(signed_area(outline.rings[found.ring])), key))
        return min(hit)[1] if hit else None

    # -- sentences

    def tell(self, sentence: str, *, refusal: bool = False) -> None:
        """Show a sentence in the status line."""
        self.told.emit(sentence, refusal)

    def refuse(self, error: WoundtrackError, *, crossings: Sequence[PointPx] = ()) -> None:
        """Say why something was not taken, and mark where."""
        self.crossings = tuple(crossings)
        self.changed.emit()
        self.tell(explain(error), refusal=True)

    def clear_message(self) -> None:
        """Take a sentence and its marks back."""
        self.crossings = ()
        self.told.emit("", False)

    def _fault(self, outline: Outline) -> OutlineError | None:
        """Why an outline would have no area with a meaning; an empty one is sound."""
        if not outline.rings:
            return None
        if edit.crossings(outline):
            return OutlineError("outline.drawn_across")
        try:
            check(outline, width_px=self.photo_px[0], height_px=self.photo_px[1])
        except OutlineError as error:
            return error
        return None

    def _put_outline(self, key: int, outline: Outline) -> None:
        self.outlines[key] = outline
        self.measurements.pop(key, None)
        self.preview, self.crossings, self.tissue.preview = None, (), None
        self.outline_changed.emit(key, outline)
        if key != self.active:
            self.activate(key)
        self.changed.emit()

    def _put_head(self, angle_deg: float) -> None:
        self.head_angle_deg, self.head_proposed = angle_deg, False
        self.head_changed.emit(angle_deg)
        self.changed.emit()


def _drawn(outlines: Mapping[int, Outline]) -> dict[int, Outline]:
    return {key: outline for key, outline in outlines.items() if outline.rings}
