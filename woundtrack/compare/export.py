"""A lesion's film or contact sheet, written whole or not at all, and journalled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.compare.contact import contact_pdf, contact_png
from woundtrack.compare.film import film_webp
from woundtrack.compare.series import Counted, Laid, Watch
from woundtrack.compare.showing import LeftOut, SeriesOptions, Showing, showing_of
from woundtrack.deidentify.consent import require_consent
from woundtrack.deidentify.names import tells_who
from woundtrack.errors import ExportError
from woundtrack.explain import explain
from woundtrack.export.placing import refuse_inside, write_file
from woundtrack.photo.colour_cast import Light
from woundtrack.records import ConsentPurpose, Patient
from woundtrack.words import N_, _, counted, labelled

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_MAKERS = {".webp": film_webp, ".png": contact_png, ".pdf": contact_pdf}
_JOURNALLED = {".webp": N_("Film"), ".png": N_("Contact sheet"), ".pdf": N_("Contact sheet")}
_FOR = {
    ConsentPurpose.CARE: N_("for care"),
    ConsentPurpose.TEACHING: N_("for teaching, looked at by {name}"),
    ConsentPurpose.RESEARCH: N_("for research, looked at by {name}"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What became of a series."""

    shown: int
    left_out: tuple[LeftOut, ...] = ()
    unaligned: int = 0
    """How many of those shown could not be laid on the first."""
    as_taken: int = 0
    """How many of those shown should have been matched but nothing told their light."""


def export_series(
    clinic: "Clinic",
    target: Path,
    photos: Sequence[Laid],
    options: SeriesOptions,
    *,
    patient_id: int,
    purpose: ConsentPurpose,
    looked_at_by: str = "",
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> Told:
    """Write a film (.webp) or contact sheet (.png, .pdf), and journal that it left.

    Other purposes than care need the patient's consent, show days and never dates, say nowhere who
    it is, and need to know who looked at all that is shown: each photo has its crop then. What
    `watch` raises between two photos ends the work; nothing is left then, as after an error, and
    what was in the place stays. Raises ExportError film.ending, .dates, .tells_who, .size,
    .seconds, .too_few, .too_few_visits and those of `require_consent`; StoreError
    store.read_only or .not_writable where nothing can be journalled; and what `write_file` and
    reading photos do.
    """
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    ending = ending_of(target)
    texts = (options.title, target.stem)
    refuse_purpose(clinic, patient_id, purpose, dated=options.day_0 is None, texts=texts)
    showing = showing_of(photos, options)
    if purpose is not ConsentPurpose.CARE:
        _refuse_unseen(showing, looked_at_by)
    data, lights = _MAKERS[ending](showing, options=options, progress=progress, watch=watch)
    reason = labelled(_(_JOURNALLED[ending]), _(_FOR[purpose]).format(name=looked_at_by))
    write_file(
        data,
        target,
        clinic_folder=clinic.folder,
        note=lambda: clinic.write(
            lambda writer: writer.note("exported", "patient", patient_id), reason=reason
        ),
    )
    unaligned = sum(bool(each.note) for each in showing.shown)
    as_taken = sum(light is Light.ASSUMED for light in lights) if options.matched else 0
    return Told(len(showing.shown), showing.left_out, unaligned, as_taken)


def _refuse_unseen(showing: Showing, looked_at_by: str) -> None:
    """Refuse a photo without a crop that somebody let through."""
    if not looked_at_by or any(each.photo.shot.crop is None for each in showing.shown):
        raise ExportError("deidentify.nothing_confirmed")


def ending_of(target: Path) -> str:
    """What is made, by the file's name: ".webp", ".png" or ".pdf"; ExportError film.ending."""
    ending = target.suffix.lower()
    if ending not in _MAKERS:
        raise ExportError("film.ending")
    return ending


def refuse_purpose(
    clinic: "Clinic",
    patient_id: int,
    purpose: ConsentPurpose,
    *,
    dated: bool,
    texts: Sequence[str] = (),
) -> None:
    """Refuse what a purpose does not allow: without consent, or, where names are off, with dates
    or with texts that tell who the patient is.

    Raises ExportError film.dates, film.tells_who, deidentify.no_consent_to_teaching, ….
    """
    if purpose is ConsentPurpose.CARE:
        return
    patient = clinic.read(lambda reader: reader.get(Patient, patient_id)).value
    require_consent(patient, purpose, dt.datetime.now().astimezone().date())
    if dated:
        raise ExportError("film.dates")
    if any(tells_who(text, patient) for text in texts):
        raise ExportError("film.tells_who")


def told_text(told: Told) -> str:
    """What was made, and each photo that was left out with the reason, a line each."""
    shown = counted("{count} photo shown.", "{count} photos shown.", told.shown)
    lines = [shown]
    if told.unaligned:
        marked = counted(
            "{count} of them could not be laid on the first; it is shown by its own scale.",
            "{count} of them could not be laid on the first; they are shown by their own scales.",
            told.unaligned,
        )
        lines.append(marked)
    if told.as_taken:
        taken = counted(
            "{count} has the colours it was taken with: no card or ruler tells its light.",
            "{count} have the colours they were taken with: no card or ruler tells their light.",
            told.as_taken,
        )
        lines.append(taken)
    lines += [
        _("Left out: {photo}").format(photo=labelled(each.day, explain(each.why)))
        for each in told.left_out
    ]
    return "\n".join(lines)
