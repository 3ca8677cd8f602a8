"""Python's collector of cycles runs on the GUI thread alone.

It would run on whatever thread happens to allocate, and free widgets there that were left in a
cycle: Qt objects may be freed on their own thread only, else the program ends without a word.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EACH_MS = 1000


class Collector(QObject):
    """Collects when it is due, between events; by itself Python does so no more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._frozen = False
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """The oldest generation that is due, by Python's own thresholds."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if not due[0]:
            return
        oldest = max(generation for generation, is_due in enumerate(due) if is_due)
        gc.collect(oldest)
        if oldest == len(due) - 1 and not self._frozen:
            # What was loaded by now stays: looked at again each time it would be felt.
            gc.freeze()
            self._frozen = True
