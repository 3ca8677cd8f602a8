"""Photos of what looks like a ruler and is none: `negative(seed)`."""

import numpy as np

from benchmarks.scale_lookalikes import KINDS, lookalike
from benchmarks.scale_scenes import Scene, scene


def negative(seed: int) -> Scene:
    """A photo of something regular beside a wound; kinds go by turns."""
    kind = tuple(KINDS)[seed % len(KINDS)]
    design = lookalike(kind, np.random.default_rng([seed, 8]))
    return scene(seed, design=design, limb="flat", alone=True)
