"""One lesion as the body map shows it; knows nothing of Qt."""

from dataclasses import dataclass

from woundtrack.anatomy.places import point_of
from woundtrack.records import BodyView, Lesion, SiteClass


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
