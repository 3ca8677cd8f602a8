"""A passphrase chosen twice, with a word on how good it is."""

from ui import theme
from ui.widgets.form import Form
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.words import _

MIN_PASSPHRASE = 10
"""As `woundtrack.store.keys` refuses; here only for the hint while typing."""
GOOD_PASSPHRASE = 16


def strength_hint(passphrase: str) -> tuple[str, str]:
    """A word on a passphrase as it is typed, and the tone it is said in."""
    if not passphrase:
        return _("Four words that do not belong together are easy to keep in mind."), "muted"
    if len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < 5:
        return _("Too weak: at least {count} characters, not all alike.").format(
            count=MIN_PASSPHRASE
        ), "warning"
    if len(passphrase) < GOOD_PASSPHRASE:
        return _("Fair. Longer is better."), "muted"
    return _("Good."), "ok"


class NewPassphrase:
    """Two lines of a form, under the keys "passphrase" and "again"."""

    def __init__(self, form: Form, *, label: str, again: str) -> None:
        self._form = form
        self.first, self.again = PassphraseField(), PassphraseField()
        self.strength = theme.label(strength_hint("")[0], role="muted")
        self.strength.setWordWrap(True)
        self.first.line.textChanged.connect(self._show_strength)
        form.add("passphrase", label, self.first)
        form.add_wide(self.strength)
        form.add("again", again, self.again)

    def text(self) -> str:
        """The passphrase; "" where there is none or the two differ, which is said at its line."""
        first = self.first.text()
        if not first:
            self._form.show_error("passphrase", _("Choose a passphrase."))
        elif first != self.again.text():
            self._form.show_error("again", _("The two passphrases differ."))
        else:
            return first
        return ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _show_strength(self, text: str) -> None:
        words, role = strength_hint(text)
        self.strength.setText(words)
        theme.retone(self.strength, "role", role)
