"""One lesion as the body map shows it; knows nothing of Qt."""

from dataclasses import dataclass

from woundtrack.records import BodyView, SiteClass


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
