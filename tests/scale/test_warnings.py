"""What a print run's check makes of a card's scale, and that every warning has words."""

import ast
from pathlib import Path

import numpy as np
import pytest

from woundtrack.errors import ScaleError
from woundtrack.records import CardRun
from woundtrack.scale.types import Scale, ScaleMethod, Shift, matrix3
from woundtrack.scale.warnings import RUN_UNCHECKED, WARNINGS, with_run_check

MATRIX = matrix3([[0.1, 0.0, 3.0], [0.0, 0.1, 4.0], [1e-5, 0.0, 1.0]])
CARD = Scale(
    ScaleMethod.CARD,
    MATRIX,
    relative_sd=0.003,
    warnings=(RUN_UNCHECKED, "scale.card_tag_missing"),
    card_run=12,
    shifts=(Shift(MATRIX),),
    anchor_mm=(5.0, 50.0),
)
ROOM = Path(__file__).resolve().parents[2] / "woundtrack" / "scale"


@pytest.mark.parametrize("run", [None, CardRun(12, "a4")])
def test_an_unchecked_run_goes_on_warning(run: CardRun | None) -> None:
    assert with_run_check(CARD, run) == CARD


def test_an_accepted_run_gives_the_measured_lengths() -> None:
    checked = with_run_check(CARD, CardRun(12, "a4", measured_mm=99.0, accepted=True))
    points = [(100.0, 100.0), (700.0, 300.0)]
    assert checked.warnings == ("scale.card_tag_missing",)
    assert checked.to_mm(points) == pytest.approx(0.99 * CARD.to_mm(points))
    assert checked.shifted()[0].to_mm(points) == pytest.approx(checked.to_mm(points))
    assert checked.anchor_mm == pytest.approx((4.95, 49.5))


def test_the_check_is_taken_once_only() -> None:
    run = CardRun(12, "a4", measured_mm=99.0, accepted=True)
    once = with_run_check(CARD, run)
    assert with_run_check(once, run) == once


def test_a_refused_run_is_refused() -> None:
    with pytest.raises(ScaleError) as caught:
        with_run_check(CARD, CardRun(12, "a4", measured_mm=96.0, accepted=False))
    assert caught.value.code == "scale.run_refused"


def test_a_ruler_knows_no_print_run() -> None:
    ruler = Scale(ScaleMethod.RULER, matrix3(np.eye(3)), relative_sd=0.01)
    assert with_run_check(ruler, CardRun(12, "a4", accepted=False)) == ruler


def test_every_warning_that_is_given_has_a_sentence() -> None:
    missing = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "warnings":
                words = (item for item in ast.walk(node.value) if isinstance(item, ast.Constant))
                codes = {item.value for item in words if isinstance(item.value, str)}
                missing |= {code for code in codes if code.startswith("scale.")} - set(WARNINGS)
    assert not missing
