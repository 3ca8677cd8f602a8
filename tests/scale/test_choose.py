"""Which scale a photo gets."""

from dataclasses import replace

import numpy as np
import pytest

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale import card, choose, ruler
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

PHOTO = Photo(400, 300, "image/jpeg", 1)
PIXELS = np.zeros((300, 400, 3), np.uint8)


def scale(method: ScaleMethod, mm_per_px: float = 0.1) -> Scale:
    matrix = matrix3(np.diag([mm_per_px, mm_per_px, 1.0]))
    return Scale(method, matrix, relative_sd=0.003, marks_px=((100.0, 100.0), (200.0, 100.0)))


def arranged(
    monkeypatch: pytest.MonkeyPatch, *, on_card: Scale | str, on_ruler: Scale | str
) -> None:
    def finder(outcome: Scale | str):
        def find(*_arguments: object) -> Scale:
            if isinstance(outcome, str):
                raise ScaleError(outcome)
            return outcome

        return find

    monkeypatch.setattr(card, "find_card", finder(on_card))
    monkeypatch.setattr(ruler, "find_ruler", finder(on_ruler))


CARD, RULER = scale(ScaleMethod.CARD), scale(ScaleMethod.RULER)


@pytest.mark.parametrize(
    ("want", "on_card", "on_ruler", "method"),
    [
        ("auto", CARD, RULER, ScaleMethod.CARD),
        ("auto", "scale.no_card", RULER, ScaleMethod.RULER),
        ("auto", "scale.card_partial", RULER, ScaleMethod.RULER),
        ("card", CARD, RULER, ScaleMethod.CARD),
        ("ruler", CARD, RULER, ScaleMethod.RULER),
    ],
)
def test_the_card_comes_before_the_ruler(
    monkeypatch: pytest.MonkeyPatch,
    want: choose.Want,
    on_card: Scale | str,
    on_ruler: Scale | str,
    method: ScaleMethod,
) -> None:
    arranged(monkeypatch, on_card=on_card, on_ruler=on_ruler)
    found = choose.find_scale(PIXELS, PHOTO, want=want)
    assert found is not None
    assert found.method is method


@pytest.mark.parametrize(
    ("want", "on_card", "on_ruler", "code"),
    [
        ("auto", "scale.no_card", "scale.no_ruler", "scale.none_found"),
        ("auto", "scale.card_partial", "scale.no_ruler", "scale.card_partial"),
        ("auto", "scale.no_card", "scale.ambiguous_unit", "scale.ambiguous_unit"),
        ("auto", "scale.no_card", "scale.even_marks", "scale.even_marks"),
        ("auto", "scale.card_partial", "scale.even_marks", "scale.card_partial"),
        ("auto", "scale.card_bent", RULER, "scale.card_bent"),
        ("auto", "scale.tilt_beyond", RULER, "scale.tilt_beyond"),
        ("card", "scale.no_card", RULER, "scale.no_card"),
        ("ruler", CARD, "scale.no_ruler", "scale.no_ruler"),
    ],
)
def test_refusals(
    monkeypatch: pytest.MonkeyPatch,
    want: choose.Want,
    on_card: Scale | str,
    on_ruler: Scale | str,
    code: str,
) -> None:
    arranged(monkeypatch, on_card=on_card, on_ruler=on_ruler)
    with pytest.raises(ScaleError) as caught:
        choose.find_scale(PIXELS, PHOTO, want=want)
    assert caught.value.code == code


def test_none_is_asked_for_and_given() -> None:
    assert choose.find_scale(PIXELS, PHOTO, want="none") is None


@pytest.mark.parametrize(("mm_per_px", "warned"), [(0.1, False), (0.101, False), (0.105, True)])
def test_a_ruler_that_disagrees_with_the_card_is_told(
    monkeypatch: pytest.MonkeyPatch, mm_per_px: float, warned: bool
) -> None:
    arranged(monkeypatch, on_card=CARD, on_ruler=scale(ScaleMethod.RULER, mm_per_px))
    found = choose.find_scale(PIXELS, PHOTO, cross_check=True)
    assert found is not None
    assert ("scale.card_ruler_disagree" in found.warnings) is warned


def test_a_given_scale_is_checked_against_what_is_in_the_photo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arranged(monkeypatch, on_card=CARD, on_ruler="scale.no_ruler")
    assert choose.automatic_scales(PIXELS, PHOTO) == (CARD,)
    wrong = scale(ScaleMethod.DOT, 0.11)
    assert choose.checked(wrong, (CARD,)).warnings == ("scale.references_disagree",)
    assert choose.checked(scale(ScaleMethod.DOT, 0.1005), (CARD, RULER)).warnings == ()


def test_two_clicks_are_refused_where_the_ruler_shows_that_the_camera_was_tilted_too_far(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arranged(monkeypatch, on_card="scale.no_card", on_ruler="scale.tilt_beyond")
    clicks = scale(ScaleMethod.TWO_POINTS, 0.1)
    with pytest.raises(ScaleError) as caught:
        choose.given_checked(clicks, PIXELS, PHOTO)
    assert caught.value.code == "scale.tilt_beyond"
    square = replace(clicks, method=ScaleMethod.SQUARE, tilt_deg=12.0)
    assert choose.given_checked(square, PIXELS, PHOTO) == square, "it tells its own tilt"
    arranged(monkeypatch, on_card=CARD, on_ruler="scale.tilt_beyond")
    assert choose.given_checked(clicks, PIXELS, PHOTO) == choose.checked(clicks, [CARD])


def test_a_disagreement_is_told_once_and_by_what_disagrees() -> None:
    off = scale(ScaleMethod.RULER, 0.12)
    assert choose.checked(CARD, (off, off)).warnings == ("scale.card_ruler_disagree",)
    other_card = scale(ScaleMethod.CARD, 0.12)
    assert choose.checked(CARD, (other_card,)).warnings == ("scale.cards_disagree",)
    again = choose.checked(choose.checked(CARD, (off,)), (off,))
    assert again.warnings == ("scale.card_ruler_disagree",)


def test_a_unit_named_against_what_the_ruler_itself_tells_is_told() -> None:
    named = replace(scale(ScaleMethod.RULER, 0.2), warnings=("scale.unit_named",))
    told = choose.checked(named, (RULER,))
    assert told.warnings == ("scale.unit_named", "scale.ruler_reads_otherwise")
    assert told.relative_sd > 0.4


def test_a_disagreement_widens_the_doubt() -> None:
    off = scale(ScaleMethod.RULER, 0.12)
    told = choose.checked(CARD, (off, RULER))
    assert told.relative_sd == pytest.approx(np.log(1.2) / np.sqrt(2), rel=0.01)
    assert told.homography_px_to_mm == CARD.homography_px_to_mm


def test_scales_as_unsure_as_they_differ_do_not_disagree() -> None:
    unsure = Scale(
        ScaleMethod.TWO_POINTS,
        matrix3(np.diag([0.11, 0.11, 1.0])),
        relative_sd=0.04,
        marks_px=((100.0, 100.0), (200.0, 100.0)),
    )
    assert choose.checked(unsure, (CARD,)).warnings == ()


def test_scales_are_compared_between_their_marks() -> None:
    # The same beside each other, 10 % apart where only one of them is known.
    tilted = matrix3(np.array([[0.1, 0, 0], [0, 0.1, 0], [0.0005, 0, 1.0]]) / 1.075)
    other = Scale(
        ScaleMethod.RULER, tilted, relative_sd=0.003, marks_px=((100.0, 200.0), (200.0, 200.0))
    )
    far = Scale(ScaleMethod.RULER, tilted, relative_sd=0.003, marks_px=((390.0, 100.0),) * 2)
    level = scale(ScaleMethod.CARD, other.mm_per_px_at((150.0, 150.0)))
    assert choose.checked(level, (other,)).warnings == ()
    assert choose.checked(level, (far,)).warnings == ("scale.card_ruler_disagree",)
