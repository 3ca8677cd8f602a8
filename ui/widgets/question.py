"""A question in the page, answered with one button: what is asked is not refused."""

from PySide6.QtCore import Signal

from ui.widgets.banner import Banner
from woundtrack.words import _


class Question(Banner):
    """Asks before something is kept. The answer holds for this question alone."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__(tone="warning")
        self.button = self.add_button(_("Yes, &keep it"))
        # Enter twice in a row must not answer: only a click, Alt and the letter, or Space does.
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._answer)
        self._yes = ""
        self.setVisible(False)

    def settles(self, text: str) -> bool:
        """Whether nothing is asked, or this very question was answered yes; else asks it."""
        if not text or text == self._yes:
            self.say("")
            return True
        self.say(text)
        return False

    def forget(self) -> None:
        """Ask again next time."""
        self._yes = ""
        self.say("")

    def _answer(self) -> None:
        self._yes = self.label.text()
        self.say("")
        self.answered.emit()


def asked_and_kept(question: str) -> str:
    """What the journal keeps: that somebody was asked, and what; empty where nobody was."""
    return _("Asked and kept: {question}").format(question=question) if question else ""
