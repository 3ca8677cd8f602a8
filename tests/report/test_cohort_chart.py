"""A cohort's curves: steps, intervals, ticks and numbers at risk lie where the figures say."""

import datetime as dt
import io

import pypdfium2
import pytest
from PIL import Image

from tests.cohort.made_cohort import made_cohort, refused_cohort
from woundtrack.cohort.types import Curve
from woundtrack.report.chart_strokes import Path, Text
from woundtrack.report.cohort_chart import (
    DAYS_PER_MONTH,
    LOOKS,
    Figure,
    Group,
    figure_of,
    time_ticks,
    wrapped,
)
from woundtrack.report.cohort_figure import Drawn, Event, cohort_figure, reading_text
from woundtrack.report.cohort_pdf import DOTS_PER_INCH, figure_pdf, figure_png
from woundtrack.report.fonts import text_width

SIZE, TEXT = (600.0, 400.0), 12.0
CURVE = Curve(
    days=(0.0, 50.0, 100.0),
    shares=(1.0, 0.8, 0.4),
    lows=(None, 0.5, 0.1),
    highs=(None, 0.95, 0.7),
    censored_days=(60.0, 200.0),
    entry_days=(0.0, 0.0, 0.0, 0.0, 30.0),
    exit_days=(50.0, 60.0, 100.0, 100.0, 200.0),
)


@pytest.fixture
def figure() -> Figure:
    """One central curve over a year."""
    group = Group("central", "Central", CURVE)
    return figure_of(
        [group], title="Alive", time_title="Months", span_days=365.0, size=SIZE, text_size=TEXT
    )


def drawn_in(figure: Figure, key: str) -> list[Path]:
    return [s for s in figure.strokes if isinstance(s, Path) and s.stroke == LOOKS[key].colour]


def texts(figure: Figure) -> list[str]:
    return [stroke.text for stroke in figure.strokes if isinstance(stroke, Text)]


def test_the_curve_steps_on_its_days_and_ends_with_the_last_one_under_watch(
    figure: Figure,
) -> None:
    x, y = figure.x, figure.y
    assert (x(0), x(365)) == (figure.plot.left, figure.plot.right)
    assert (y(0), y(1)) == pytest.approx((figure.plot.bottom, figure.plot.top))
    line = max(drawn_in(figure, "central"), key=lambda path: len(path.points))
    assert line.points == (
        (x(0), y(1)), (x(50), y(1)), (x(50), y(0.8)), (x(100), y(0.8)), (x(100), y(0.4)),
        (x(200), y(0.4)),
    )  # fmt: skip


def test_the_interval_is_shaded_where_there_is_one(figure: Figure) -> None:
    (band,) = [s for s in figure.strokes if isinstance(s, Path) and s.closed]
    days = {figure.day(x) for x, _y in band.points}
    assert min(days) == pytest.approx(50)
    assert max(days) == pytest.approx(200)
    assert (figure.x(100.0), figure.y(0.1)) in band.points
    assert (figure.x(50.0), figure.y(0.95)) in band.points
    assert 0 < band.opacity < 0.5


def test_a_tick_marks_each_day_on_which_someone_was_not_followed_further(figure: Figure) -> None:
    ticks = [path for path in drawn_in(figure, "central") if len(path.points) == 2]
    places = sorted(
        (a[0], (a[1] + b[1]) / 2) for path in ticks for a, b in [path.points] if a[0] == b[0]
    )
    assert places == [
        pytest.approx((figure.x(60.0), figure.y(0.8))),
        pytest.approx((figure.x(200.0), figure.y(0.4))),
    ]


def test_the_numbers_at_risk_stand_under_their_days(figure: Figure) -> None:
    row = next(s for s in figure.strokes if isinstance(s, Text) and s.text == "Central")
    counts = [
        (s.x, s.text) for s in figure.strokes if isinstance(s, Text) and s.y == row.y and s != row
    ]
    days = time_ticks(365.0)
    assert [round(day / DAYS_PER_MONTH) for day in days] == [0, 3, 6, 9, 12]
    expected = [str(CURVE.at_risk(min(day, 365.0))) for day in days]
    assert counts == [(figure.x(day), text) for day, text in zip(days, expected, strict=True)]
    assert expected == ["4", "3", "1", "0", "0"]


def test_the_two_groups_differ_in_colour_and_in_dash() -> None:
    figure = cohort_figure(made_cohort(), Drawn(), size=SIZE, text_size=TEXT)
    dashes = {key: {path.dash for path in drawn_in(figure, key) if len(path.points) > 3}
              for key in ("central", "peripheral")}  # fmt: skip
    assert [group.key for group in figure.groups] == ["central", "peripheral"]
    assert dashes["central"] == {()}
    assert all(dash for dash in dashes["peripheral"])
    assert LOOKS["central"].colour != LOOKS["peripheral"].colour


def test_a_group_under_5_has_no_curve_and_the_figure_says_so() -> None:
    figure = cohort_figure(made_cohort(central=4), Drawn(), size=SIZE, text_size=TEXT)
    assert [group.key for group in figure.groups] == ["peripheral"]
    assert "Central: fewer than 5 patients, so no curve is drawn." in texts(figure)
    nobody = cohort_figure(made_cohort(central=4, peripheral=3), Drawn(), size=SIZE, text_size=TEXT)
    assert nobody.empty.startswith("Central: fewer than 5 patients")
    assert not nobody.groups


def test_survival_that_cannot_be_told_has_no_curve_and_the_figure_says_why() -> None:
    cohort = refused_cohort()
    figure = cohort_figure(cohort, Drawn(by_site=False), size=SIZE, text_size=TEXT)
    assert figure.empty == f"All: {cohort.everyone.survival.refused}"
    assert not figure.groups


def test_closure_rises_and_is_told_since_the_first_dose() -> None:
    cohort = made_cohort()
    figure = cohort_figure(cohort, Drawn(Event.CLOSURE), size=SIZE, text_size=TEXT)
    peripheral = figure.groups[1].curve
    assert peripheral.shares[0] == 0
    assert peripheral.shares[-1] == 0.5
    assert "Closure confirmed" in texts(figure)
    assert "Months since the first dose" in texts(figure)


def test_the_whole_time_reaches_to_the_last_day_under_watch() -> None:
    cohort = made_cohort()
    figure = cohort_figure(cohort, Drawn(whole=True, by_site=False), size=SIZE, text_size=TEXT)
    assert figure.span_days == cohort.everyone.survival.curve.last_day == 400


def test_a_day_is_read_from_all_curves() -> None:
    figure = cohort_figure(made_cohort(), Drawn(), size=SIZE, text_size=TEXT)
    text = reading_text(figure, 101.6)
    assert text.startswith("Day 101: Central 88 % (")
    assert "7 at risk; Peripheral 100 %" in text
    late = reading_text(figure, 401.0)
    assert late == (
        "Day 401: Central (nobody under watch any more); Peripheral (nobody under watch any more)"
    )


def test_keys_go_from_step_to_step(figure: Figure) -> None:
    assert figure.days() == (0.0, 50.0, 100.0, 365.0)


def test_long_notes_are_broken_between_words() -> None:
    text = "Fewer than five patients so that no curve is drawn"
    lines = wrapped(text, width=120.0, size=12.0)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(text_width(line, size=12.0) <= 120.0 for line in lines)


def test_the_figure_alone_says_what_it_is_of_and_names_nobody() -> None:
    figure = cohort_figure(
        made_cohort(), Drawn(), size=SIZE, text_size=TEXT, made_on=dt.date(2026, 3, 17)
    )
    page = pypdfium2.PdfDocument(figure_pdf(figure, title="Alive"))[0]
    told = page.get_textpage().get_text_range()
    for text in ("At risk", "Central", "Sodium thiosulfate, intravenous · 17 Mar 2026", "Kaplan"):
        assert text in told
    assert not list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


def test_the_picture_is_the_page_at_300_dots_an_inch(figure: Figure) -> None:
    picture = Image.open(io.BytesIO(figure_png(figure, title="Alive")))
    page = pypdfium2.PdfDocument(figure_pdf(figure, title="Alive"))[0]
    assert picture.width == pytest.approx(page.get_width() / 72 * DOTS_PER_INCH, abs=1)
    assert round(picture.info["dpi"][0]) == DOTS_PER_INCH
    colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert (213, 94, 0) in {colour for _count, colour in colours}
