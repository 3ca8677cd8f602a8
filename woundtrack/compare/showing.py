"""Which photos of a series are shown, and how; those left out are named."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.compare.field import field_of
from woundtrack.compare.picture import Style
from woundtrack.compare.place import Floats, rings_mm
from woundtrack.compare.series import Laid
from woundtrack.errors import AlignError, ExportError, WoundtrackError
from woundtrack.words import _, date, number

SMALLEST_PX, LARGEST_PX = 240, 3840
SHORTEST_S, LONGEST_S = 0.4, 60.0
"""Three flashes a second are a danger to some (WCAG 2.2, success criterion 2.3.1)."""
FEWEST = 2


@dataclass(frozen=True, slots=True)
class SeriesOptions:
    """How a series is shown."""

    longest_px: int = 1280
    """The longer side of each picture, without the words below."""
    seconds: float = 1.5
    """How long each photo stands in a film."""
    loop: bool = True
    fade: bool = False
    """Whether a photo melts into the next."""
    outlines: bool = True
    first_outline: bool = True
    """Whether the first outline stays, dashed."""
    sizes: bool = True
    matched: bool = True
    """Colours and brightness by each photo's card or ruler."""
    day_0: dt.date | None = None
    """Days are counted from it; None shows dates."""
    unaligned: bool = False
    """Photos that could not be laid on the first are shown too, by their own scale and marked."""
    title: str = ""
    """Over a contact sheet; nothing of the patient stands there by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """A photo that is not shown, and why."""

    day: str
    why: WoundtrackError


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture's photo, and the words that go with it."""

    photo: Laid
    day: str
    size: str
    note: str = ""
    """Where it is not laid on the first one."""


@dataclass(frozen=True, slots=True, eq=False)
class Showing:
    """What of a series is shown, and how."""

    shown: tuple[Shown, ...]
    style: Style
    left_out: tuple[LeftOut, ...]

    @property
    def farthest_off_mm(self) -> float | None:
        """How far off the wound's margin may be in the least sure photo (95 %), in mm."""
        laid = [each.photo.alignment for each in self.shown if each.photo.alignment]
        # All are told in px of the first photo; not each pair has a scale.
        mm_per_px = [each.mm_per_px for each in laid if each.mm_per_px is not None]
        if not mm_per_px:
            return None
        return max(each.margin_px for each in laid) * max(mm_per_px)


def showing_of(photos: Sequence[Laid], options: SeriesOptions) -> Showing:
    """The photos that can be shown in one field, in the order of their days.

    Raises ExportError film.size, film.seconds, film.too_few, film.too_few_visits.
    """
    check_options(options)
    if len(photos) < FEWEST:
        raise ExportError("film.too_few_visits", count=len(photos))
    ordered = sorted(photos, key=lambda photo: photo.shot.on)
    first = next((each for each in ordered if each.alignment is None and not each.refused), None)
    shown, left_out = [], []
    for photo in ordered:
        day = day_text(photo.shot.on, options.day_0)
        size = photo.shot.size if options.sizes else ""
        if photo.refused is None and photo.place is not None:
            shown.append(Shown(photo, day, size))
        elif options.unaligned and _by_own_scale(photo, first):
            shown.append(Shown(photo, day, size, _("not aligned: by its own scale")))
        else:
            left_out.append(LeftOut(day, photo.refused or AlignError("align.not_alike")))
    if len(shown) < FEWEST:
        raise ExportError("film.too_few", count=len(shown))
    return Showing(tuple(shown), _style(shown, first, options), tuple(left_out))


def day_text(on: dt.date, day_0: dt.date | None) -> str:
    """The day as a date, or as a number of days since day 0."""
    if day_0 is None:
        return date(on)
    return _("Day {number}").format(number=number((on - day_0).days, decimals=0))


def check_options(options: SeriesOptions) -> None:
    """Refuse pictures and times out of bounds: ExportError film.size, film.seconds."""
    if not SMALLEST_PX <= options.longest_px <= LARGEST_PX:
        raise ExportError("film.size", least=SMALLEST_PX, most=LARGEST_PX)
    if not SHORTEST_S <= options.seconds <= LONGEST_S:
        raise ExportError(
            "film.seconds", least=number(SHORTEST_S), most=number(LONGEST_S, decimals=0)
        )


def _by_own_scale(photo: Laid, first: Laid | None) -> bool:
    """Whether a photo that was not laid can stand beside the first one in mm."""
    both = photo.place, first.place if first else None
    return isinstance(photo.refused, AlignError) and all(each and each.in_mm for each in both)


def _style(shown: Sequence[Shown], first: Laid | None, options: SeriesOptions) -> Style:
    rings: tuple[Floats, ...] = ()
    if options.first_outline and first is not None and first.place and first.shot.wound:
        rings = rings_mm(first.shot.wound, first.place)
    return Style(
        field_of([each.photo for each in shown], longest_px=options.longest_px),
        first_rings_mm=rings,
        first_name=day_text(first.shot.on, options.day_0) if first is not None else "",
        outlines=options.outlines,
        matched=options.matched,
        head=first is not None and first.shot.head_angle_deg is not None,
    )
