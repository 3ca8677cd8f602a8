"""A scale as it would be, worked out in the background with the areas it would give."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Background
from ui.pages.visit.scale_rows import Make
from ui.proposing import proposing
from woundtrack.errors import WoundtrackError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale

PAUSE_MS = 120
"""Digits typed closer together than this are tried as one number."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A scale, and what each outline drawn in the photo would measure, or why not, by letter."""

    scale: Scale
    measured: tuple[tuple[str, Measurement | WoundtrackError], ...] = ()


def tried(make: Make, *, pixels: Pixels, photo: Photo, outlines: Mapping[str, Outline]) -> Tried:
    """Make the scale and measure with it. Raises what making it raises."""
    from woundtrack.pipeline import measured

    scale = make(pixels, photo)
    sizes: list[tuple[str, Measurement | WoundtrackError]] = []
    for letter, outline in outlines.items():
        try:
            sizes.append((letter, measured(pixels, outline, scale)))
        except WoundtrackError as error:
            sizes.append((letter, error))
    return Tried(scale, tuple(sizes))


class ScaleTrial(QObject):
    """Tries one scale at a time; an answer to a question no longer asked is dropped."""

    answered = Signal(object)
    """Tried."""
    refused = Signal(object)
    """The WoundtrackError that says why there is no such scale."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._question: object | None = None
        self._start = lambda: None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(lambda: self._start())

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self._question is not None

    def ask(
        self, make: Make, *, pixels: Pixels, photo: Photo, outlines: Mapping[str, Outline]
    ) -> None:
        """Try this scale, in place of any other."""
        question = self._question = object()
        drawn = dict(outlines)

        def done(answer: Tried) -> None:
            if self._question is question:
                self._question = None
                self.answered.emit(answer)

        def failed(error: Exception) -> None:
            if self._question is question:
                self._question = None
                self.refused.emit(error)

        def start() -> None:
            self._background.run(
                proposing(lambda: tried(make, pixels=pixels, photo=photo, outlines=drawn)),
                done=done,
                failed=failed,
            )

        self._start = start
        self._timer.start()

    def hurry(self) -> None:
        """Do not wait for more digits."""
        if self._timer.isActive():
            self._timer.stop()
            self._start()

    def drop(self) -> None:
        """Ask nothing any more."""
        self._question = None
        self._timer.stop()
