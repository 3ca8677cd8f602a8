"""The freely licensed typefaces that labels are drawn in, those for training and those kept apart.

Each is a Debian package; the Hershey strokes come with OpenCV. `apt-get install` the names that
`missing` lists.
"""

import subprocess
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.uint8]

TRAINED = (
    *("open-sans", "roboto-unhinted", "lato", "liberation", "freefont-ttf", "hack", "inconsolata"),
    *("crosextra-carlito", "crosextra-caladea", "comfortaa", "dosis", "dseg", "go", "inter"),
    *("jura", "karla", "league-spartan", "linuxlibertine", "manrope", "ocr-a", "opendin"),
    *("osifont", "play", "quicksand", "roadgeek", "roboto-slab", "routed-gothic", "sil-andika"),
    *("texgyre", "yanone-kaffeesatz", "bebas-neue", "cabin", "courier-prime", "gnutypewriter"),
    *("humor-sans", "adf-gillius", "adf-universalis", "averia-sans-gwf", "beteckna", "breip"),
    *("anonymous-pro", "tuffy", "urw-base35", "dejavu-core"),
)
KEPT_APART = (
    *("cantarell", "firacode", "ebgaramond", "comic-neue", "jetbrains-mono", "junction"),
    *("national-park", "ocr-b", "oxygen", "sora", "stix", "b612", "clear-sans", "millimetre"),
    *("paratype", "quattrocento", "adf-switzera", "adf-verana", "dkg-handwriting", "monofur"),
    *("allerta", "vollkorn"),
)
MOST_OF_ONE_PACKAGE = 10
MOST_INK = 0.72
NOT_LETTERS = ("math", "symbol", "dingbat", "d050000l", "compact", "swash", "ornament", "keyboard")
SIZE_PX = 56
HERSHEY = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_PLAIN,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
)


class Typeface:
    """Characters as masks (rows, columns), 255 on ink, on a common base line."""

    def __init__(self, name: str, path: Path | None = None, hershey: int = 0, thick: int = 3):
        self.name = name
        self._path, self._hershey, self._thick = path, hershey, thick
        self._masks: dict[str, Mask] = {}

    def mask(self, character: str) -> Mask:
        """One character, cut to its width, 2 · SIZE_PX rows high."""
        if character not in self._masks:
            self._masks[character] = self._drawn(character)
        return self._masks[character]

    def _drawn(self, character: str) -> Mask:
        if self._path is None:
            sheet = np.zeros((2 * SIZE_PX, 3 * SIZE_PX), np.uint8)
            at, scale = (20, round(1.4 * SIZE_PX)), SIZE_PX / 36
            if self._hershey == cv2.FONT_HERSHEY_PLAIN:
                scale *= 2
            cv2.putText(sheet, character, at, self._hershey, scale, 255, self._thick, cv2.LINE_AA)
        else:
            image = Image.new("L", (3 * SIZE_PX, 2 * SIZE_PX))
            place = (20, round(1.4 * SIZE_PX))
            ImageDraw.Draw(image).text(place, character, 255, font=_font(self._path), anchor="ls")
            sheet = np.asarray(image)
        columns = np.nonzero(sheet.max(axis=0) > 40)[0]
        if not len(columns):
            return np.zeros((2 * SIZE_PX, 0), np.uint8)
        return np.ascontiguousarray(sheet[:, columns[0] : columns[-1] + 1])


@lru_cache(maxsize=600)
def _font(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), SIZE_PX)


def typefaces(packages: tuple[str, ...], *, hershey: bool) -> list[Typeface]:
    """Every typeface of the packages that has the ten digits, at most ten of each package."""
    found = []
    for package in packages:
        fit = [each for each in _files(package) if _has_digits(each)]
        every = max(1, -(-len(fit) // MOST_OF_ONE_PACKAGE))
        found += [Typeface(f"{package}/{path.stem}", path) for path in fit[::every]]
    if hershey:
        for font in HERSHEY:
            found += [Typeface(f"hershey/{font}/{t}", None, font, t) for t in (2, 4, 6, 8)]
    return found


def missing() -> list[str]:
    """The packages that are not installed."""
    return [f"fonts-{each}" for each in (*TRAINED, *KEPT_APART) if not _files(each)]


def _files(package: str) -> list[Path]:
    listed = subprocess.run(
        ["dpkg", "-L", f"fonts-{package}"], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    paths = sorted(Path(line) for line in listed if line.lower().endswith((".ttf", ".otf")))
    return [path for path in paths if not any(word in path.stem.lower() for word in NOT_LETTERS)]


def _cut(mask: Mask) -> Mask:
    rows = np.nonzero(mask.max(axis=1) > 40)[0]
    return mask[rows[0] : rows[-1] + 1]


def _has_digits(path: Path) -> bool:
    """Ten digits and the letters of units, each a shape of its own, none white in a black box."""
    try:
        face = Typeface(path.stem, path)
        drawn = [face.mask(each) for each in "0123456789cmin"]
    except OSError:
        return False
    if any(np.mean(_cut(each) > 127) > MOST_INK for each in drawn[:10] if each.shape[1]):
        return False
    shapes = {(each.shape, each.tobytes()) for each in drawn if each.shape[1] > 2}
    return len(shapes) >= 13
