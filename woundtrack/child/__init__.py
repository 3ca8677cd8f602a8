"""Work that may crash, hang or eat memory, in a process that may die of it."""

import os


def most_at_once() -> int:
    """How many children may work: one processor is left to the window, so that it never waits."""
    return max(1, min(3, (os.cpu_count() or 2) - 1))
