"""After how many idle minutes a window locks: the account's own choice, within the clinic's."""

LONGEST_MINUTES = 60
"""Nobody may choose more."""
USUAL_MOST_MINUTES = 15
"""The most where the administrator has set nothing."""


def kept_minutes(minutes: int) -> int:
    """Minutes as they may be set: 1 to 60."""
    return min(max(minutes, 1), LONGEST_MINUTES)
