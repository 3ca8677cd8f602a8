"""What the program makes of one photo of a ruler whose truth is known."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from benchmarks.render_camera import Array
from benchmarks.scale_negatives import negative
from benchmarks.scale_scenes import scene
from benchmarks.scale_truth import Scene
from woundtrack.errors import MeasureError, ScaleError
from woundtrack.measure.measurement import measure
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler import find_ruler
from woundtrack.units import cm2_from_mm2

WRONG = 0.05
BEYOND_SD = 3.0
"""Developers are shown what is this many sd off."""
JOBS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one photo: the area's relative error and its sd as told, or the reason of refusal."""

    name: str
    family: str = ""
    error: float | None = None
    relative_sd: float = 0.0
    refused: str = ""
    warnings: tuple[str, ...] = ()
    limb: str = "flat"
    focal_told: bool = True
    tilt_deg: float = 0.0
    readable: bool = False

    @property
    def read(self) -> bool:
        """Whether a scale was given."""
        return self.error is not None

    @property
    def wrong(self) -> bool:
        """Whether an area was given that is off by more than 5 %."""
        return self.error is not None and abs(self.error) > WRONG

    @property
    def sds(self) -> float:
        """The error in its own sd; 0 where refused."""
        return abs(self.error) / self.relative_sd if self.error is not None else 0.0

    @property
    def curved(self) -> bool:
        """Whether it was said that the surface is bent."""
        return any("curved" in code for code in self.warnings)

    @property
    def trouble(self) -> str:
        """What a developer should look at, in a word; empty where all is well."""
        if self.wrong:
            return "wrong"
        if self.read:
            return "beyond" if self.sds > BEYOND_SD else ""
        return self.refused.removeprefix("scale.") if self.readable else ""


def measured(
    name: str, pixels: Pixels, photo: Photo, outline_px: Array, area_mm2: float
) -> Outcome:
    """The area of a true outline under the ruler's scale, as the program itself measures it."""
    try:
        scale = find_ruler(pixels, photo)
        ring = tuple((float(x), float(y)) for x, y in outline_px)
        found = measure(Outline(rings=(ring,)), scale, outline_sd_px=0.0)
    except (ScaleError, MeasureError) as error:
        return Outcome(name, refused=error.code)
    return Outcome(
        name,
        error=found.area_cm2 / cm2_from_mm2(area_mm2) - 1,
        relative_sd=found.area_cm2_sd / found.area_cm2,
        warnings=scale.warnings,
    )


def tried(shown: Scene) -> Outcome:
    """What the program makes of a scene."""
    got = measured(str(shown.seed), shown.pixels, shown.photo, shown.outline_px, shown.area_mm2)
    return replace(
        got,
        family=shown.family,
        limb=shown.limb,
        focal_told=shown.photo.focal_px is not None,
        tilt_deg=shown.tilt_deg,
        readable=shown.readable,
    )


def outcomes(
    wishes: Iterable[tuple[int, str | None, str | None]], *, save: Path | None = None
) -> Iterator[Outcome]:
    """Of each (seed, family or None, limb or None), in order, by two processes."""
    context = get_context("spawn")
    with ProcessPoolExecutor(JOBS, mp_context=context, initializer=_alone) as pool:
        yield from pool.map(_one, ((*wish, save) for wish in wishes), chunksize=4)


def negatives_read(seeds: Iterable[int], *, save: Path | None = None) -> Iterator[str]:
    """Of each negative in which a ruler is read, its seed and kind; an empty word for others."""
    context = get_context("spawn")
    with ProcessPoolExecutor(JOBS, mp_context=context, initializer=_alone) as pool:
        yield from pool.map(_one_negative, ((seed, save) for seed in seeds), chunksize=4)


def _one_negative(asked: tuple[int, Path | None]) -> str:
    seed, save = asked
    shown = negative(seed)
    try:
        find_ruler(shown.pixels, shown.photo)
    except ScaleError:
        return ""
    if save is not None:
        cv2.imwrite(str(save / f"{seed}_{shown.family}_read.png"), shown.pixels)
    return f"{seed} {shown.family}"


def _alone() -> None:
    cv2.setNumThreads(1)


def _one(asked: tuple[int, str | None, str | None, Path | None]) -> Outcome:
    seed, family, limb, save = asked
    shown = scene(seed, family=family, limb=limb)
    outcome = tried(shown)
    if save is not None and outcome.trouble:
        name = f"{seed}_{shown.family}_{shown.limb}_{outcome.trouble}.png"
        cv2.imwrite(str(save / name), shown.pixels)
    return outcome


def shares(of: list[Outcome]) -> tuple[float, float]:
    """The parts of those read whose truth is within 1 sd and 2 sd."""
    sds = np.array([each.sds for each in of if each.read])
    return (float(np.mean(sds <= 1)), float(np.mean(sds <= 2))) if len(sds) else (0.0, 0.0)
