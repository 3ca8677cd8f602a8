"""The tool that proposes from clicks: on what is wound, and with Shift on what is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from ui import theme
from ui.photo_editor import painting
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, Pointer, Tool
from ui.proposing import proposing
from woundtrack.errors import WoundtrackError
from woundtrack.outline.clicks import Click
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.outline.proposer import Proposal

MARK_PX = 7.0
"""Radius of a click's mark, in view px."""


class Proposes(Protocol):
    """What answers clicks: the network, or colours alone."""

    def propose(self, clicks: Sequence[Click], *, before: Outline | None = None) -> "Proposal":
        """The outline after all clicks on what was drawn before the first."""
        ...

    def make_ready(self, before: Outline) -> None:
        """Work out now what the first click on an outline would have to wait for."""
        ...


@dataclass(frozen=True, slots=True)
class _Answer:
    """How many clicks it heeded, and where the undo stack stood before and after it."""

    clicks: int
    before: int
    after: int


class ClickTool(BaseTool):
    """Every click mends the outline; their marks stay until another tool, lesion or Esc.

    Each answer is one step of undo, and Backspace takes it back with its mark.
    """

    kind = Tool.CLICK

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.clicks: tuple[Click, ...] = ()
        self._answers: list[_Answer] = []
        self._undone: list[tuple[_Answer, tuple[Click, ...]]] = []
        self._base = Outline()
        self._about: object = None
        self._asked: object | None = None
        self._proposer: tuple[object, Proposes] | None = None
        self._one_proposer = Lock()
        self._job_key = f"photo_editor.click.{id(self)}"

    def hint(self) -> str:
        if not self._live():
            return _("Click in the wound: its outline is proposed, or mended where there is one.")
        return _("Click what is missing, Shift+click what is not wound. Backspace takes back.")

    def begin(self) -> None:
        """Have made ready what the first click would wait for."""
        pixels, base = self.session.pixels, self.session.outline()
        if pixels is not None and not self.session.read_only:
            work = proposing(lambda: self._proposer_of(pixels).make_ready(base))
            self.session.background.run(work, failed=lambda _error: None)

    def is_waiting(self) -> bool:
        return self._asked is not None

    def release(self, pointer: Pointer) -> None:
        if not self.session.may_draw():
            return
        at = self.session.clamped(pointer.at_px)
        if not self._live():
            self._start()
        if pointer.shift and not (self.clicks or self._base.rings):
            self.session.tell(_("Click in the wound first, then Shift+click beside it."))
            return
        self._undone.clear()
        self.clicks = (*self.clicks, Click(*at, positive=not pointer.shift))
        self._ask()

    def secondary(self) -> None:
        self.back()

    def cancel(self) -> bool:
        there_was = bool(self.clicks) or self.is_waiting()
        self._start()
        self.session.clear_message()
        self.session.changed.emit()
        return there_was

    def interrupt(self) -> None:
        """The first finger of a pinch: nothing is asked before it is lifted."""

    def back(self) -> bool:
        if not self.can_go_back():
            return False
        if self.is_waiting():
            self._drop_unanswered()
        else:
            answer = self._answers.pop()
            gone = self.clicks[self._heeded() :]
            self.clicks = self.clicks[: self._heeded()]
            self._undone.append((answer, gone))
            if answer.after > answer.before:
                self.session.undo_stack.undo()
        self.session.clear_message()
        self.session.changed.emit()
        return True

    def forward(self) -> bool:
        if not self.can_go_forward():
            return False
        answer, gone = self._undone.pop()
        if answer.after > answer.before:
            self.session.undo_stack.redo()
        self._answers.append(answer)
        self.clicks = (*self.clicks, *gone)
        self.session.changed.emit()
        return True

    def can_go_back(self) -> bool:
        return self._live() and bool(self.is_waiting() or self._answers)

    def can_go_forward(self) -> bool:
        return self._live() and bool(self._undone) and not self.is_waiting()

    def paint(self, painter: QPainter) -> None:
        if not self._live():
            return
        for click in self.clicks:
            at = painting.to_point(self.session.view, (click.x, click.y))
            paint_click(painter, at, positive=click.positive)

    # -- inside

    def _start(self) -> None:
        """Forget the clicks: the next one begins with the outline as it is."""
        self.clicks, self._asked = (), None
        self._answers.clear()
        self._undone.clear()
        self._base, self._about = self.session.outline(), self._here()

    def _here(self) -> object:
        return (id(self.session.pixels), self.session.active)

    def _live(self) -> bool:
        """Whether the clicks are about what is shown, and nothing else changed it since."""
        if self._about != self._here():
            return False
        stands = self.session.undo_stack.index()
        if self._undone:
            return stands == self._undone[-1][0].before
        return not self._answers or stands == self._answers[-1].after

    def _heeded(self) -> int:
        return self._answers[-1].clicks if self._answers else 0

    def _drop_unanswered(self) -> None:
        self._asked = None
        self.clicks = self.clicks[: self._heeded()]

    def _ask(self) -> None:
        """Have all clicks answered; the answer to fewer is dropped."""
        token = self._asked = object()
        pixels, clicks, base = self.session.pixels, self.clicks, self._base

        def is_current() -> bool:
            current = self._asked is token and self._live() and not self.session.read_only
            if self._asked is token:
                self._asked = None
            return current

        def done(proposal: "Proposal") -> None:
            if is_current():
                self._take(proposal, len(clicks))

        def failed(error: Exception) -> None:
            if is_current():
                assert isinstance(error, WoundtrackError)
                self._drop_unanswered()
                self.session.refuse(error)
                self.session.proposal_failed.emit(error)

        assert pixels is not None  # may_draw
        work = proposing(lambda: self._proposer_of(pixels).propose(clicks, before=base))
        self.session.tell(_("Looking for the wound's edge…"))
        self.session.background.run(work, done=done, failed=failed, key=self._job_key)
        self.session.changed.emit()

    def _proposer_of(self, pixels: Pixels) -> Proposes:
        """The one that knows this photo; asked on workers only."""
        from woundtrack.outline.proposer import Proposer

        with self._one_proposer:
            if self._proposer is None or self._proposer[0] is not pixels:
                self._proposer = (pixels, Proposer(pixels))
            return self._proposer[1]

    def _take(self, proposal: "Proposal", clicks: int) -> None:
        before = self.session.undo_stack.index()
        if not self.session.commit(proposal.outline, text=_("Proposed outline")):
            self._drop_unanswered()
            return
        self._answers.append(_Answer(clicks, before, self.session.undo_stack.index()))
        self.session.tell(_("Look at the edge, and mend it where it is wrong."))
        self.session.changed.emit()


def paint_click(painter: QPainter, at: QPointF, *, positive: bool) -> None:
    """A plus on what is wound, a minus on what is not: told apart by form, not colour alone."""
    painter.setPen(QPen(painting.DARK_HALO, 1.5))
    painter.setBrush(QColor(theme.OKABE_ITO[3] if positive else "#ffffff"))
    painter.drawEllipse(at, MARK_PX, MARK_PX)
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.setPen(QPen(QColor("#ffffff" if positive else "#b3261e"), 2.0))
    reach = MARK_PX - 3.0
    painter.drawLine(QLineF(at.x() - reach, at.y(), at.x() + reach, at.y()))
    if positive:
        painter.drawLine(QLineF(at.x(), at.y() - reach, at.x(), at.y() + reach))
