"""What of a comparison is shown in which way, worked out from how far its photos have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.compare import words as told
from ui.compare.laying import Change, Entry
from ui.compare.picture import DATE_COLOURS, Mode, Picture


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The photos on the canvas, and which two of them lie over each other."""

    mode: Mode
    entries: tuple[Entry, ...]
    pictures: tuple[Picture, ...]
    over: tuple[int, int] = (0, 0)
    """Places in `entries`."""

    @property
    def change(self) -> Change | None:
        """What changed from the first photo to the one above; None between two later ones."""
        return self.entries[self.over[1]].change if self.entries and not self.over[0] else None

    @property
    def since_first(self) -> Entry | None:
        """The photo of which it is told what changed since the first one."""
        below, above = self.over
        return self.entries[above] if above and not below else None


def laid(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The photos that lie on each other: the first one, and those laid on it."""
    return tuple(
        entry
        for number, entry in enumerate(entries)
        if entry.image is not None and (number == 0 or entry.alignment is not None)
    )


def shown_of(
    entries: Sequence[Entry],
    *,
    texts: Mapping[int, str],
    wanted: Mode,
    over: tuple[int, int] | None = None,
) -> Shown:
    """Side by side all; over each other only what lies on the first photo.

    `texts` is what stands under each photo by its id, `over` the ids that a person chose.
    """
    on_each_other = laid(entries)
    mode = wanted if len(on_each_other) > 1 else Mode.SIDE_BY_SIDE
    shown = tuple(entries) if mode is Mode.SIDE_BY_SIDE else on_each_other
    colours = {id(entry): DATE_COLOURS[number] for number, entry in enumerate(entries)}
    pictures = [
        _picture(each, entries[0], texts.get(each.photo.id, ""), colours[id(each)])
        for each in shown
    ]
    return Shown(mode, shown, tuple(pictures), _places(shown, over))


def _places(shown: Sequence[Entry], over: tuple[int, int] | None) -> tuple[int, int]:
    """As chosen, else the first photo and the latest laid on it."""
    ids = [entry.photo.id for entry in shown]
    if over is not None and set(over) <= set(ids):
        return ids.index(over[0]), ids.index(over[1])
    latest = [place for place, entry in enumerate(shown) if entry.alignment is not None]
    return 0, max(latest, default=max(0, len(shown) - 1))


def _picture(entry: Entry, first: Entry, text: str, colour: str) -> Picture:
    # What lies on the first photo lies as that one does, whatever its own arrow says.
    upright = first if entry.alignment is not None else entry
    return Picture(
        entry.photo.title,
        entry.image,
        text,
        entry.rings_mm,
        colour,
        told.note(entry),
        upright.photo.value.head_angle_deg is not None,
    )
