"""One picture after the other, each confirmed or left out by a person who looked at it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.photo_editor.levels import PhotoLevels
from ui.pictures.canvas import MaskCanvas
from ui.pictures.edited import Edited, State, covers_wound
from ui.pictures.tools import MaskTools
from ui.widgets.banner import Banner
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import N_, _

if TYPE_CHECKING:
    from woundtrack.deidentify.choose import Candidate
    from woundtrack.deidentify.propose import Look
    from woundtrack.store.clinic import Clinic

WAIT_MS = 600
"""After the last change of a crop, until writing is looked for in what it newly shows."""
_STATES = {
    State.UNSEEN: (N_("not looked at yet"), "neutral"),
    State.SEEN: (N_("to be confirmed"), "warning"),
    State.CONFIRMED: (N_("you confirmed it"), "ok"),
    State.LEFT_OUT: (N_("left out"), "neutral"),
}


class LookPage(QWidget):
    """Shows the candidates in turn; `finished` once the last was decided."""

    changed = Signal()
    finished = Signal()
    back_requested = Signal()

    def __init__(
        self, clinic: "Clinic", background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self.candidates: tuple[Candidate, ...] = ()
        self.edited: list[Edited] = []
        self.place = 0
        self._looks: dict[int, tuple[Look, PhotoLevels]] = {}
        self._undo: list[Edited] = []
        self._unproposed: set[int] = set()
        """Places whose crop changed and for which nothing was proposed since."""
        self.title = theme.label(role="heading")
        self.state = theme.chip("")
        self.banner = Banner(tone="warning")
        self.canvas = MaskCanvas()
        self.tools = MaskTools(self.canvas)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out()
        self._wait.timeout.connect(self._propose_again)
        self.canvas.changed.connect(self._edit)
        self.tools.undo.clicked.connect(self.undo)

    def _lay_out(self) -> None:
        self.back = QPushButton(_("Back"))
        self.leave_out = QPushButton(_("Leave out"))
        self.confirm = theme.primary(QPushButton(_("Confirm and next")))
        self.confirm_all = QPushButton(_("Confirm all that remain"))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        for button in (self.back, self.leave_out, self.confirm):
            foot.addWidget(button)
        foot.insertStretch(1, 1)
        foot.insertWidget(1, self.confirm_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        column.addLayout(head)
        column.addWidget(self.tools)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.banner)
        column.addLayout(foot)
        self.back.clicked.connect(self.go_back)
        self.leave_out.clicked.connect(lambda: self._decide(State.LEFT_OUT))
        self.confirm.clicked.connect(lambda: self._decide(State.CONFIRMED))
        self.confirm_all.clicked.connect(self.confirm_remaining)

    # -- which picture

    def set_candidates(self, candidates: Sequence["Candidate"]) -> None:
        """Begin with these; what was decided of those that are still there stays."""
        known = {
            (each.name, each.seen, each.outlines): edited
            for each, edited in zip(self.candidates, self.edited, strict=True)
        }
        self.candidates = tuple(candidates)
        self.edited = [
            known.get((each.name, each.seen, each.outlines), Edited()) for each in self.candidates
        ]
        self._looks.clear()
        self._unproposed.clear()
        self._wait.stop()
        self.show_place(0)

    def show_place(self, place: int) -> None:
        """Show one picture, reading it and its neighbour where they are not there yet."""
        if self._wait.isActive():
            self._wait.stop()
            self._propose_again()
        self.place = place
        self._undo.clear()
        near = {place - 1, place, place + 1}
        self._looks = {key: look for key, look in self._looks.items() if key in near}
        candidate = self.candidates[place]
        self.title.setText(
            _("{picture} · day {day} ({place} of {count})").format(
                picture=candidate.name, day=candidate.day, place=place + 1,
                count=len(self.candidates),
            )
        )  # fmt: skip
        if place in self._looks:
            self._show_look()
        else:
            self.canvas.show_photo(None, Edited(), ())
            self._tell(_("Reading the photo and looking for writing…"), tone="neutral")
            self._read(place)
        self._refresh()

    def go_back(self) -> None:
        """The picture before; from the first, the choice."""
        if self.place:
            self.show_place(self.place - 1)
        else:
            self.back_requested.emit()

    def confirm_remaining(self) -> None:
        """Confirm every picture that was shown and not decided; offered once each was."""
        if self.all_shown():
            self.edited = [
                replace(each, state=State.CONFIRMED) if each.state is State.SEEN and each.crop
                else each for each in self.edited
            ]  # fmt: skip
            self._refresh()
            self.finished.emit()

    def all_shown(self) -> bool:
        """Whether a person saw each of them."""
        return all(each.state is not State.UNSEEN for each in self.edited)

    def _decide(self, state: State) -> None:
        self._now(replace(self.edited[self.place], state=state))
        if self.place + 1 < len(self.candidates):
            self.show_place(self.place + 1)
        else:
            self.finished.emit()

    # -- reading and proposing

    def _read(self, place: int) -> None:
        from woundtrack.deidentify.propose import look_at

        clinic, candidate = self._clinic, self.candidates[place]

        def work() -> "tuple[Look, PhotoLevels]":
            look = look_at(clinic, candidate)
            return look, PhotoLevels(look.pixels).ready()

        self._background.run(
            work,
            done=while_alive(self, lambda found: self._arrived(candidate, found)),
            failed=while_alive(self, lambda error: self._failed(candidate, error)),
        )

    def _arrived(self, candidate: "Candidate", found: "tuple[Look, PhotoLevels]") -> None:
        place = self._place_of(candidate)
        if place is None or abs(place - self.place) > 1:
            return
        self._looks[place] = found
        if not self.edited[place].proposed and self.edited[place].crop is None:
            fresh = replace(self.edited[place], crop=found[0].crop)
            self.edited[place] = fresh.with_proposals(found[0].masks)
        if place == self.place:
            self._show_look()

    def _failed(self, candidate: "Candidate", error: Exception) -> None:
        place = self._place_of(candidate)
        if place is None or not isinstance(error, WoundtrackError):
            return
        self.edited[place] = replace(self.edited[place], state=State.LEFT_OUT)
        if place == self.place:
            self._tell(explain(error), tone="danger")
        self._refresh()

    def _place_of(self, candidate: "Candidate") -> int | None:
        return next((n for n, each in enumerate(self.candidates) if each is candidate), None)

    def _show_look(self) -> None:
        edited = self.edited[self.place]
        if edited.state is State.UNSEEN:
            edited = replace(edited, state=State.SEEN)
            self.edited[self.place] = edited
        candidate, levels = self.candidates[self.place], self._looks[self.place][1]
        self.canvas.show_photo(levels, edited, candidate.outlines)
        self._say_of_picture()
        self._refresh()
        if self.place + 1 < len(self.candidates) and self.place + 1 not in self._looks:
            self._read(self.place + 1)

    def _propose_again(self) -> None:
        from woundtrack.deidentify.propose import masks_for

        place, edited = self.place, self.edited[self.place]
        if place not in self._looks:
            return
        pixels, candidate = self._looks[place][0].pixels, self.candidates[place]
        self._background.run(
            lambda: masks_for(pixels, candidate, edited.crop),
            done=while_alive(self, lambda masks: self._proposed(candidate, edited.crop, masks)),
            failed=while_alive(self, lambda error: self._failed(candidate, error)),
            key=f"pictures-masks-{place}",
        )

    def _proposed(self, candidate: "Candidate", crop: Crop | None, masks: tuple[Mask, ...]) -> None:
        place = self._place_of(candidate)
        if place is None:
            return
        before = self.edited[place]
        edited = before.with_proposals(masks)
        if edited.crop == crop:  # else it was changed since, and is looked at next
            self._unproposed.discard(place)
        if place == self.place:
            self._now(edited)
        else:  # new masks must be seen before all that remain can be confirmed
            seen = edited.masks == before.masks
            self.edited[place] = edited if seen else replace(edited, state=State.UNSEEN)
            self._refresh()

    # -- what a person changes

    def undo(self) -> None:
        """Take back the last change of this picture."""
        if self._undo:
            self._change(self._undo.pop())

    def _edit(self, edited: Edited) -> None:
        self._undo.append(self.edited[self.place])
        self._change(edited)

    def _change(self, edited: Edited) -> None:
        before = self.edited[self.place]
        # What was proposed meanwhile stays, and what was decided held for what was seen then.
        self._now(replace(edited.with_proposals(before.proposed), state=State.SEEN))
        if edited.crop != before.crop:
            self._unproposed.add(self.place)
            self._wait.start()
            self._refresh()

    def _now(self, edited: Edited) -> None:
        self.edited[self.place] = edited
        self.canvas.show_edited(edited)
        self._say_of_picture()
        self._refresh()

    def _say_of_picture(self) -> None:
        edited = self.edited[self.place]
        if edited.crop is None:
            self._tell(_("This photo has no outline: draw with the mouse what may be shown."))
        elif covers_wound(edited.masks, self.candidates[self.place].outlines):
            self._tell(_("A mask hides part of the wound."))
        else:
            self._tell("")

    def _tell(self, text: str, *, tone: str = "warning") -> None:
        self.banner.say(text, tone=tone)

    def _refresh(self) -> None:
        edited = self.edited[self.place]
        text, tone = _STATES[edited.state]
        self.state.setText(_(text))
        theme.retone(self.state, "chip", tone)
        shown = self.place in self._looks
        waits = self.place in self._unproposed
        self.confirm.setEnabled(shown and edited.crop is not None and not waits)
        self.confirm_all.setEnabled(self.all_shown() and not self._unproposed)
        self.tools.undo.setEnabled(bool(self._undo))
        self.tools.setEnabled(shown)
        self.changed.emit()
