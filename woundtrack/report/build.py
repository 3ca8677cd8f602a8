"""A patient's PDF from their history: the one entrance for the window and the command line."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from woundtrack.errors import ReportError
from woundtrack.records import Letterhead, PatientHistory
from woundtrack.report.content import report_content
from woundtrack.report.content_types import ReportContent, ReportKind, ReportOptions
from woundtrack.report.pictures import pictures_of
from woundtrack.words import speaking

_IN_FILE_NAMES = MappingProxyType(
    {ReportKind.PROGRESS: "", ReportKind.PATIENT: "summary-", ReportKind.VISIT: "visit-"}
)
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
        return _made(content, photo_bytes, progress, cancelled)


def _made(
    content: ReportContent,
    photo_bytes: Callable[[str], bytes],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> bytes:
    """The content's photos, then its pages; a step of progress each, and one at the end."""
    from woundtrack.report.pdf import report_pdf

    total = len(content.plates) + 1
    pictures = pictures_of(
        content.plates,
        photo_bytes=photo_bytes,
        progress=lambda done: progress(done, total),
        cancelled=cancelled,
    )
    data = report_pdf(content, pictures=pictures)
    if cancelled():
        raise ReportError("report.cancelled")
    progress(total, total)
    return data


def file_name(
    history: PatientHistory, *, today: dt.date, options: ReportOptions | None = None
) -> str:
    """A file name that holds the pseudonymous code, the kind and a day, and never the name."""
    options = options or ReportOptions()
    code = "".join(c for c in history.patient.value.code if c.isalnum() or c == "-")
    day = today
    if options.kind is ReportKind.VISIT:
        day = next((v.value.on for v in history.visits if v.id == options.visit_id), today)
    kind = _IN_FILE_NAMES[options.kind]
    return f"woundtrack-{code or history.patient.id}-{kind}{day.isoformat()}.pdf"
