"""Codes that people copy by hand and cameras read from cards."""

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from woundtrack.errors import PhotoError
from woundtrack.photo.code import (
    CODE_LENGTH,
    SYMBOLS,
    CardCode,
    check_patient_code,
    code_text,
    find_codes,
    new_patient_code,
    parse_code,
    typed_patient_code,
)
from woundtrack.sentences import SENTENCES

codes = st.binary(min_size=4, max_size=16).map(new_patient_code)
labels = st.one_of(
    st.none(), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-/. ", min_size=1, max_size=12)
)
runs = st.one_of(st.none(), st.integers(1, 10**12 - 1))


@given(codes)
def test_a_new_code_is_valid_and_has_no_symbol_that_is_misread(code: str) -> None:
    assert check_patient_code(code)
    assert len(code) == CODE_LENGTH + 2
    assert set(code) <= set(SYMBOLS) | {"-"}


@given(codes, st.integers(0, CODE_LENGTH), st.sampled_from(SYMBOLS))
def test_any_single_wrong_symbol_is_caught(code: str, place: int, symbol: str) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == symbol:
        return
    letters[place] = symbol
    wrong = "".join(letters)
    assert not check_patient_code(f"{wrong[:CODE_LENGTH]}-{wrong[CODE_LENGTH:]}")
    assert typed_patient_code(wrong) is None


@given(codes, st.integers(0, CODE_LENGTH - 1))
def test_any_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == letters[place + 1]:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    wrong = "".join(letters)
    assert not check_patient_code(f"{wrong[:CODE_LENGTH]}-{wrong[CODE_LENGTH:]}")


@given(codes)
def test_a_typed_code_forgives_case_spaces_and_lookalikes(code: str) -> None:
    careless = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert typed_patient_code(careless) == code


@pytest.mark.parametrize("text", ["", "-", "7F3K2", "7F3K2-", "7F3K2-CC", "7F3K-C", "ÄÖÜß€-1"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not check_patient_code(text)
    assert typed_patient_code(text) is None


@given(codes, labels, runs)
def test_a_payload_reads_back_as_it_was(code: str, label: str | None, run: int | None) -> None:
    card = CardCode(code, label, run)
    assert parse_code(code_text(card)) == card


def test_a_card_may_carry_its_run_alone() -> None:
    assert code_text(CardCode(run_number=12)) == "WT1:::12"
    assert parse_code("WT1:::12") == CardCode("", None, 12)


@given(st.text(max_size=40))
def test_any_other_text_is_no_card(text: str) -> None:
    assert parse_code(text) is None or text.strip().startswith("WT1:")


@pytest.mark.parametrize(
    "text", ["WT2:::1", "WT1:7F3K2-0:A:1", "WT1:::0", "WT1:::-1", "WT1:::1:2", "WT1::é:1"]
)
def test_a_payload_with_one_wrong_part_is_none_of_ours(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (CardCode("7F3K2-0"), "photo.code_wrong"),
        (CardCode("", "Gauche é"), "photo.code_label"),
        (CardCode("", "A:B"), "photo.code_label"),
        (CardCode("", "THIRTEEN LONG"), "photo.code_label"),
    ],
)
def test_what_cannot_stand_on_a_card_is_said(card: CardCode, code: str) -> None:
    with pytest.raises(PhotoError) as caught:
        code_text(card)
    assert caught.value.code == code
    assert code in SENTENCES


def photographed(
    text: str, *, side_px: int, angle_deg: float, shape: tuple[int, int]
) -> np.ndarray:
    """A photo of skin colour with a QR code of this size, turned, blurred and noisy."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    printed = np.asarray(code.to_image(scale=8))
    printed = cv2.resize(printed, (side_px, side_px), interpolation=cv2.INTER_AREA)
    middle = side_px / 2
    turn = cv2.getRotationMatrix2D((middle, middle), angle_deg, 1.0)
    turn[:, 2] += np.array(shape[::-1]) / 3 - middle
    size = shape[::-1]
    seen = cv2.warpAffine(printed, turn, size)
    there = cv2.warpAffine(np.full_like(printed, 255), turn, size) > 127
    photo = np.full((*shape, 3), (120, 150, 205), np.uint8)
    photo[there] = seen[there][:, None]
    noise = np.random.default_rng(0).normal(0, 6, shape)[..., None]
    return (cv2.GaussianBlur(photo, (0, 0), 0.8) + noise).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("angle_deg", [0, 33, 180])
def test_a_code_is_found_in_a_12_megapixel_photo(angle_deg: float) -> None:
    card = CardCode(new_patient_code(b"\x12\x34\x56\x78"), "B", 7)
    photo = photographed(code_text(card), side_px=220, angle_deg=angle_deg, shape=(3000, 4000))
    assert find_codes(photo) == (card,)


def test_a_small_code_is_found_on_the_whole_photo() -> None:
    card = CardCode(new_patient_code(b"\xaa\xbb\xcc\xdd"))
    photo = photographed(code_text(card), side_px=75, angle_deg=20, shape=(3000, 4000))
    assert find_codes(photo) == (card,)


def test_other_peoples_codes_and_bare_skin_are_no_cards() -> None:
    photo = photographed("https://example.org", side_px=200, angle_deg=0, shape=(600, 800))
    assert find_codes(photo) == ()
    assert find_codes(np.full((50, 70, 3), 140, np.uint8)) == ()
