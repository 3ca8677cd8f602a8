"""Rater studies in the store: whose tracing, blinded photos, and the clinic's own figure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import OUTLINE, SCALE, act_of, add_user, add_visit
from tests.raters.tracings import measured, square
from woundtrack.errors import RecordError, WoundtrackError
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import LesionMeasurement, Stored, VisitPhoto
from woundtrack.store.clinic import Clinic, Reader

OTHER, OTHER_PASSPHRASE = "Ben Sand", "another good passphrase"


@pytest.fixture
def other(clinic: Clinic) -> int:
    """A second rater's id."""
    return clinic.write(lambda w: add_user(w, OTHER, OTHER_PASSPHRASE)).id


@pytest.fixture
def one_wound(clinic: Clinic, case: SimpleNamespace) -> SimpleNamespace:
    """A second visit, whose photo shows lesion A alone."""
    day = dt.date(2026, 5, 11)
    return clinic.write(lambda w: add_visit(w, case.patient.id, day, [case.lesions[0].id], n=7))


@pytest.fixture
def study(clinic: Clinic, one_wound: SimpleNamespace, other: int) -> SimpleNamespace:
    """A study of that photo, by both users, each twice."""

    def act(writer) -> SimpleNamespace:
        made = writer.add(RaterStudy("Autumn", (clinic.user.id, other), rounds=2, seed=3))
        photo = writer.add(RaterPhoto(made.id, one_wound.photo.id, SCALE))
        return SimpleNamespace(study=made, photo=photo)

    return clinic.write(act)


def traced(study: SimpleNamespace, rater_id: int, *, round_: int = 1) -> RaterTrace:
    return RaterTrace(study.photo.id, rater_id, round_, OUTLINE, measured(1.0))


def own_value(study: SimpleNamespace, **fields: object) -> RetraceValue:
    value = RetraceValue(study.study.id, 0.06, 0.045, 0.08, raters=2, photos=20)
    return replace(value, **fields)  # type: ignore[arg-type]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(WoundtrackError) as caught:
        act()
    return caught.value.code


def retraced(clinic: Clinic, record_id: int) -> float | None:
    found = clinic.read(lambda r: r.get(LesionMeasurement, record_id))
    return found.value.retrace_relative_sd


def test_only_photos_that_show_one_wound_under_a_confirmed_scale_can_be_traced(
    clinic: Clinic, case: SimpleNamespace, one_wound: SimpleNamespace
) -> None:
    (found,) = clinic.read(lambda r: r.traceable_photos())
    assert found.photo.id == one_wound.photo.id != case.photo.id
    assert found.scale.value.scale == SCALE
    assert found.patient_id == case.patient.id
    assert clinic.read(lambda r: r.traceable_photos(limit=0)) == []
    draft = replace(one_wound.measurements[0].value, measurement=measured(9.0), confirmed=False)
    clinic.write(lambda w: w.add(replace(draft, retrace_relative_sd=None)))
    assert clinic.read(lambda r: r.traceable_photos()) == [found]
    clinic.write(lambda w: w.delete(VisitPhoto, found.photo.id))
    assert clinic.read(lambda r: r.traceable_photos()) == []


def test_a_tracing_is_confirmed_by_who_is_signed_in_and_by_nobody_else(
    clinic: Clinic, study: SimpleNamespace, other: int
) -> None:
    clinic.write(lambda w: w.add(traced(study, clinic.user.id)))
    mine = clinic.read(lambda r: r.study_traces(study.study.id, rater_id=clinic.user.id))
    assert [one.value.outline for one in mine] == [OUTLINE]
    assert clinic.read(lambda r: r.study_traces(study.study.id, rater_id=other)) == []
    for_other = traced(study, other)
    assert code_of(lambda: clinic.write(lambda w: w.add(for_other))) == "record.trace_is_another_s"


def test_a_rater_traces_in_the_own_name_after_signing_in(
    clinic: Clinic, opened: Callable[..., Clinic], study: SimpleNamespace, other: int
) -> None:
    clinic.close()
    theirs = opened(OTHER, OTHER_PASSPHRASE)
    theirs.write(lambda w: w.add(traced(study, other)))
    (kept,) = theirs.read(lambda r: r.study_traces(study.study.id))
    assert kept.user_id == kept.value.rater_id == other


def test_what_a_rater_has_drawn_is_kept_for_them_alone_and_is_no_tracing(
    clinic: Clinic, opened: Callable[..., Clinic], study: SimpleNamespace, other: int
) -> None:
    def drawn(reader: Reader, *, rater_id: int, round_: int = 1) -> Outline | None:
        return reader.drawing(study.photo.id, rater_id=rater_id, round_=round_)

    me, journal = clinic.user.id, clinic.read(lambda r: r.journal())
    for outline in (square(50.0), OUTLINE):  # the newest counts
        clinic.write(lambda w, outline=outline: w.keep_drawing(study.photo.id, 1, outline))
    assert clinic.read(lambda r: r.journal()) == journal
    assert clinic.read(lambda r: r.study_traces(study.study.id)) == []
    clinic.close()
    again = opened()  # after the program ended
    assert again.read(lambda r: drawn(r, rater_id=me)) == OUTLINE
    assert again.read(lambda r: drawn(r, rater_id=me, round_=2)) is None
    assert again.read(lambda r: drawn(r, rater_id=other)) is None
    again.write(lambda w: w.drop_drawing(study.photo.id, 1))
    assert again.read(lambda r: drawn(r, rater_id=me)) is None
    assert again.check() == []


def test_what_a_study_refuses(clinic: Clinic, study: SimpleNamespace, other: int) -> None:
    def add(value: object) -> str:
        return code_of(lambda: clinic.write(lambda w: w.add(value)))

    user = clinic.user.id
    assert add(RaterStudy(" ", (user, other))) == "record.name_missing"
    assert add(RaterStudy("S", (user,))) == "record.study_raters"
    assert add(RaterStudy("S", (user, user), rounds=2)) == "record.study_raters"
    assert add(RaterStudy("S", (user, other), rounds=3)) == "record.study_rounds"
    assert add(RaterStudy("S", (user, 99))) == "record.missing"
    assert add(study.photo.value) == "record.study_photo_twice"
    clinic.write(lambda w: w.add(traced(study, user)))
    assert add(traced(study, user)) == "record.trace_exists"
    assert add(traced(study, user, round_=3)) == "record.study_rounds"
    outside = replace(traced(study, user, round_=2), outline=square(9000.0))
    assert add(outside).startswith("outline.")
    nothing = replace(traced(study, user, round_=2), measurement=measured(0.0))
    assert add(nothing) == "record.trace_without_area"


def test_who_is_no_rater_of_the_study_cannot_trace(
    clinic: Clinic, one_wound: SimpleNamespace, other: int
) -> None:
    made = clinic.write(lambda w: w.add(RaterStudy("B", (other,), rounds=2)))
    photo = clinic.write(lambda w: w.add(RaterPhoto(made.id, one_wound.photo.id, SCALE)))
    value = RaterTrace(photo.id, clinic.user.id, 1, OUTLINE, measured(1.0))
    assert code_of(lambda: clinic.write(lambda w: w.add(value))) == "record.not_a_rater"


def test_undoing_a_tracing_opens_its_photo_again(clinic: Clinic, study: SimpleNamespace) -> None:
    value = traced(study, clinic.user.id)
    act = act_of(clinic, lambda w: w.add(value))
    clinic.write(lambda w: w.undo(act))
    assert clinic.read(lambda r: r.study_traces(study.study.id)) == []
    clinic.write(lambda w: w.add(value))
    assert clinic.check() == []


def test_a_photo_takes_its_tracings_to_the_bin_and_back(
    clinic: Clinic, study: SimpleNamespace, one_wound: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.add(traced(study, clinic.user.id)))
    clinic.write(lambda w: w.delete(VisitPhoto, one_wound.photo.id))
    assert clinic.read(lambda r: r.find(RaterPhoto)) == []
    assert clinic.read(lambda r: r.study_traces(study.study.id)) == []
    clinic.write(lambda w: w.restore(VisitPhoto, one_wound.photo.id))
    assert len(clinic.read(lambda r: r.study_traces(study.study.id))) == 1
    assert clinic.check() == []


def test_a_study_goes_to_the_bin_and_back_as_a_whole(
    clinic: Clinic, study: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.add(traced(study, clinic.user.id)))
    clinic.write(lambda w: w.delete(RaterStudy, study.study.id))
    binned = clinic.read(lambda r: r.bin())
    assert [type(one.value) for one in binned] == [RaterStudy]
    clinic.write(lambda w: w.restore(RaterStudy, study.study.id))
    assert len(clinic.read(lambda r: r.study_traces(study.study.id))) == 1


def test_the_published_figure_counts_until_the_clinic_has_its_own(
    clinic: Clinic, study: SimpleNamespace
) -> None:
    assert clinic.read(lambda r: r.retrace_relative_sd()) == RETRACE_RELATIVE_SD
    act = act_of(clinic, lambda w: w.add(own_value(study)), reason="autumn study")
    assert clinic.read(lambda r: r.retrace_relative_sd()) == 0.06
    (entry, *_) = clinic.read(lambda r: r.journal(kind="retrace_value"))
    assert (entry.action, entry.reason, entry.user_id) == ("added", "autumn study", clinic.user.id)
    clinic.write(lambda w: w.undo(act))
    assert clinic.read(lambda r: r.retrace_relative_sd()) == RETRACE_RELATIVE_SD


def test_a_newer_study_revises_the_figure_and_undoing_returns_the_older(
    clinic: Clinic, study: SimpleNamespace
) -> None:
    first: Stored[RetraceValue] = clinic.write(lambda w: w.add(own_value(study)))
    second = own_value(study)
    assert code_of(lambda: clinic.write(lambda w: w.add(second))) == "record.retrace_value_exists"
    newer = own_value(study, relative_sd=0.05)
    act = act_of(clinic, lambda w: w.revise(first, newer))
    assert clinic.read(lambda r: r.retrace_relative_sd()) == 0.05
    clinic.write(lambda w: w.undo(act))
    assert clinic.read(lambda r: r.retrace_relative_sd()) == 0.06


@pytest.mark.parametrize(
    "fields",
    [
        {"photos": 19},
        {"raters": 1},
        {"relative_sd": 0.0, "low": 0.0},
        {"low": 0.07},
        {"high": 0.05},
    ],
)
def test_a_figure_that_cannot_bear_it_is_refused(
    clinic: Clinic, study: SimpleNamespace, fields: dict[str, object]
) -> None:
    value = own_value(study, **fields)
    assert code_of(lambda: clinic.write(lambda w: w.add(value))) == "record.retrace_value"


def test_a_confirmed_measurement_keeps_the_figure_it_was_confirmed_with(
    clinic: Clinic, case: SimpleNamespace, study: SimpleNamespace
) -> None:
    before = case.measurements[0]
    assert before.value.retrace_relative_sd == RETRACE_RELATIVE_SD
    clinic.write(lambda w: w.add(own_value(study)))
    assert retraced(clinic, before.id) == RETRACE_RELATIVE_SD
    day, lesion_id = dt.date(2026, 6, 1), case.lesions[0].id
    later = clinic.write(lambda w: add_visit(w, case.patient.id, day, [lesion_id], n=9))
    assert later.measurements[0].value.retrace_relative_sd == 0.06
    history = clinic.read(lambda r: r.history(case.patient.id))
    assert history.retrace_relative_sd == 0.06


def test_confirming_the_same_again_changes_nothing_a_correction_takes_what_is_known_now(
    clinic: Clinic, case: SimpleNamespace, study: SimpleNamespace
) -> None:
    stored = case.measurements[0]
    clinic.write(lambda w: w.add(own_value(study)))
    plain = replace(stored.value, retrace_relative_sd=None)
    assert clinic.write(lambda w: w.revise(stored, plain)).revision == stored.revision
    corrected = replace(plain, measurement=measured(1.5))
    clinic.write(lambda w: w.revise(stored, corrected))
    assert retraced(clinic, stored.id) == 0.06


def test_a_draft_has_no_figure_until_it_is_confirmed(clinic: Clinic, case: SimpleNamespace) -> None:
    plain = replace(case.measurements[0].value, confirmed=False, retrace_relative_sd=None)
    draft = clinic.write(lambda w: w.add(plain))
    assert draft.value.retrace_relative_sd is None
    confirmed = clinic.write(lambda w: w.revise(draft, replace(plain, confirmed=True)))
    assert confirmed.value.retrace_relative_sd == RETRACE_RELATIVE_SD


def test_an_unknown_record_is_missing(clinic: Clinic) -> None:
    with pytest.raises(RecordError):
        clinic.read(lambda r: r.get(RaterStudy, 1))


def test_a_check_finds_a_rater_who_is_missing(clinic: Clinic, study: SimpleNamespace) -> None:
    assert clinic.check() == []
    sql = "UPDATE rater_study SET rater_ids = '[1, 99]' WHERE id = ?"
    clinic.write(lambda w: w._connection.execute(sql, (study.study.id,)))
    assert [finding.code for finding in clinic.check()] == ["check.loose"]
