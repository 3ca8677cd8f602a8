"""The sheet of cards is true to size and says what it must, in every language."""

from functools import cache

import numpy as np
import pypdfium2
import pytest

from woundtrack import words
from woundtrack.errors import PhotoError, ReportError
from woundtrack.photo.code import CardCode, find_codes, new_patient_code
from woundtrack.report.card import card_pdf
from woundtrack.scale import card_layout as design

CODE = new_patient_code(b"card")
DPI = 300


@cache
def sheet(
    page_size: str = "a4", *, dpi: int = DPI, **more: object
) -> tuple[np.ndarray, float, float]:
    """The first page as grey 0 to 255, and its px per mm both ways."""
    content = card_pdf(page_size=page_size, run_number=12, **more)  # type: ignore[arg-type]
    page = pypdfium2.PdfDocument(content)[0]
    image = page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()
    size = design.PAGES[page_size]
    return image, image.shape[1] / size.width_mm, image.shape[0] / size.height_mm


def text_of(content: bytes) -> str:
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def dark_px(values: np.ndarray) -> float:
    """How many px of full ink a stretch holds, partly covered ones in part."""
    return float(np.sum(1.0 - values / 255.0))


@pytest.mark.parametrize("page_size", ["a4", "letter"])
def test_the_page_is_the_paper_s_size(page_size: str) -> None:
    page = pypdfium2.PdfDocument(card_pdf(page_size=page_size, run_number=1))[0]
    size = design.PAGES[page_size]
    assert page.get_width() / 72 * 25.4 == pytest.approx(size.width_mm, abs=0.001)
    assert page.get_height() / 72 * 25.4 == pytest.approx(size.height_mm, abs=0.001)


@pytest.mark.parametrize(("page_size", "dpi"), [("a4", 300), ("letter", 300), ("a4", 600)])
def test_every_tag_s_sides_are_where_the_design_has_them(page_size: str, dpi: int) -> None:
    image, x_per_mm, y_per_mm = sheet(page_size, dpi=dpi)
    for card in design.PAGES[page_size].cards:
        for tag in design.TAGS:
            left, top = card.left_mm + tag.box.left_mm, card.top_mm + tag.box.top_mm
            inner, outer, cell = 0.5, 1.0, design.TAG_MM / design.TAG_CELLS
            columns = slice(round((left + 2) * x_per_mm), round((left + 10) * x_per_mm))
            rows = slice(round((top + 2) * y_per_mm), round((top + 10) * y_per_mm))
            start = round((left - outer) * x_per_mm)
            end = round((left + inner * cell) * x_per_mm)
            row = image[rows, start:end].mean(axis=0)
            assert end - dark_px(row) == pytest.approx(left * x_per_mm, abs=0.05 * x_per_mm)
            start = round((top - outer) * y_per_mm)
            end = round((top + inner * cell) * y_per_mm)
            column = image[start:end, columns].mean(axis=1)
            assert end - dark_px(column) == pytest.approx(top * y_per_mm, abs=0.05 * y_per_mm)
            right = left + design.TAG_MM
            start = round((right - inner * cell) * x_per_mm)
            end = round((right + outer) * x_per_mm)
            row = image[rows, start:end].mean(axis=0)
            assert start + dark_px(row) == pytest.approx(right * x_per_mm, abs=0.05 * x_per_mm)


def test_every_tag_is_read_as_the_one_it_is() -> None:
    import cv2

    image, x_per_mm, _y_per_mm = sheet()
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    corners, ids, _rejected = cv2.aruco.ArucoDetector(family).detectMarkers(image)
    cards = design.PAGES["a4"].cards
    assert sorted(ids.ravel()) == sorted([tag.id for tag in design.TAGS] * len(cards))
    boxes = {tag.id: tag.box for tag in design.TAGS}
    for quad, tag_id in zip(corners, ids.ravel(), strict=True):
        own = quad.reshape(4, 2)[0] / x_per_mm
        expected = [
            (card.left_mm + boxes[tag_id].left_mm, card.top_mm + boxes[tag_id].top_mm)
            for card in cards
        ]
        assert min(np.linalg.norm(own - place) for place in np.array(expected)) < 0.2


def test_the_check_line_is_100_mm_between_the_middles_of_its_ends() -> None:
    image, x_per_mm, y_per_mm = sheet(dpi=600)
    page = design.PAGES["a4"]
    row = image[round((page.check_line_y_mm - 1.5) * y_per_mm)]
    around = slice(0, round((page.check_line_left_mm + 102) * x_per_mm))
    ink = 1.0 - row[around] / 255.0
    middle = len(ink) // 2
    places = np.arange(len(ink))
    ends = [
        float(np.sum(places[part] * ink[part]) / np.sum(ink[part]))
        for part in (slice(0, middle), slice(middle, None))
    ]
    assert (ends[1] - ends[0]) / x_per_mm == pytest.approx(100.0, abs=0.02)


def test_the_graduation_has_a_mark_every_millimetre() -> None:
    image, x_per_mm, y_per_mm = sheet(dpi=600)
    card = design.PAGES["a4"].cards[0]
    row = 255.0 - image[round((card.bottom_mm - 1.5) * y_per_mm)].astype(float)
    for tick in design.TICKS:
        middle = (card.left_mm + tick.x_mm) * x_per_mm
        part = slice(round(middle - 0.4 * x_per_mm), round(middle + 0.4 * x_per_mm))
        places = np.arange(part.start, part.stop) + 0.5
        assert np.sum(places * row[part]) / np.sum(row[part]) == pytest.approx(
            middle, abs=0.05 * x_per_mm
        )


def test_the_code_on_every_card_is_read_back() -> None:
    content = card_pdf(page_size="a4", run_number=12, patient_code=CODE, lesion_label="A")
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=DPI / 72).to_numpy()
    assert find_codes(np.ascontiguousarray(bitmap[..., :3])) == (CardCode(CODE, "A", 12),)


def test_a_run_numbered_by_its_minute_is_read_back_too() -> None:
    content = card_pdf(page_size="a4", run_number=2611212230, patient_code=CODE, lesion_label="A")
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=DPI / 72).to_numpy()
    assert find_codes(np.ascontiguousarray(bitmap[..., :3])) == (CardCode(CODE, "A", 2611212230),)


def test_a_wrong_patient_code_is_never_printed() -> None:
    with pytest.raises(PhotoError):
        card_pdf(page_size="a4", run_number=1, patient_code="7F3K2-0")


def test_what_the_sheet_says() -> None:
    text = text_of(card_pdf(page_size="a4", run_number=12, patient_code=CODE, lesion_label="A"))
    cards = len(design.PAGES["a4"].cards)
    assert text.count("Run 12") == cards
    assert text.count("Single use") >= cards
    assert text.count(CODE) == cards + 1
    assert "100 %" in text
    assert "exactly 100 mm" in text


def test_a_card_without_a_patient_shows_none() -> None:
    text = text_of(card_pdf(page_size="letter", run_number=3))
    assert "None" not in text
    assert "Lesion" not in text


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_sheet_can_be_made_in_every_language(language: str) -> None:
    words.set_language(language)
    assert card_pdf(page_size="a4", run_number=1).startswith(b"%PDF")


def test_the_same_run_makes_the_same_bytes() -> None:
    made = [card_pdf(page_size="a4", run_number=5, patient_code=CODE) for _time in range(2)]
    assert made[0] == made[1]


def test_several_sheets() -> None:
    assert len(pypdfium2.PdfDocument(card_pdf(page_size="a4", run_number=5, page_count=3))) == 3


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"page_size": "a5"}, "report.card_page_size"),
        ({"run_number": 0}, "report.card_run"),
        ({"run_number": 10**12}, "report.card_run"),
        ({"page_count": 0}, "report.card_page_count"),
    ],
)
def test_what_cannot_be_printed(wrong: dict[str, object], code: str) -> None:
    arguments = {"page_size": "a4", "run_number": 1, **wrong}
    with pytest.raises(ReportError) as caught:
        card_pdf(**arguments)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_the_marks_of_the_design_do_not_touch_one_another() -> None:
    quiet = [
        design.Box(
            box.left_mm - design.QUIET_MM,
            box.top_mm - design.QUIET_MM,
            box.width_mm + 2 * design.QUIET_MM,
            box.height_mm + 2 * design.QUIET_MM,
        )
        for box in (tag.box for tag in design.TAGS)
    ]
    others = [design.QR, design.WRITING, *(patch.box for patch in design.PATCHES)]
    others += [
        design.Box(tick.x_mm, design.HEIGHT_MM - tick.length_mm, 0, tick.length_mm)
        for tick in design.TICKS
    ]
    for zone in quiet:
        for other in others:
            apart = (
                other.left_mm >= zone.right_mm
                or other.right_mm <= zone.left_mm
                or other.top_mm >= zone.bottom_mm
                or other.bottom_mm <= zone.top_mm
            )
            assert apart, (zone, other)
