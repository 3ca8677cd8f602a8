"""The figures of a network on photos it has not seen, by the program's own way of proposing.

First proposals, simulated clicks, photos without wounds and the off-domain set. `quick` is what
the training log holds; `everything` is what is reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.outline.clicks import next_click
from training.outline.metrics import Scored, mean, mean_wounded, missed, pooled, quiet, scored
from training.outline.pictures import Picture, labelled, pairs
from training.outline.sets import Kept
from woundtrack.outline.drawn import outline_of
from woundtrack.outline.interactive import ProbabilityMap, corrected, first
from woundtrack.outline.masks import mask_from_rings
from woundtrack.outline.network import Ask
from woundtrack.outline.sight import Sight

MOST_CLICKS = 10
GOOD = 0.90
SHOWN_CLICKS = (1, 2, 3, 5)


def sight_of(picture: Picture) -> Sight:
    """The picture as the program makes it ready."""
    return Sight.of(np.ascontiguousarray(picture.colours[..., ::-1]))


def shown(sight: Sight, found: ProbabilityMap, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels that the outline drawn from a map holds, in a photo of the truth's shape."""
    height, width = truth.shape
    rings = outline_of(sight, found).rings
    return np.asarray(mask_from_rings(rings, width_px=width, height_px=height) > 0.5, np.bool_)


def quick(ask: Ask, kept: Kept) -> dict[str, float]:
    """First proposals of the whole photo alone, and refined; how many empty photos stay so."""
    coarse = [_first_scored(ask, picture, refine=False) for picture in kept.outlined]
    fine = [_first_scored(ask, picture) for picture in kept.outlined]
    empty = [_first_scored(ask, picture) for picture in kept.without]
    series = [_first_scored(ask, picture) for picture in kept.series]
    return {
        "frame_mean": round(mean(coarse), 4),
        "frame_pooled": round(pooled(coarse), 4),
        "mean": round(mean(fine), 4),
        "mean_wounded": round(mean_wounded(fine), 4),
        "pooled": round(pooled(fine), 4),
        "missed": missed(fine),
        "quiet": round(quiet(empty), 4),
        "series": round(mean(series), 4),
    }


def _first_scored(ask: Ask, picture: Picture, *, refine: bool = True) -> Scored:
    sight, truth = sight_of(picture), picture.mask > 127
    return scored(picture.name, shown(sight, first(ask, sight, refine=refine), truth), truth)


@dataclass(frozen=True, slots=True)
class Course:
    """A photo's score at first and after each click, up to the most."""

    scores: tuple[Scored, ...]

    def after(self, clicks: int) -> Scored:
        """The score after so many clicks, the last one where no more were needed."""
        return self.scores[min(clicks, len(self.scores) - 1)]

    def clicks_to(self, good: float) -> int | None:
        """Clicks until the Dice is good; None where it never is."""
        each = enumerate(self.scores)
        return next((number for number, one in each if one.dice >= good), None)


def course(ask: Ask, picture: Picture, *, most: int = MOST_CLICKS) -> Course:
    """The photo proposed, then clicked at the centre of the largest error again and again.

    It ends where nothing is wrong, or after five clicks once the Dice was good.
    """
    sight, truth = sight_of(picture), picture.mask > 127
    found = first(ask, sight)
    seen = shown(sight, found, truth)
    scores = [scored(picture.name, seen, truth)]
    for number in range(most):
        click = next_click(seen, truth)
        done = number >= SHOWN_CLICKS[-1] and any(one.dice >= GOOD for one in scores)
        if click is None or done:
            break
        found = corrected(ask, sight, found, click)
        seen = shown(sight, found, truth)
        scores.append(scored(picture.name, seen, truth))
    return Course(tuple(scores))


def summed_up(courses: Sequence[Course]) -> dict[str, float]:
    """The table's figures of a set of photos."""
    begun = [one.after(0) for one in courses]
    reached = [one.clicks_to(GOOD) for one in courses]
    needed = [MOST_CLICKS if clicks is None else clicks for clicks in reached]
    figures: dict[str, float] = {
        "photos": len(courses),
        "mean": mean(begun),
        "mean_wounded": mean_wounded(begun),
        "pooled": pooled(begun),
        "missed": missed(begun),
        "clicks_to_90": float(np.mean(needed)),
        "never_90": reached.count(None),
    }
    for clicks in SHOWN_CLICKS:
        figures[f"mean_after_{clicks}"] = mean([one.after(clicks) for one in courses])
    return {name: round(value, 4) for name, value in figures.items()}


def off_domain(data: Path) -> list[Picture]:
    """The photos never trained on, nor looked at to decide anything."""
    return [labelled(image, mask) for image, mask in pairs(data / "outlines" / "medetec")]


def everything(ask: Ask, kept: Kept, data: Path) -> dict[str, Any]:
    """All figures, by set."""
    empty = [_first_scored(ask, picture) for picture in kept.without]
    return {
        "validation": summed_up([course(ask, picture) for picture in kept.outlined]),
        "series": summed_up([course(ask, picture) for picture in kept.series]),
        "off_domain": summed_up([course(ask, picture) for picture in off_domain(data)]),
        "without_wound": {"photos": len(empty), "quiet": round(quiet(empty), 4)},
    }
