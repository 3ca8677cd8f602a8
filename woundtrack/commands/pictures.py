"""`woundtrack pictures CLINIC --purpose P --propose DIR | --confirmed FILE --out DIR`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.deidentify.choose import Offer
    from woundtrack.store.clinic import Clinic


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `pictures` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument(
        "--purpose", required=True, choices=("teaching", "research"),
        help=_("what the patients agreed to; the others are left out"),
    )  # fmt: skip
    step = parser.add_mutually_exclusive_group(required=True)
    step.add_argument(
        "--propose", type=Path, metavar="DIR",
        help=_("write pictures with numbered masks, and masks.json to edit and confirm"),
    )  # fmt: skip
    step.add_argument(
        "--confirmed", type=Path, metavar="FILE",
        help=_("export what this file confirms and says who looked at it; needs --out"),
    )  # fmt: skip
    parser.add_argument(
        "--masks", type=Path, metavar="FILE",
        help=_("with --propose: show the crops and masks of this file instead of new ones"),
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="DIR", help=_("a new folder"))
    parser.add_argument(
        "--patient", metavar="CODE", help=_("one patient only (default: the whole clinic)")
    )
    parser.add_argument("--format", choices=("jpg", "png"), default="jpg")
    parser.add_argument("--table", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Propose, or export what was confirmed."""
    from woundtrack.store.clinic import open_clinic

    if arguments.confirmed and not arguments.out:
        arguments.usage_error(_("--confirmed needs --out"))
    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        return _propose(clinic, arguments) if arguments.propose else _export(clinic, arguments)
    finally:
        clinic.close()


def _offer(clinic: "Clinic", arguments: argparse.Namespace) -> "Offer":
    from woundtrack.deidentify.choose import offered
    from woundtrack.deidentify.export import today
    from woundtrack.records import ConsentPurpose

    whose = {patient_of_code(clinic, arguments.patient)} if arguments.patient else None
    purpose = ConsentPurpose(arguments.purpose)
    offer = clinic.read(lambda reader: offered(reader, purpose, today=today(), patient_ids=whose))
    assert offer is not None  # nobody stops it
    return offer


def _propose(clinic: "Clinic", arguments: argparse.Namespace) -> int:
    from woundtrack.deidentify.export import left_out_text
    from woundtrack.deidentify.file import read_proposals
    from woundtrack.deidentify.propose import FILE_NAME, write_proposals

    offer = _offer(clinic, arguments)
    edited = read_proposals(arguments.masks) if arguments.masks else None
    made = write_proposals(clinic, arguments.propose.absolute(), offer.candidates, edited=edited)
    assert made is not None
    count = len(made.pictures)
    text = ngettext("{count} picture to look at.", "{count} pictures to look at.", count)
    print(text.format(count=count))
    uncut = sum(each.crop is None for each in made.pictures)
    if uncut:
        missing = ngettext(
            "{count} photo has no outline: tell its crop in {file}, or leave it out.",
            "{count} photos have no outline: tell their crops in {file}, or leave them out.",
            uncut,
        )
        print(missing.format(count=uncut, file=FILE_NAME))
    if offer.left_out:
        print(left_out_text(offer.left_out))
    print(_("Nobody has looked at them yet, and they are not encrypted: delete the folder after."))
    return 0


def _export(clinic: "Clinic", arguments: argparse.Namespace) -> int:
    from woundtrack.deidentify.export import (
        TableFormat,
        confirmed_of,
        export_pictures,
        exported_text,
        left_out_text,
    )
    from woundtrack.deidentify.file import code_of, of_patient, read_proposals
    from woundtrack.deidentify.picture import PictureFormat
    from woundtrack.deidentify.propose import confirmed_candidates
    from woundtrack.records import ConsentPurpose, Patient

    proposals = read_proposals(arguments.confirmed)
    offer = _offer(clinic, arguments)
    if arguments.patient:
        key = patient_of_code(clinic, arguments.patient)
        patient = clinic.read(lambda reader: reader.get(Patient, key))
        proposals = of_patient(proposals, patient.value.code)
    found = confirmed_candidates(proposals, offer.candidates, left_out=offer.left_out)
    done = export_pictures(
        clinic,
        arguments.out.absolute(),
        [confirmed_of(candidate, crop, told.masks) for candidate, crop, told in found],
        purpose=ConsentPurpose(arguments.purpose),
        confirmed_by=proposals.confirmed_by,
        picture_format=PictureFormat(arguments.format),
        table_format=TableFormat(arguments.table),
    )
    assert done is not None
    print(exported_text(done))
    asked = {code_of(each) for each in proposals.pictures if each.confirmed}
    lost = sorted(asked.intersection(offer.left_out))
    if lost:
        print(left_out_text(lost))
    return 0
