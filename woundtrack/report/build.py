"""A patient's PDF from their history: the one entrance for the window and the command line."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.errors import ReportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Letterhead, PatientHistory
from woundtrack.report.content import report_content
from woundtrack.report.content_types import Plate, ReportOptions
from woundtrack.words import speaking

_NOBODY: Mapping[int, str] = MappingProxyType({})


def build_report(
    history: PatientHistory,
    *,
    photo_bytes: Callable[[str], bytes],
    clinic_name: str,
    user_name: str,
    now: dt.datetime,
    options: ReportOptions | None = None,
    letterhead: Letterhead | None = None,
    user_names: Mapping[int, str] = _NOBODY,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """The report as PDF bytes, in the language of its options.

    `photo_bytes` gives a photo's original file by its vault name (`Reader.photo_bytes`); `now`
    is local time; `letterhead` is the clinic's (`Reader.letterhead`); `user_names`, by id, tell
    who confirmed. A photo that cannot be read is replaced by a sentence. Raises ReportError
    report.cancelled, report.period, report.page_size, report.no_visit,
    report.nothing_confirmed; RecordError record.missing.
    """
    options = options or ReportOptions()
    with speaking(options.language):
        content = report_content(
            history,
            options=options,
            clinic_name=clinic_name,
            user_name=user_name,
            now=now,
            letterhead=letterhead,
            user_names=user_names,
        )
        total = sum(len(section.plates) for section in content.sections) + 1
        pictures = _Pictures(photo_bytes, lambda done: progress(done, total), cancelled)

        from woundtrack.report.pdf import report_pdf

        data = report_pdf(content, picture=pictures.picture)
    if cancelled():
        raise ReportError("report.cancelled")
    progress(total, total)
    return data


@dataclass(slots=True)
class _Pictures:
    """Makes the photos one by one, counting; a bad one becomes its sentence."""

    photo_bytes: Callable[[str], bytes]
    progress: Callable[[int], None]
    cancelled: Callable[[], bool]
    done: int = 0

    def picture(self, plate: Plate) -> tuple[bytes, str]:
        if self.cancelled():
            raise ReportError("report.cancelled")
        try:
            made = plate_jpeg(plate, photo_bytes=self.photo_bytes), ""
        except WoundtrackError as error:
            made = b"", explain(error)
        self.done += 1
        self.progress(self.done)
        return made


def plate_jpeg(plate: Plate, *, photo_bytes: Callable[[str], bytes]) -> bytes:
    """A photo as printed: with grid, outlines and labels. Raises PhotoError, StoreError."""
    from woundtrack.photo.read import decode_photo
    from woundtrack.report.overlay import jpeg, overlay

    _photo, pixels = decode_photo(photo_bytes(plate.vault_name))
    drawn = overlay(
        pixels,
        scale=plate.scale,
        outlines=plate.outlines,
        labels=plate.labels,
        measurements=plate.measurements,
        field_mm=plate.field_mm,
    )
    return jpeg(drawn)


def file_name(history: PatientHistory, *, today: dt.date) -> str:
    """A file name that holds the pseudonymous code and never the name."""
    code = "".join(c for c in history.patient.value.code if c.isalnum() or c == "-")
    return f"woundtrack-{code or history.patient.id}-{today.isoformat()}.pdf"
