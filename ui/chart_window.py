"""The period that a chart shows, as it is zoomed and moved: pairs of proleptic ordinals."""

from typing import TypeAlias

Window: TypeAlias = tuple[float, float]

SHORTEST_DAYS = 7.0


def zoomed(window: Window, factor: float, *, share: float, full: Window) -> Window | None:
    """The period `factor` times shorter about a place (0 left, 1 right); None is all of it."""
    span = min(max((window[1] - window[0]) / factor, SHORTEST_DAYS), full[1] - full[0])
    share = min(max(share, 0.0), 1.0)
    day = window[0] + share * (window[1] - window[0])
    return kept((day - share * span, day + (1 - share) * span), full=full)


def kept(window: Window, *, full: Window) -> Window | None:
    """The period moved to lie within all there is; None is all of it."""
    low, high = full
    span = min(window[1] - window[0], high - low)
    first = min(max(window[0], low), high - span)
    return None if span >= high - low - 1e-6 else (first, first + span)
