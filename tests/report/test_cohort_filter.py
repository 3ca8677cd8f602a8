"""A cohort's filter in words, as choices, and as the settings keep it."""

import datetime as dt

import pytest

from woundtrack.cohort.types import Filter, TherapyChoice
from woundtrack.context.types import CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass
from woundtrack.report.cohort_filter import (
    CAUSES,
    Cause,
    cause_name,
    cause_of,
    class_of,
    filter_of,
    filter_text,
    from_text,
    parts_of,
    to_text,
)

STS = TherapyChoice("sts_iv")
FULL = filter_of(
    cause=Cause(Aetiology.CALCIPHYLAXIS, uraemic=False),
    site_class=SiteClass.CENTRAL,
    therapy=STS,
    from_on=dt.date(2025, 1, 1),
    to_on=dt.date(2025, 12, 31),
)


def test_every_cause_has_a_name_of_its_own_and_comes_back_from_its_filter() -> None:
    assert len({cause_name(one) for one in CAUSES}) == len(CAUSES)
    for one in CAUSES:
        assert cause_of(filter_of(cause=one)) == one
    assert {one.subtype for one in CAUSES} == {None, *CalcinosisSubtype}
    assert class_of(filter_of(site_class=SiteClass.ACRAL)) is SiteClass.ACRAL


def test_the_filter_is_told_in_one_line() -> None:
    assert filter_text(FULL) == (
        "calciphylaxis, without kidney failure · central · Sodium thiosulfate, intravenous · "
        "1 Jan 2025 to 31 Dec 2025"
    )
    assert filter_text(Filter()) == "no filter"


def test_each_part_can_be_left_out_alone() -> None:
    parts = dict(parts_of(FULL))
    assert len(parts) == 4
    without_site = parts["central"]
    assert class_of(without_site) is None
    assert without_site.therapy == STS
    assert parts["1 Jan 2025 to 31 Dec 2025"].from_on is None
    assert dict(parts_of(filter_of(to_on=dt.date(2025, 1, 1)))) == {"until 1 Jan 2025": Filter()}


@pytest.mark.parametrize("asked", [Filter(), FULL, *(filter_of(cause=c) for c in CAUSES)])
def test_settings_give_back_what_they_kept(asked: Filter) -> None:
    assert from_text(to_text(asked)) == asked


def test_a_therapy_that_the_clinic_named_stays_out_of_the_settings() -> None:
    asked = filter_of(site_class=SiteClass.ACRAL, therapy=TherapyChoice("other", "Honey of M."))
    assert "Honey" not in to_text(asked)
    assert from_text(to_text(asked)) == filter_of(site_class=SiteClass.ACRAL)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "3", '{"aetiology": "plague"}', '{"from_on": "31/12"}',
             '{"therapy": ["a"]}'],
)  # fmt: skip
def test_settings_that_hold_something_else_ask_for_everyone(text: str) -> None:
    assert from_text(text) == Filter()
