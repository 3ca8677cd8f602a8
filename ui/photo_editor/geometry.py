"""Where a point of the photo lies in the view, and back: pure arithmetic, without Qt.

Photo px have (0, 0) at the centre of the first pixel; view px are the widget's logical px.
"""

import math
from dataclasses import dataclass, replace

from woundtrack.outline.types import PointPx

MOST_ZOOM = 64.0
"""View px for one photo px, at most."""
LEAST_SHOWN_PX = 48.0
"""So much of the photo stays in the view however it is panned, in view px."""


@dataclass(frozen=True, slots=True)
class View:
    """view = photo × zoom + offset, both axes alike."""

    zoom: float = 1.0
    """View px for one photo px."""
    x: float = 0.0
    y: float = 0.0

    def to_view(self, point_px: PointPx) -> PointPx:
        """A point of the photo, in view px."""
        return (point_px[0] * self.zoom + self.x, point_px[1] * self.zoom + self.y)

    def to_photo(self, point_view: PointPx) -> PointPx:
        """A point of the view, in px of the photo."""
        return ((point_view[0] - self.x) / self.zoom, (point_view[1] - self.y) / self.zoom)


def fitted(
    *, photo: tuple[int, int], view: tuple[float, float], margin: float = 16.0, most: float = 8.0
) -> View:
    """The view that shows the whole photo (width, height) in the middle, within a margin."""
    width, height = max(1, photo[0]), max(1, photo[1])
    room_x, room_y = max(1.0, view[0] - 2 * margin), max(1.0, view[1] - 2 * margin)
    zoom = min(room_x / width, room_y / height, most)
    return centred_on(((width - 1) / 2, (height - 1) / 2), zoom=zoom, view=view)


def centred_on(point_px: PointPx, *, zoom: float, view: tuple[float, float]) -> View:
    """The view of this zoom with a point of the photo in its middle."""
    return View(zoom, view[0] / 2 - point_px[0] * zoom, view[1] / 2 - point_px[1] * zoom)


def zoomed_at(
    view: View, *, anchor: PointPx, factor: float, least: float, most: float = MOST_ZOOM
) -> View:
    """The view zoomed by a factor within limits; what lies under `anchor` (view px) stays there."""
    zoom = min(max(view.zoom * factor, least), most)
    x, y = view.to_photo(anchor)
    return View(zoom, anchor[0] - x * zoom, anchor[1] - y * zoom)


def panned(view: View, *, by: PointPx) -> View:
    """The view shifted by view px."""
    return replace(view, x=view.x + by[0], y=view.y + by[1])


def kept_in_sight(view: View, *, photo: tuple[int, int], size: tuple[float, float]) -> View:
    """The view shifted as little as needed to keep part of the photo in the widget."""
    left, top = view.to_view((-0.5, -0.5))
    right, bottom = view.to_view((photo[0] - 0.5, photo[1] - 0.5))
    dx = _nudge(left, right, size[0])
    dy = _nudge(top, bottom, size[1])
    return panned(view, by=(dx, dy)) if dx or dy else view


def _nudge(low: float, high: float, room: float) -> float:
    shown = min(LEAST_SHOWN_PX, high - low, room)
    if high < shown:
        return shown - high
    if low > room - shown:
        return room - shown - low
    return 0.0


def visible_px(
    view: View, *, photo: tuple[int, int], size: tuple[float, float]
) -> tuple[float, float, float, float] | None:
    """The part of the photo in the view: left, top, right, bottom px edges; None if none is."""
    left, top = view.to_photo((0.0, 0.0))
    right, bottom = view.to_photo(size)
    left, top = max(left, -0.5), max(top, -0.5)
    right, bottom = min(right, photo[0] - 0.5), min(bottom, photo[1] - 0.5)
    return (left, top, right, bottom) if right > left and bottom > top else None


def head_angle_deg(tail_px: PointPx, head_px: PointPx) -> float:
    """The direction from tail to head, clockwise from up in the photo, 0 ≤ angle < 360."""
    angle = math.degrees(math.atan2(head_px[0] - tail_px[0], tail_px[1] - head_px[1]))
    return angle % 360.0


def load_libraries() -> None:
    """Load what the tools compute with, which takes a moment the first time."""
    import scipy.ndimage
    import shapely
    import shapely.geometry

    del scipy, shapely
