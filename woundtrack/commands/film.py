"""`woundtrack film CLINIC --patient CODE --lesion A --purpose P --out FILE`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.commands.progress import progress_line
from woundtrack.errors import ExportError
from woundtrack.words import _, together

if TYPE_CHECKING:
    from woundtrack.compare.record import LookedAt
    from woundtrack.compare.showing import SeriesOptions
    from woundtrack.export.case import Case
    from woundtrack.records import ConsentPurpose
    from woundtrack.store.clinic import Clinic

CARE = "care"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `film` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument("--patient", required=True, metavar="CODE", help=_("patient's code"))
    parser.add_argument("--lesion", required=True, metavar="A", help=_("the lesion's letter"))
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE",
        help=_("a film (.webp), or a contact sheet (.png, .pdf)"),
    )  # fmt: skip
    parser.add_argument(
        "--purpose", required=True, choices=(CARE, "teaching", "research"),
        help=_("what it is for; teaching and research need consent and --confirmed"),
    )  # fmt: skip
    parser.add_argument(
        "--confirmed", type=Path, metavar="FILE",
        help=_("crops and masks that a person looked at, from “woundtrack pictures”"),
    )  # fmt: skip
    parser.add_argument("--title", default="", help=_("over a contact sheet"))
    parser.add_argument(
        "--size", type=int, default=1280, metavar="PX", help=_("the longer side of each picture")
    )
    parser.add_argument(
        "--seconds", type=float, default=1.5, help=_("how long each photo stands in a film")
    )
    for name, what in (
        ("--days", _("days since the first visit, no dates")),
        ("--fade", _("photos melt into each other")),
        ("--once", _("the film stops at its end")),
        ("--without-outlines", _("the photos alone")),
        ("--without-sizes", _("no areas below")),
        ("--as-taken", _("colours as they are, not matched by card or ruler")),
        ("--own-scale", _("also show photos that could not be laid on the first, marked so")),
    ):
        parser.add_argument(name, action="store_true", help=what)
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Lay the photos on each other, write, and say which were left out."""
    from woundtrack.records import ConsentPurpose
    from woundtrack.store.clinic import open_clinic

    purpose = ConsentPurpose(arguments.purpose)
    if purpose is not ConsentPurpose.CARE and not arguments.confirmed:
        arguments.usage_error(_("--purpose {purpose} needs --confirmed").format(purpose=purpose))
    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        print(_film(clinic, arguments, purpose))
    finally:
        clinic.close()
    return 0


def _film(clinic: "Clinic", arguments: argparse.Namespace, purpose: "ConsentPurpose") -> str:
    from woundtrack.compare.export import ending_of, export_series, refuse_purpose, told_text
    from woundtrack.compare.record import shots_of
    from woundtrack.compare.series import laid
    from woundtrack.compare.showing import check_options
    from woundtrack.deidentify.export import today
    from woundtrack.export.case import case_of
    from woundtrack.photo.read import decode_photo
    from woundtrack.photo.types import Pixels

    def pixels(vault_name: str) -> Pixels:
        return decode_photo(clinic.read(lambda reader: reader.photo_bytes(vault_name)))[1]

    ending_of(arguments.out)
    patient_id = patient_of_code(clinic, arguments.patient)
    texts = (arguments.title, arguments.out.stem)
    refuse_purpose(clinic, patient_id, purpose, dated=False, texts=texts)
    case = case_of(clinic.read(lambda reader: reader.history(patient_id)), today=today())
    options = _options(arguments, case, purpose)
    check_options(options)
    looked_at, looked_at_by = None, ""
    if arguments.confirmed:
        looked_at, looked_at_by = _looked_at(arguments.confirmed, case)
    shots = shots_of(case, _lesion_id(case, arguments.lesion), pixels=pixels, looked_at=looked_at)
    looking = progress_line(_("looking for the same skin: photo {done} of {total}"))
    told = export_series(
        clinic,
        arguments.out.absolute(),
        laid(shots, progress=looking),
        options,
        patient_id=patient_id,
        purpose=purpose,
        looked_at_by=looked_at_by,
        progress=progress_line(_("drawing: photo {done} of {total}")),
    )
    return f"{arguments.out}\n{told_text(told)}"


def _lesion_id(case: "Case", label: str) -> int:
    """The lesion of that letter; ExportError film.no_lesion."""
    labels = {each.value.label: each.id for each in case.history.lesions}
    if label not in labels:
        raise ExportError("film.no_lesion", label=label, labels=together(sorted(labels)))
    return labels[label]


def _looked_at(file: Path, case: "Case") -> "tuple[LookedAt, str]":
    """What a person let through of each photo, and who it was."""
    from woundtrack.deidentify.choose import candidates_of
    from woundtrack.deidentify.file import of_patient, read_proposals
    from woundtrack.deidentify.propose import confirmed_candidates

    proposals = of_patient(read_proposals(file), case.patient.code)
    found = confirmed_candidates(proposals, candidates_of(case))
    seen = {candidate.photo.id: (crop, told.masks) for candidate, crop, told in found}
    return seen, proposals.confirmed_by


def _options(
    arguments: argparse.Namespace, case: "Case", purpose: "ConsentPurpose"
) -> "SeriesOptions":
    from woundtrack.compare.showing import SeriesOptions

    by_days = arguments.days or purpose != CARE
    return SeriesOptions(
        longest_px=arguments.size,
        seconds=arguments.seconds,
        loop=not arguments.once,
        fade=arguments.fade,
        outlines=not arguments.without_outlines,
        first_outline=not arguments.without_outlines,
        sizes=not arguments.without_sizes,
        matched=not arguments.as_taken,
        day_0=case.baseline_on if by_days else None,
        unaligned=arguments.own_scale,
        title=arguments.title,
    )
