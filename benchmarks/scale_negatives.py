"""Photos of what looks like a ruler and is none: `negative(seed)`."""

import numpy as np

from benchmarks.scale_lookalikes import KINDS, lookalike
from benchmarks.scale_scenes import scene
from benchmarks.scale_truth import Scene


def negative(seed: int, *, size_px: tuple[int, int] | None = None) -> Scene:
    """A photo of something regular beside a wound; kinds go by turns."""
    kind = tuple(KINDS)[seed % len(KINDS)]
    design = lookalike(kind, np.random.default_rng([seed, 8]))
    return scene(seed, design=design, size_px=size_px, limb="flat", alone=True)
