"""What is kept against loss and is no record yet: no revision, no line in the journal."""

from woundtrack.outline.types import Outline
from woundtrack.store import corrections, left_open, retracing
from woundtrack.store.act import Act
from woundtrack.store.reader import Reader
from woundtrack.store.types import Correction


class Keeping(Reader):
    """The part of a writer that keeps what nobody has confirmed; each overwrites freely."""

    _act: Act

    def keep_correction(self, visit_id: int, correction: Correction) -> None:
        """Keep what is being changed in a confirmed visit, in the place of what was kept before."""
        corrections.keep(self._act, visit_id, correction)

    def drop_correction(self, visit_id: int) -> None:
        """Forget a visit's kept correction: it was confirmed, or discarded."""
        corrections.drop(self._act, visit_id)

    def keep_without_day(self, patient_id: int, typed: Correction, *, slip: str = "") -> str:
        """Keep what this user has typed for a patient in a visit that has no day yet.

        Returns the slip under which it is overwritten next time.
        """
        return left_open.keep_without_day(self._act, patient_id, typed, slip=slip)

    def drop_without_day(self, patient_id: int, *, slip: str) -> None:
        """Forget what this user typed in a visit without a day: it has one, or was discarded."""
        left_open.drop_without_day(self._act, patient_id, slip=slip)

    def keep_drawing(self, rater_photo_id: int, round_: int, outline: Outline) -> None:
        """Keep what this user has drawn of a study's photo, in the place of what was before."""
        retracing.keep_drawing(self._act, rater_photo_id, round_, outline)

    def drop_drawing(self, rater_photo_id: int, round_: int) -> None:
        """Forget what this user has drawn of a study's photo: it was confirmed."""
        retracing.drop_drawing(self._act, rater_photo_id, round_)
