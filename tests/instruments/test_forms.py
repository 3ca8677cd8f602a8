"""Any instrument's answers go into an assessment and come out of it in one way."""

import pytest

from woundtrack.errors import RecordError
from woundtrack.instruments import forms
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.instruments.types import Basis
from woundtrack.records import Assessment, FilledForm

EMPTY = Assessment(1, 1)
ALL = (*forms.INSTRUMENTS, *forms.PARTS)


def test_each_instrument_keeps_answers_and_version_of_its_own() -> None:
    both = forms.filled(EMPTY, REVPWAT, (1,) * 8)
    both = forms.filled(both, PUSH, (8, 1, 3), size_cm=(3.7, 3.1))
    assert both.forms == (
        FilledForm("push", "3.0", (8, 1, 3), (3.7, 3.1)),
        FilledForm("revpwat", "2013", (1,) * 8),
    )
    assert forms.total_of(both, PUSH) == 12
    assert forms.total_of(both, REVPWAT) == 8
    assert forms.total_of(both, BWAT) is None


def test_without_any_answer_there_is_no_form() -> None:
    one = forms.filled(EMPTY, PUSH, (None, 2, None))
    assert forms.is_begun(one, PUSH)
    assert forms.missing_of(one, PUSH) == 2
    assert forms.total_of(one, PUSH) is None
    assert forms.filled(one, PUSH, (None,) * 3) == EMPTY


def test_a_part_has_no_form_of_its_own_but_reads_the_other_s() -> None:
    whole = forms.filled(EMPTY, BWAT, (1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4, 5))
    assert forms.scores_of(whole, BWAT_CUA) == (5, 4, 3, 2, 1, 2, 3, 4)
    assert forms.total_of(whole, BWAT_CUA) == 24
    assert BWAT_CUA not in forms.INSTRUMENTS


def test_answers_that_do_not_fit_are_refused() -> None:
    for scores, code in (
        ((11, 0, 0), "record.answer_out_of_range"),
        ((1, 0), "record.answer_count"),
    ):
        with pytest.raises(RecordError) as caught:
            forms.filled(EMPTY, PUSH, scores)
        assert caught.value.code == code


@pytest.mark.parametrize("instrument", ALL, ids=[each.key for each in ALL])
def test_every_instrument_names_its_authors_version_and_sources(instrument) -> None:
    assert forms.instrument_named(instrument.key) is instrument
    assert instrument.credit
    assert instrument.source
    assert instrument.version
    for note in (*instrument.notes, *(item.note for item in instrument.items if item.note)):
        assert note.source
    for item in instrument.items:
        labels = [option.label for option in item.options]
        assert len(set(labels)) == len(labels)
        assert all(len(label) <= 40 for label in labels)


def test_what_is_not_confirmed_in_print_is_so_marked() -> None:
    assert Basis.MEMORY in {note.basis for note in BWAT_CUA.notes}
    assert PUSH.items[0].note.basis is Basis.INFERRED
    assert BWAT.items[BWAT.index("size")].note.basis is Basis.INFERRED
