"""The code on a card: a pseudonymous patient, perhaps a lesion, perhaps a print run.

A patient code is five symbols of Crockford's base 32 (no I, L, O, U, which are misread) and,
after a hyphen, one check character by ISO/IEC 7064, MOD 37-2: every single wrong symbol and
every swap of two neighbours is caught.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from woundtrack.errors import PhotoError
from woundtrack.photo.shape import shrunk
from woundtrack.photo.types import Pixels

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base 32."""
CODE_LENGTH = 5
PREFIX = "WT1"
"""Names the payload and its version; a later layout gets another."""
MAX_LABEL_LENGTH = 12
MAX_RUN_DIGITS = 12
"""A clinic counts its runs; the command line numbers one by its minute, in ten digits."""
ELSEWHERE_FROM = 10**6
"""Runs numbered from here were not counted by a clinic."""
REDUCED_SIDES_PX = (1600, 3200)
"""A card beside a wound gives the QR some hundred px: most are found on a reduced photo."""
LARGEST_SIDE_PX = 8000
"""Of what is searched at last: a card's code is no smaller part of a photo than that."""

_CHECK_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_CHECK_RADIX = 2
_MISREAD = str.maketrans("ILOU", "110V")
_LABEL = re.compile(rf"[A-Z0-9 .+/-]{{1,{MAX_LABEL_LENGTH}}}")
_RUN = re.compile(rf"[1-9][0-9]{{0,{MAX_RUN_DIGITS - 1}}}")


@dataclass(frozen=True, slots=True)
class CardCode:
    """What a card's QR says."""

    patient_code: str = ""
    lesion_label: str | None = None
    run_number: int | None = None


def next_number(taken: Iterable[int]) -> int:
    """The number of a clinic's next print run, those printed elsewhere left aside."""
    return max((number for number in taken if number < ELSEWHERE_FROM), default=0) + 1


def check_character(symbols: str) -> str:
    """The check character of some symbols, by ISO/IEC 7064 MOD 37-2."""
    total = 0
    for symbol in symbols:
        total = (total + _CHECK_SYMBOLS.index(symbol)) * _CHECK_RADIX % 37
    return _CHECK_SYMBOLS[(1 - total) % 37]


def new_patient_code(random_bytes: bytes) -> str:
    """A patient code "7F3K2-C" from at least 4 random bytes; ValueError for fewer."""
    if len(random_bytes) < 4:
        raise ValueError("a patient code needs 4 random bytes")
    number = int.from_bytes(random_bytes, "big")
    while True:
        symbols = "".join(SYMBOLS[number >> 5 * place & 31] for place in range(CODE_LENGTH))
        check = check_character(symbols)
        if check in SYMBOLS:  # not I, L, O, U or *: the check is read by people too
            return f"{symbols}-{check}"
        number += 1


def check_patient_code(code: str) -> bool:
    """Whether this is a whole patient code with the right check character."""
    symbols, _, check = code.partition("-")
    if len(symbols) != CODE_LENGTH or any(symbol not in SYMBOLS for symbol in symbols):
        return False
    return check in SYMBOLS and check == check_character(symbols)


def typed_patient_code(text: str) -> str | None:
    """The code a person meant: any case, with or without hyphen, I and L as 1, O as 0.

    None where it is no code or its check character is wrong.
    """
    letters = re.sub(r"[\s-]", "", text).upper()
    letters = letters.translate(_MISREAD)
    code = f"{letters[:CODE_LENGTH]}-{letters[CODE_LENGTH:]}"
    return code if check_patient_code(code) else None


def code_text(code: CardCode) -> str:
    """The QR's payload, "WT1:7F3K2-C:A:12", absent parts empty; PhotoError if it cannot be."""
    run = "" if code.run_number is None else str(code.run_number)
    label = (code.lesion_label or "").upper()
    if code.patient_code and not check_patient_code(code.patient_code):
        raise PhotoError("photo.code_wrong", patient_code=code.patient_code)
    if label and not _LABEL.fullmatch(label):
        raise PhotoError("photo.code_label", label=label, longest=MAX_LABEL_LENGTH)
    return f"{PREFIX}:{code.patient_code}:{label}:{run}"


def parse_code(text: str) -> CardCode | None:
    """What a payload says; None where it is not one of ours or its check fails."""
    parts = text.strip().split(":")
    if len(parts) != 4 or parts[0] != PREFIX:
        return None
    patient_code, label, run = parts[1:]
    if patient_code and not check_patient_code(patient_code):
        return None
    if label and not _LABEL.fullmatch(label):
        return None
    if run and not _RUN.fullmatch(run):
        return None
    return CardCode(patient_code, label or None, int(run) if run else None)


def find_codes(pixels: Pixels) -> tuple[CardCode, ...]:
    """Our cards' codes seen in a photo, each once, in the order of their text.

    Tries reduced copies before the whole photo, and stops at the first that shows one. A code names
    a patient by a checked code, a lesion by a few letters, a run by its number, and no more.
    """
    import cv2

    last = min(max(pixels.shape[:2]), LARGEST_SIDE_PX)
    whole = shrunk(pixels, longest_px=LARGEST_SIDE_PX)
    grey = np.asarray(cv2.cvtColor(whole, cv2.COLOR_BGR2GRAY), np.uint8)
    for side in (*REDUCED_SIDES_PX, LARGEST_SIDE_PX):
        found = _read(shrunk(grey, longest_px=side))
        if found or side >= last:
            return found
    return ()


def _read(grey: object) -> tuple[CardCode, ...]:
    import zxingcpp

    formats = zxingcpp.barcode_formats_from_str("QRCode")
    barcodes = zxingcpp.read_barcodes(grey, formats=formats, try_invert=False)
    texts = sorted({barcode.text for barcode in barcodes if barcode.valid})
    codes = (parse_code(text) for text in texts)
    return tuple(code for code in codes if code is not None)
