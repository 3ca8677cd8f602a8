"""After how many idle minutes a window locks: the account's own choice, within the clinic's."""

from woundtrack.store.database import Connection

SETTING = "lock_minutes_most"
LONGEST_MINUTES = 60
"""Nobody may choose more."""
USUAL_MOST_MINUTES = 15
"""The most where the administrator has set nothing."""


def most_minutes(connection: Connection) -> int:
    """The most idle minutes before anyone's window locks."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
    return int(row[0]) if row is not None and str(row[0]).isdigit() else USUAL_MOST_MINUTES


def kept_minutes(minutes: int) -> int:
    """Minutes as they may be set: 1 to 60."""
    return min(max(minutes, 1), LONGEST_MINUTES)
