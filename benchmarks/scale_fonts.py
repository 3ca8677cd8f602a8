"""Letters and digits in the typefaces found on this machine; drawn strokes where there are none.

Only the look of a scene depends on them: what is true of it never does.
"""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
NAMES = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansCondensed", "DejaVuSansCondensed-Bold",
    "DejaVuSerif", "DejaVuSansMono", "DejaVuSerifCondensed-Bold", "LiberationSans-Regular",
    "LiberationSans-Bold", "LiberationSansNarrow-Regular", "LiberationSerif-Regular",
    "FreeSans", "FreeSansBold", "FreeSerif", "NimbusSans-Regular", "NimbusSans-Bold",
    "NimbusSansNarrow-Regular", "NimbusSansNarrow-Bold", "NimbusRoman-Regular",
    "NimbusMonoPS-Bold", "URWGothic-Book", "URWGothic-Demi", "C059-Roman", "Arial", "arial",
    "arialbd", "Arial_Bold", "Helvetica", "verdana", "Verdana", "tahoma", "times",
    "Roboto-Regular", "OpenSans-Regular", "Ubuntu-R", "Lato-Regular",
)  # fmt: skip
SUFFIXES = (".ttf", ".otf", ".t1", ".ttc", ".pfb")
STROKED = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX)


@lru_cache
def typefaces() -> tuple[str, ...]:
    """The font files found, one a name, in a fixed order."""
    found = {path.stem: path for path in sorted((ROOT / "resources" / "fonts").glob("*.ttf"))}
    folders = [Path(each) for each in FOLDERS if Path(each).is_dir()]
    try:
        import reportlab

        folders.append(Path(reportlab.__file__).parent / "fonts")
    except ImportError:
        pass
    wanted = {*NAMES, "Vera", "VeraBd"}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.stem in wanted and path.suffix.lower() in SUFFIXES:
                found.setdefault(path.stem, path)
    return tuple(str(found[name]) for name in sorted(found))


def lettering(text: str, *, height_px: float, face: float) -> NDArray[np.uint8]:
    """The cover (h, w) of a text whose digits are this high; `face` in [0, 1) picks the typeface.

    Drawn at three times the size and averaged, so that small print is smooth.
    """
    faces = typefaces()
    if faces:
        mask = _typed(faces[int(face * len(faces))], text, max(4, round(3 * height_px)))
    else:
        mask = _stroked(STROKED[int(face * len(STROKED))], text, max(4, round(3 * height_px)))
    size = (max(1, round(mask.shape[1] / 3)), max(1, round(mask.shape[0] / 3)))
    return cv2.resize(mask, size, interpolation=cv2.INTER_AREA)


@lru_cache(maxsize=2048)
def _typed(path: str, text: str, height_px: int) -> NDArray[np.uint8]:
    from PIL import Image, ImageDraw

    font = _font(path, height_px)
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (max(1, int(right - left) + 4), max(1, int(bottom - top) + 4)))
    ImageDraw.Draw(image).text((2 - left, 2 - top), text, fill=255, font=font)
    return np.array(image)


@lru_cache(maxsize=512)
def _font(path: str, height_px: int):  # type: ignore[no-untyped-def]
    """The font at the size at which an 8 is so high."""
    from PIL import ImageFont

    trial = ImageFont.truetype(path, 100)
    box = trial.getbbox("8")
    return ImageFont.truetype(path, max(4, round(100 * height_px / max(1, box[3] - box[1]))))


@lru_cache(maxsize=512)
def _stroked(font: int, text: str, height_px: int) -> NDArray[np.uint8]:
    scale, thick = height_px / 21, max(1, round(height_px / 8))
    (width, tall), below = cv2.getTextSize(text, font, scale, thick)
    image = np.zeros((tall + below + 4, width + 4), np.uint8)
    cv2.putText(image, text, (2, tall + 2), font, scale, 255, thick, cv2.LINE_AA)
    return image
