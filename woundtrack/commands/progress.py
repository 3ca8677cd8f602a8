"""How far work of a command is, on one line of the terminal."""

import sys
from collections.abc import Callable


def progress_line(sentence: str) -> Callable[[int, int], None]:
    """What tells how many are done, of how many; silent where nobody watches.

    `sentence` holds {done} and {total}.
    """

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            text = sentence.format(done=done, total=total)
            print(f"\r{text}", end=end, file=sys.stderr, flush=True)

    return show
