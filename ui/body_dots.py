"""One lesion as the body map shows it; knows nothing of Qt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from woundtrack.anatomy.places import point_of
from woundtrack.records import BodyView, Lesion, SiteClass

APART = 0.035
"""How far apart dots are put that would lie on each other, as a share of the drawing's width."""


@dataclass(frozen=True, slots=True)
class MapLesion:
    """One dot: which lesion, its letter, where it lies (0..1), and how it is shown."""

    id: int
    label: str
    view: BodyView
    x: float
    y: float
    site_class: SiteClass = SiteClass.UNCLASSIFIED
    closed: bool = False
    ended: bool = False
    """It parted or grew into another: what is left of it is where it was."""
    hint: str = ""


def place_on_map(lesion: Lesion) -> tuple[BodyView, float, float] | None:
    """Where a lesion lies: its own point, else its site's usual one; None where there is none."""
    if lesion.body_x is not None and lesion.body_y is not None:
        return lesion.body_view, lesion.body_x, lesion.body_y
    return point_of(lesion.site, lesion.side)


def side_by_side(dots: Iterable[MapLesion]) -> tuple[MapLesion, ...]:
    """The dots, each beside those before it that lie on the very same point."""
    taken: Counter[tuple[BodyView, float, float]] = Counter()
    placed = []
    for dot in dots:
        point = (dot.view, dot.x, dot.y)
        placed.append(replace(dot, x=dot.x + taken[point] * APART))
        taken[point] += 1
    return tuple(placed)
