"""A cohort as a printed report: its filter, its endpoints and its curves, by nobody's name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from woundtrack.cohort.types import Cohort
from woundtrack.records import Letterhead
from woundtrack.report.cohort_filter import filter_text
from woundtrack.report.content_made import printed_text
from woundtrack.report.pdf_cohort import cohort_story
from woundtrack.report.pdf_document import Sheet, document_pdf
from woundtrack.words import _, date, speaking, time_of_day


@dataclass(frozen=True, slots=True)
class CohortOptions:
    """How a cohort's report is printed."""

    page_size: str = "a4"
    language: str = ""
    """One of `woundtrack.words.LANGUAGES`; empty: the one in force."""
    curves: bool = True
    by_site: bool = True
    """Curves of central against peripheral; else of everyone together."""
    whole: bool = False
    """Curves over the whole time under watch; else over one year."""
    signature: bool = False
    """Whether a line to sign on ends it."""


def cohort_report(
    cohort: Cohort,
    *,
    clinic_name: str,
    user_name: str,
    now: dt.datetime,
    options: CohortOptions | None = None,
    letterhead: Letterhead | None = None,
) -> bytes:
    """The report as PDF bytes, in the language of its options. `now` is local time: the record
    as it was when the cohort was computed. Raises ReportError report.page_size.
    """
    options = options or CohortOptions()
    with speaking(options.language):
        sheet = Sheet(
            title=_("Cohort of {date}").format(date=date(now.date())),
            heading=_("Cohort"),
            identity=filter_text(cohort.filter),
            clinic_name=clinic_name,
            made=(printed_text(user_name, now), _record_text(now)),
            page_size=options.page_size,
            letterhead=letterhead or Letterhead(),
        )

        def story(width: float) -> list[Any]:
            return cohort_story(cohort, options, width=width, on=now.date())

        return document_pdf(sheet, story=story)


def cohort_file_name(*, today: dt.date) -> str:
    """A file name that holds the day alone."""
    return f"woundtrack-cohort-{today.isoformat()}.pdf"


def _record_text(now: dt.datetime) -> str:
    return _("Made from the clinic’s record as it was on {date} at {time}").format(
        date=date(now.date()), time=time_of_day(now)
    )
