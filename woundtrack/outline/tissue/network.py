"""The tissue network's file: where it lies, whether it is there, and how it is asked.

The file is optional and separately licensed, as the outline's is. Beside it lies a JSON of the
same name with what was measured of it.
"""

import functools
import json
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.network import loaded, network_file, version_of
from woundtrack.outline.tissue.types import Tissue
from woundtrack.photo.types import Pixels

SIDE_PX = 160
"""The side of the square view the network is shown."""
STRIDE = 4
"""Its answer is so much coarser."""
LEARNED = (None, Tissue.SLOUGH, Tissue.GRANULATION, Tissue.CALLUS)
"""What its channels stand for; the first is everything else, skin above all."""
NAME = "tissue.onnx"
PLACE = "WOUNDTRACK_TISSUE_MODEL"
"""The environment variable that names a file to take instead."""

Likely: TypeAlias = NDArray[np.float32]
"""(4, 40, 40): how likely each place is each of `LEARNED`, adding up to 1."""


class TissueNetwork:
    """The network in memory; may be asked from several threads.

    OutlineError outline.tissue_unreadable where its file, or the JSON beside it, is none, or
    that is another network's: how surely this one tells tissues is then not known.
    """

    def __init__(self, path: Path) -> None:
        try:
            content = path.read_bytes()
            facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            self.version = version_of(content)
            if facts["version"] != self.version:
                raise ValueError("measured of another network")
            self.fraction_sd = {
                with_callus: {Tissue[name]: float(sd) for name, sd in facts[key].items()}
                for with_callus, key in ((False, "sd_bed"), (True, "sd_with_callus"))
            }
            """One sd of a proposed fraction, by whether callus was looked for."""
            self._run = loaded(content)
            self(np.zeros((SIDE_PX, SIDE_PX, 3), np.uint8))
        except Exception as error:  # runtimes and JSON have kinds of their own for what is none
            raise OutlineError("outline.tissue_unreadable") from error

    def __call__(self, view: Pixels) -> Likely:
        """What a view (160, 160, 3), blue first, shows; the mean with that of its mirror image."""
        seen = view[..., ::-1].astype(np.float32).transpose(2, 0, 1) / np.float32(255)
        as_is, mirrored = (self._run(np.ascontiguousarray(x)) for x in (seen, seen[..., ::-1]))
        return np.asarray((as_is + mirrored[..., ::-1]) / 2, dtype=np.float32)


def tissue_file() -> Path | None:
    """The file that is named, else the user's own, else the program's; None without one."""
    return network_file(NAME, variable=PLACE)


def tissue_network() -> TissueNetwork | None:
    """The network, read once; None without a file. OutlineError outline.tissue_unreadable."""
    path = tissue_file()
    return _read_once(path, path.stat().st_mtime_ns) if path else None


@functools.lru_cache(maxsize=4)
def _read_once(path: Path, changed_ns: int) -> TissueNetwork:
    return TissueNetwork(path)
