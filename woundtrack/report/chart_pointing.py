"""What a pointer or a key means on a chart: the spot nearest to a place, and the next one."""

from dataclasses import replace
from typing import Literal

from woundtrack.report.chart_types import Chart, Spot

Way = Literal["left", "right", "up", "down"]

REACH = 14.0
_BAND_REACH = 5.0
_TICK_REACH = 6.0
_EDGE = 4.0


def spot_at(chart: Chart, x: float, y: float) -> Spot | None:
    """What lies at a place: in the lane there, the spot nearest across; else None.

    In a band away from its ends and sessions it is the course on that day.
    """
    lanes = [
        i for i, lane in enumerate(chart.lanes) if lane.top - _EDGE <= y <= lane.bottom + _EDGE
    ]
    for lane in sorted(lanes, key=lambda i: _away(chart, i, y)):
        found = _in_band(chart, lane, x) if _is_bands(chart, lane) else _in_lane(chart, lane, x, y)
        if found is not None:
            return found
    return None


def _away(chart: Chart, lane: int, y: float) -> float:
    rect = chart.lanes[lane]
    return max(rect.top - y, y - rect.bottom)


def _is_bands(chart: Chart, lane: int) -> bool:
    rect = chart.lanes[lane]
    return any(rect.top <= band.rect.top <= rect.bottom for band in chart.bands)


def _in_lane(chart: Chart, lane: int, x: float, y: float) -> Spot | None:
    close = [spot for spot in chart.spots if spot.lane == lane and abs(spot.x - x) <= REACH]
    # What is meant is most often the day: across counts double.
    return min(close, key=lambda s: (s.x - x) ** 2 + 0.25 * (s.y - y) ** 2, default=None)


def _in_band(chart: Chart, lane: int, x: float) -> Spot | None:
    mine = [spot for spot in chart.spots if spot.lane == lane]
    near = min(mine, key=lambda spot: abs(spot.x - x), default=None)
    if near is not None and abs(near.x - x) <= _TICK_REACH:
        return near
    rect = chart.lanes[lane]
    for band in chart.bands:
        inside = rect.top <= band.rect.top <= rect.bottom
        if inside and band.rect.left - _BAND_REACH <= x <= band.rect.right + _BAND_REACH:
            middle = (band.rect.top + band.rect.bottom) / 2
            return Spot(x, middle, replace(band.hit, on=chart.day_at(x), sessions=()), lane)
    return None


def next_spot(chart: Chart, spot: Spot | None, way: Way) -> Spot | None:
    """The spot that an arrow key goes to: along a lane in time, or to the lane above or below."""
    if not chart.spots:
        return None
    if spot is None:
        first = chart.spots[0].lane
        ends = _ordered(chart, first)
        return ends[0] if way in ("right", "down") else ends[-1]
    if way in ("up", "down"):
        return _other_lane(chart, spot, -1 if way == "up" else 1)
    ordered = _ordered(chart, spot.lane)
    by = 1 if way == "right" else -1
    if spot in ordered:
        place = ordered.index(spot) + by
        return ordered[min(max(place, 0), len(ordered) - 1)]
    beyond = [other for other in ordered if (other.x - spot.x) * by > 0]
    return (beyond[0] if by > 0 else beyond[-1]) if beyond else spot


def _ordered(chart: Chart, lane: int) -> list[Spot]:
    """A lane's spots in time; those of one day from top to bottom."""
    return sorted((s for s in chart.spots if s.lane == lane), key=lambda s: (s.x, s.y))


def _other_lane(chart: Chart, spot: Spot, by: int) -> Spot:
    """The nearest day in the next lane that has any spot; the same spot where none has."""
    lanes = sorted({other.lane for other in chart.spots if (other.lane - spot.lane) * by > 0})
    if not lanes:
        return spot
    lane = lanes[0] if by > 0 else lanes[-1]
    return min(_ordered(chart, lane), key=lambda other: abs(other.x - spot.x))
