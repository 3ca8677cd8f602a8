"""Everything that can go wrong and be told to a person, as data.

The sentence a person reads is made from the code and the data by `woundtrack.explain`.
"""

from typing import Self


class WoundtrackError(Exception):
    """A failure with a stable `code` ("photo.truncated") and the facts its sentence needs."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def bare(self) -> Self:
        """The same without the frames it came through, which hold every picture they saw: to be
        kept."""
        self.__context__ = self.__cause__ = None
        return self.with_traceback(None)


class PhotoError(WoundtrackError):
    """A photo file that cannot be read."""


class ScaleError(WoundtrackError):
    """A scale that cannot be established, or is refused."""


class OutlineError(WoundtrackError):
    """An outline that cannot be used or proposed."""


class AlignError(WoundtrackError):
    """Two photos of a wound that cannot surely be brought onto each other."""


class MeasureError(WoundtrackError):
    """A measurement that would not mean anything."""


class RecordError(WoundtrackError):
    """A record that contradicts itself, another record or the calendar."""


class StoreError(WoundtrackError):
    """A clinic store that cannot be opened, read or written."""


class ReportError(WoundtrackError):
    """A report, chart or card that cannot be made."""


class ExportError(WoundtrackError):
    """Tables or pictures that cannot leave the clinic."""


class InterchangeError(WoundtrackError):
    """A folder of the open format that cannot be taken in."""


class BackupError(WoundtrackError):
    """A backup that cannot be made, read or brought back."""
