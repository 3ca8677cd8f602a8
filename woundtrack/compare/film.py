"""The photos of a lesion, laid on each other, as an animated WebP with nothing but its pixels."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from woundtrack.compare.picture import DARK, Style, font_of, picture_of
from woundtrack.compare.series import Counted, Watch
from woundtrack.compare.showing import SeriesOptions, Showing, Shown
from woundtrack.photo.colour_cast import Light
from woundtrack.report.fonts import BOLD, printable

FADE_STEPS, FADE_STEP_MS = 8, 60
QUALITY, EFFORT = 88, 4
STRIP = 0.125
"""Height of the strip of words below the picture, as part of its longer side."""
WHITE, SOFT, LINE = (255, 255, 255), (180, 188, 196), (90, 98, 106)


@dataclass(slots=True, eq=False)
class Reel:
    """The frames of a film, made one after the other as they are asked for."""

    showing: Showing
    options: SeriesOptions
    progress: Counted
    watch: Watch
    lights: list[Light] = field(default_factory=list)
    """What told the light of each photo, as far as they are drawn."""
    _kept: dict[int, Any] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """How many frames each photo but the last has."""
        return 1 + (FADE_STEPS if self.options.fade else 0)

    @property
    def durations_ms(self) -> list[int]:
        """How long each frame stands."""
        photos, stands = len(self.showing.shown), round(1000 * self.options.seconds)
        each = [stands, *[FADE_STEP_MS] * (self.steps - 1)]
        return each * (photos - 1) + [stands]

    def frame(self, index: int) -> Any:
        """Frame `index` as a Pillow image."""
        from PIL import Image

        place, step = divmod(index, self.steps)
        picture = self._picture(place)
        if step:
            picture = Image.blend(picture, self._picture(place + 1), step / self.steps)
        return _with_words(picture, self.showing, place + (2 * step > self.steps))

    def _picture(self, place: int) -> Any:
        """The picture of a photo; kept with the one before, for that melts into it."""
        from PIL import Image

        if place not in self._kept:
            self.watch()
            self.progress(place, len(self.showing.shown))
            shown = self.showing.shown[place]
            picture, light = picture_of(shown.photo, self.showing.style, note=shown.note)
            self.lights.append(light)
            self._kept = {at: kept for at, kept in self._kept.items() if at == place - 1}
            self._kept[place] = Image.fromarray(picture)
        return self._kept[place]


def film_webp(
    showing: Showing,
    *,
    options: SeriesOptions,
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> tuple[bytes, tuple[Light, ...]]:
    """The film's bytes, and what told the light of each photo.

    One photo is read at a time. What `watch` raises between two photos ends the work. Raises what
    reading a photo does.
    """
    reel = Reel(showing, options, progress, watch)
    durations = reel.durations_ms
    file = io.BytesIO()
    reel.frame(0).save(
        file,
        "WEBP",
        save_all=True,
        append_images=[_Later(reel.frame, len(durations) - 1)],
        duration=durations,
        loop=0 if options.loop else 1,
        quality=QUALITY,
        method=EFFORT,
    )
    progress(len(showing.shown), len(showing.shown))
    return file.getvalue(), tuple(reel.lights)


class _Later:
    """The frames after the first, as Pillow asks for those of an animation: never all at once."""

    mode = "RGB"

    def __init__(self, frame: Callable[[int], Any], count: int) -> None:
        self.n_frames = count
        self._frame = frame
        self._image: Any = None

    def seek(self, index: int) -> None:
        """Make frame `index` of these."""
        self._image = self._frame(index + 1)

    def getim(self) -> Any:
        """The pixels of the frame sought last."""
        return self._image.getim()


def _with_words(picture: Any, showing: Showing, place: int) -> Any:
    """The picture over its day, its size and a line of all days."""
    from PIL import Image, ImageDraw

    style, shown = showing.style, showing.shown[place]
    width, height = picture.size
    strip = 2 * round(STRIP * max(width, height) / 2)
    image = Image.new("RGB", (width, height + strip), DARK)
    image.paste(picture, (0, 0))
    draw = ImageDraw.Draw(image)
    rim, y = 26 * style.unit, height + 0.40 * strip
    _sided(draw, style, shown, width=width, rim=rim, y=y)
    _days(draw, style, showing, place, ends=(rim, width - rim), y=height + 0.82 * strip)
    return image


def _sided(draw: Any, style: Style, shown: Shown, *, width: int, rim: float, y: float) -> None:
    """The day on the left and the size on the right, smaller where both would not fit."""
    size = 58.0 * style.unit
    day, sized = printable(shown.day), printable(shown.size)
    while True:
        bold, plain = font_of(size, BOLD), font_of(0.9 * size)
        wide = draw.textlength(day, font=bold) + draw.textlength(sized, font=plain)
        if wide + 3 * rim <= width or size < 12:
            break
        size *= 0.94
    draw.text((rim, y), day, font=bold, fill=WHITE, anchor="lm")
    draw.text((width - rim, y), sized, font=plain, fill=SOFT, anchor="rm")


def _days(
    draw: Any, style: Style, showing: Showing, place: int, *, ends: tuple[float, float], y: float
) -> None:
    """All photos as dots along a line of time, this one larger."""
    unit = style.unit
    days = np.array([each.photo.shot.on.toordinal() for each in showing.shown], dtype=np.float64)
    part = (days - days[0]) / max(days[-1] - days[0], 1.0)
    at = ends[0] + 8 * unit + part * (ends[1] - ends[0] - 16 * unit)
    draw.line((at[0], y, at[-1], y), fill=LINE, width=max(1, round(3 * unit)))
    for number, x in enumerate(at):
        if number == place:
            continue
        _dot(draw, x, y, 5.5 * unit, SOFT if number < place else LINE)
    _dot(draw, at[place], y, 10 * unit, WHITE)


def _dot(draw: Any, x: float, y: float, radius: float, colour: tuple[int, int, int]) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
