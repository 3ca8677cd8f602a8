"""Which view fits a scene, and how far it may be zoomed and panned."""

from enum import Enum, auto

from ui.compare import canvas_geometry as geometry
from ui.compare.canvas_geometry import PlaneView, PointPx
from ui.compare.canvas_scene import Scene
from woundtrack.compare.sheet import BoxMm

AROUND = 2.4
"""Of the wounds' extent, so much is shown where they are fitted."""
MOST_ZOOM = 24.0
"""View px for one px of the finest photo, at most."""


class Fit(Enum):
    """What a view was fitted to, and is again when the canvas changes its size."""

    WOUNDS = auto()
    PHOTOS = auto()
    NOTHING = auto()


def fit_view(scene: Scene, fit: Fit) -> PlaneView:
    """The view that shows all wounds and some skin round them, or all photos whole."""
    whole = reach_mm(scene)
    if whole is None or not scene.panes or fit is Fit.NOTHING:
        return scene.view
    rects = [path.boundingRect() for path in scene.outlines if not path.isEmpty()]
    wounds = [(each.left(), each.top(), each.right(), each.bottom()) for each in rects]
    if fit is Fit.WOUNDS and wounds:
        box_mm = geometry.widened(geometry.round_all(wounds), times=AROUND, within=whole)
    else:
        box_mm = whole
    return geometry.fitted(box_mm, pane=scene.panes[0].box)


def zoomed_view(scene: Scene, factor: float, *, at: PointPx | None, pane: int) -> PlaneView:
    """The view zoomed as far as makes sense; what the pane shows at `at` stays there."""
    finest = min((image.mm_per_px for image in scene.images()), default=1.0)
    box = scene.panes[pane].box
    return geometry.zoomed_at(
        scene.view,
        box=box,
        at=box.middle if at is None else at,
        factor=factor,
        least=fit_view(scene, Fit.PHOTOS).px_per_mm / 2,
        most=MOST_ZOOM / finest,
    )


def kept_in_sight(scene: Scene, view: PlaneView) -> PlaneView:
    """The view as it may be: with something of the photos in its middle."""
    whole = reach_mm(scene)
    return view if whole is None else geometry.kept_in_sight(view, box_mm=whole)


def reach_mm(scene: Scene) -> BoxMm | None:
    """The box round all photos on the plane; None where there is none yet."""
    boxes = [image.box_mm for image in scene.images()]
    return geometry.round_all(boxes) if boxes else None
