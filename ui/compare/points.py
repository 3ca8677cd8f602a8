"""Points clicked in the photos of a comparison, taken back one by one."""

from dataclasses import dataclass

from ui.compare.laying import Pairs
from woundtrack.scale.types import PointPx


@dataclass(frozen=True, slots=True)
class Click:
    """A point of a photo, in its px."""

    photo_id: int
    at_px: PointPx


@dataclass(frozen=True, slots=True)
class Clicks:
    """All clicks in their order: the n-th of a later photo is the n-th place of the first."""

    clicks: tuple[Click, ...] = ()
    undone: tuple[Click, ...] = ()

    def put(self, photo_id: int, at_px: PointPx) -> "Clicks":
        """One more."""
        return Clicks((*self.clicks, Click(photo_id, at_px)))

    def undo(self) -> "Clicks":
        """Without the latest."""
        if not self.clicks:
            return self
        return Clicks(self.clicks[:-1], (self.clicks[-1], *self.undone))

    def redo(self) -> "Clicks":
        """With the one taken back last."""
        if not self.undone:
            return self
        return Clicks((*self.clicks, self.undone[0]), self.undone[1:])

    def of(self, photo_id: int) -> tuple[PointPx, ...]:
        """The points of a photo."""
        return tuple(each.at_px for each in self.clicks if each.photo_id == photo_id)

    def pairs(self, first_id: int, later_id: int) -> Pairs:
        """Those that both photos have."""
        return tuple(zip(self.of(first_id), self.of(later_id), strict=False))

    @classmethod
    def of_pairs(cls, first_id: int, pairs_of: dict[int, Pairs]) -> "Clicks":
        """The clicks that make these pairs, by later photo, where the first photo's agree."""
        longest: Pairs = max(pairs_of.values(), key=len, default=())
        clicks = [Click(first_id, first) for first, _later in longest]
        for photo_id, pairs in pairs_of.items():
            if [first for first, _later in pairs] == [one for one, _ in longest[: len(pairs)]]:
                clicks += [Click(photo_id, later) for _first, later in pairs]
        return cls(tuple(clicks))
