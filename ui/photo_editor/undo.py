"""Undoable changes as snapshots: an outline, or one value of the photo, before and after."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

from woundtrack.outline.types import Outline

NUDGE_ID = 1
"""Small repeated moves by keyboard become one step of undo."""


class OutlineChange(QUndoCommand):
    """One lesion's outline before and after a change; both are kept whole."""

    def __init__(
        self,
        put: Callable[[int, Outline], None],
        *,
        key: int,
        before: Outline,
        after: Outline,
        text: str,
        nudged: object = None,
    ) -> None:
        super().__init__(text)
        self._put = put
        self._key = key
        self._before = before
        self._after = after
        self._nudged = nudged
        """Which points a nudge moved; None for any other change."""

    def redo(self) -> None:
        """Show and announce the outline after the change."""
        self._put(self._key, self._after)

    def undo(self) -> None:
        """Show and announce the outline as it was."""
        self._put(self._key, self._before)

    def id(self) -> int:
        """Nudges merge with one another; nothing else does."""
        return NUDGE_ID if self._nudged is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a nudge of the same points that follows at once."""
        if not isinstance(other, OutlineChange):
            return False
        if (other._key, other._nudged) != (self._key, self._nudged):
            return False
        self._after = other._after
        return True


class ValueChange(QUndoCommand):
    """The direction towards the head, or the scale, before and after a change."""

    def __init__(self, put: Callable[[Any], None], *, before: Any, after: Any, text: str) -> None:
        super().__init__(text)
        self._put = put
        self._before = before
        self._after = after

    def redo(self) -> None:
        """Show and announce the new value."""
        self._put(self._after)

    def undo(self) -> None:
        """Show and announce the value as it was."""
        self._put(self._before)
