"""What is said of a correction that nobody has confirmed: on coming back to it, and on leaving."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.pages.visit.corrections import TakenUp
from ui.widgets.banner import ErrorStrip
from woundtrack import words
from woundtrack.words import _


class CorrectionStrip(ErrorStrip):
    """Discard it, leave it for later, or go on with it."""

    discard_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(dismiss=_("Go on with it"), parent=parent)
        theme.retone(self, "banner", "warning")  # nothing went wrong
        self.discard = QPushButton(_("Discard the correction"))
        self.discard.clicked.connect(self.discard_wanted)
        self.leave = QPushButton(_("Leave it for later"))
        self.leave.clicked.connect(self.leave_wanted)
        self.add_widget(self.discard)
        self.add_widget(self.leave)

    def ask_before_leaving(self) -> None:
        """The page is to be left while a correction is under way."""
        self.say(
            _("The correction is not confirmed yet. It is kept, and no chart or report shows it.")
        )

    def show_taken_up(self, taken_up: TakenUp) -> None:
        """A correction of an earlier time is on the page again."""
        at = taken_up.at_utc.astimezone()
        text = _(
            "A correction of {date}, {time}, by {user} was not confirmed. It is shown here; no "
            "chart or report has it. Confirm it, or discard it."
        ).format(date=words.date(at.date()), time=words.time_of_day(at), user=taken_up.user_name)
        if taken_up.left_out:
            text += " " + _("What was changed elsewhere since then is left out of it.")
        self.say(text)
