"""A correction nobody confirmed is kept against loss, and is in no record."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

from tests.clinics import OUTLINE, SCALE, TISSUE, TODAY, USER, values
from woundtrack.outline.types import Outline
from woundtrack.records import PhotoOutline, PhotoScale
from woundtrack.store.clinic import Clinic
from woundtrack.store.types import Correction


def correction_of(case: SimpleNamespace, pain: int = 7) -> Correction:
    photo, lesion = case.photo.id, case.lesions[0].id
    return Correction(
        scales=(PhotoScale(photo, replace(SCALE, relative_sd=0.02)),),
        outlines=(PhotoOutline(photo, lesion, Outline(OUTLINE.rings), tissue=TISSUE),),
        assessments=(replace(case.assessments[0].value, pain_nrs=pain, confirmed=False),),
        taken_away=(("outline", photo, case.lesions[1].id),),
        on_revisions=(("scale", photo, 0, 1), ("outline", photo, lesion, 1)),
        chosen=((lesion, photo),),
    )


def test_a_kept_correction_comes_back_after_the_program_ended(
    opened: Callable[..., Clinic], case: SimpleNamespace, clinic: Clinic
) -> None:
    made = correction_of(case)
    clinic.write(lambda w: w.keep_correction(case.visit.id, made))
    clinic.close()
    pending = opened().read(lambda r: r.correction(case.visit.id))
    assert pending is not None
    assert pending.correction == made
    assert (pending.at_utc, pending.user_name) == (TODAY, USER)


def test_a_kept_correction_changes_no_record_revision_or_journal(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    before = values(clinic, case.patient.id), clinic.read(lambda r: r.journal())
    clinic.write(lambda w: w.keep_correction(case.visit.id, correction_of(case)))
    assert (values(clinic, case.patient.id), clinic.read(lambda r: r.journal())) == before


def test_the_newest_correction_stands_for_the_earlier_and_dropping_forgets_it(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    visit_id = case.visit.id
    assert clinic.read(lambda r: r.correction(visit_id)) is None
    for pain in (3, 5):
        clinic.write(lambda w, pain=pain: w.keep_correction(visit_id, correction_of(case, pain)))
    pending = clinic.read(lambda r: r.correction(visit_id))
    assert pending is not None
    assert pending.correction.assessments[0].pain_nrs == 5
    clinic.write(lambda w: w.drop_correction(visit_id))
    clinic.write(lambda w: w.drop_correction(visit_id))
    assert clinic.read(lambda r: r.correction(visit_id)) is None
