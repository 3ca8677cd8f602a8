"""A run is accepted, refused, or the length is asked again."""

import pytest

from woundtrack.errors import ReportError
from woundtrack.records import CardRun
from woundtrack.report.card_run import checked_run, run_text

RUN = CardRun(3, "a4")


@pytest.mark.parametrize(
    ("measured_mm", "accepted"),
    [(100.0, True), (98.0, True), (102.0, True), (97.9, False), (102.1, False), (94.0, False)],
)
def test_two_millimetres_are_accepted(measured_mm: float, accepted: bool) -> None:
    run = checked_run(RUN, measured_mm=measured_mm)
    assert run == CardRun(3, "a4", measured_mm, accepted)


@pytest.mark.parametrize("measured_mm", [0.0, 3.9, 10.0, 1000.0, float("nan")])
def test_other_units_are_not_believed(measured_mm: float) -> None:
    with pytest.raises(ReportError) as caught:
        checked_run(RUN, measured_mm=measured_mm)
    assert caught.value.code == "report.card_line_unlikely"


def test_a_run_in_one_line() -> None:
    assert run_text(RUN) == "Run 3 · A4 · not checked yet"
    assert run_text(checked_run(RUN, measured_mm=99.8)) == "Run 3 · A4 · 99.8 mm, accepted"
