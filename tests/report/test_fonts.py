"""What is printed of any name: each sign in a font that has it, or its script told; no boxes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from reportlab.pdfbase import pdfmetrics

from tests.histories import NOW, PATIENT, history_of
from woundtrack import words
from woundtrack.report import fonts
from woundtrack.report.build import build_report
from woundtrack.report.fonts import BOLD, REGULAR, SIGNS, has_unprintable, printable, runs
from woundtrack.report.raster import page_pixels, page_texts

NAMES = {
    "Łukasz Ňguyễn-Đặng": "Łukasz Ňguyễn-Đặng",
    "Иванова Ольга": "Иванова Ольга",
    "Παπαδόπουλος": "Παπαδόπουλος",
    "Ma\u0308kinen": "Mäkinen",
    "Գրիգորյան": "Գրիգորյան",
    "ქართველი": "ქართველი",
    "محمد علي": "[Arabic letters]",
    "לוי (Levi)": "[Hebrew letters] (Levi)",
    "王 伟": "[Chinese characters]",
    "さくら 桜": "[Japanese letters] [Chinese characters]",
    "김민준": "[Korean letters]",
    "อนันต์": "[Thai letters]",
    "अनिल": "[Devanagari letters]",
    "Ann 👩🏽‍⚕️": "Ann [symbol]⚕",
    "Ann\u202e Blanc\u200b": "Ann Blanc",
}


@pytest.mark.parametrize(("name", "printed"), NAMES.items())
def test_each_name_is_printed_as_stated(
    name: str, printed: str, photo_bytes: Callable[[str], bytes]
) -> None:
    assert printable(name) == printed
    assert has_unprintable(name) == ("[" in printed)
    history = history_of([], patient=replace(PATIENT, used_name=name), courses=())
    data = build_report(
        history, photo_bytes=photo_bytes, clinic_name="", user_name="", now=NOW
    )  # fmt: skip
    text = page_texts(data)[0]
    assert printed in text
    assert ("Words in square brackets" in text) == ("[" in printed)
    assert "H-20471" in text, "the hospital number tells whose report it is"


def test_signs_of_measuring_have_a_font_in_both_weights() -> None:
    for bold, usual in ((False, REGULAR), (True, BOLD)):
        assert runs("12 µg/m² × 3", bold=bold) == ((usual, "12 µg/m² × 3"),)
        assert runs("a ≥ 5 ⚠", bold=bold) == (
            (usual, "a "), (SIGNS, "≥"), (usual, " 5 "), (SIGNS, "⚠"),
        )  # fmt: skip


def test_a_name_of_80_letters_leaves_the_clinic_s_its_room(
    photo_bytes: Callable[[str], bytes],
) -> None:
    long_name = replace(PATIENT, used_name="Wolfeschlegelsteinhausen" * 3 + "bergerdorff")
    data = build_report(
        history_of([], patient=long_name, courses=()), photo_bytes=photo_bytes,
        clinic_name="A clinic with a name that is long as well", user_name="", now=NOW,
    )  # fmt: skip
    text = page_texts(data)[0]
    assert "…" in text
    assert "H-20471" in text
    page = page_pixels(data, page=0, dots_per_inch=72)
    assert (page[:, -40:] > 250).all(), "nothing runs into the margin"


def test_the_script_is_named_in_the_report_s_language() -> None:
    with words.speaking("fr"):
        french = printable("محمد")
    assert french == f"[{_french('Arabic letters')}]"
    assert printable("محمد") == "[Arabic letters]"


def _french(text: str) -> str:
    with words.speaking("fr"):
        return words._(text)


def test_what_is_measured_is_what_is_drawn() -> None:
    fonts.register()
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for text in ("Area 12.4 cm²", "a ≥ 5", "محمد"):
        drawn = sum(stringWidth(piece, font, 10) for font, piece in runs(text))
        assert fonts.text_width(text, size=10) == pytest.approx(drawn, rel=0.02)


def test_threads_that_come_first_at_once_register_each_font_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registered: list[str] = []
    monkeypatch.setattr(pdfmetrics, "registerFont", lambda font: registered.append(font.fontName))
    fonts._register.cache_clear()
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _n: fonts.register(), range(4)))
    finally:
        monkeypatch.undo()
        fonts._register.cache_clear()
        fonts.register()
    assert sorted(registered) == sorted((REGULAR, BOLD, SIGNS))
