"""The main job as a new user does it: from an empty computer to the PDF, through the real widgets.

Each step waits for what a person would see, and every figure is read off the window or the PDF.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.job import (
    CALF,
    OTHER_CALF,
    TAKEN,
    WAIT_MS,
    Point,
    add_lesion,
    add_patient,
    add_therapy,
    as_shown,
    assert_printed,
    chart_of,
    choose_tool,
    click,
    confirm,
    dialogs,
    drag,
    drop_on_patient,
    fill_forms,
    in_view,
    measured,
    methods_in,
    report,
    say_which,
    set_up,
    shown,
    sign_in,
    type_text,
)
from ui import theme
from ui.background import Background
from ui.main_window import MainWindow
from ui.pages.visit.checks import Step
from ui.pages.visit.scale_ways import Way
from ui.photo_editor.editor import Tool
from ui.settings import Settings
from woundtrack.records import Assessment, Lesion, Patient, SizeMethod
from woundtrack.scale.types import ScaleMethod
from woundtrack.store import keys, opening


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window of a computer that has no clinic yet."""
    monkeypatch.setattr(opening.keys, "tuned_cost", lambda: keys.CHEAP)
    theme.apply(qapp, choice="light")
    errors: list[Exception] = []
    made = MainWindow(
        settings=Settings(tmp_path / "settings.ini"),
        background=Background(on_error=errors.append),
    )
    made.resize(1366, 768)
    made.show()
    yield made
    for each in dialogs():
        each.reject()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    if errors:
        raise errors[0]


@pytest.fixture
def begun(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> tuple[Patient, int, int]:
    """A clinic, signed in, with a patient and two lesions put on the body map."""
    set_up(qtbot, window, tmp_path / "clinic")
    sign_in(qtbot, window)
    patient = add_patient(qtbot, window)
    return patient, add_lesion(qtbot, window, CALF), add_lesion(qtbot, window, OTHER_CALF)


def painted_photo(code: str) -> tuple[bytes, list[list[Point]], list[float]]:
    """A photo of two wounds beside the card: bytes, the true edges in px, the areas in cm²."""
    from dataclasses import replace

    from woundtrack.demo.people import people
    from woundtrack.demo.printed_card import card_picture
    from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph

    one = people(TAKEN.date())[0]
    wound = replace(one.lesions[0].wound, tissue=one.lesions[0].last_tissue)
    wounds = (wound.scaled(0.75), replace(wound, turn_deg=75.0).scaled(0.5))
    card = card_picture(CANVAS_PX_PER_MM, code=code, run=1)
    placed = ((wounds[0], (105.0, 80.0)), (wounds[1], (165.0, 80.0)))
    scene = Scene(placed, one.skin_bgr, Camera(tilt_deg=9.0), card=card)
    data, edges = photograph(scene, taken_at=TAKEN)
    areas = [_area(each.edge_mm()) / 100 for each in wounds]
    return data, [[(float(x), float(y)) for x, y in edge] for edge in edges], areas


def _area(ring: Any) -> float:
    """Shoelace."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs((x * (y[[*range(1, len(y)), 0]]) - y * x[[*range(1, len(x)), 0]]).sum()) / 2)


def test_from_an_empty_computer_to_the_pdf_with_the_printed_card(
    qtbot: QtBot, window: MainWindow, begun: tuple[Patient, int, int], tmp_path: Path
) -> None:
    patient, lesion_a, lesion_b = begun
    data, edges, areas = painted_photo(patient.code)
    photo = tmp_path / "DSC_0001.JPG"
    photo.write_bytes(data)
    page = drop_on_patient(qtbot, window, [photo])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 1, timeout=WAIT_MS)
    state = page.session.state
    photo_id = state.photos[0].id
    assert state.on == TAKEN.date()  # as the camera says; nothing was asked

    say_which(qtbot, page, photo_id, "AB")
    type_text("\n")
    assert page.step is Step.OUTLINE
    shown(qtbot, page, photo_id)
    qtbot.waitUntil(lambda: state.scale(photo_id) is not None, timeout=WAIT_MS)
    assert state.scale(photo_id).method is ScaleMethod.CARD

    # Wound A by a click, where the program has not proposed it already.
    step = page.editor_step
    click(qtbot, step.measure_panel.card(lesion_a))
    if state.outline((photo_id, lesion_a)) is None:
        qtbot.waitUntil(lambda: step.editor.tool() is Tool.CLICK)  # at hand without asking
        middle = (sum(x for x, _y in edges[0]) / 360, sum(y for _x, y in edges[0]) / 360)
        click(qtbot, step.editor.canvas, in_view(window, middle))
    size_a = measured(qtbot, page, (photo_id, lesion_a))
    assert size_a.area_cm2 == pytest.approx(areas[0], rel=0.1)

    # Wound B drawn by hand.
    click(qtbot, step.measure_panel.card(lesion_b))
    choose_tool(page, Tool.TRACE)
    drag(window, [*edges[1][::4], edges[1][0]])
    size_b = measured(qtbot, page, (photo_id, lesion_b))
    assert size_b.area_cm2 == pytest.approx(areas[1], rel=0.03)

    click(qtbot, page.foot.button)
    fill_forms(qtbot, page, [lesion_a, lesion_b])
    confirm(qtbot, window, page)
    kept = window.clinic.read(lambda reader: reader.find(Assessment))
    assert [each.value.size_method for each in kept] == [SizeMethod.TRACED] * 2
    assert all(each.value.confirmed for each in kept)

    add_therapy(qtbot, window, "1/3/2026")
    patient_page = window.workspace.patient_page
    assert patient_page.view.lesions[0].figure == as_shown(size_a)
    for lesion_id in (lesion_a, lesion_b):
        chart = chart_of(window, lesion_id)
        assert methods_in(chart, lane=0) == [SizeMethod.TRACED]
        assert methods_in(chart, lane=1), "the BWAT total"
        assert len(chart.bands) == 1

    pdf = report(qtbot, window, tmp_path / "report.pdf")
    assert_printed(pdf, name="Garnier", measured=[size_a, size_b])


@pytest.mark.real_photos
def test_the_same_way_on_a_photo_with_a_ruler_and_a_small_one_without_a_date(
    qtbot: QtBot,
    window: MainWindow,
    begun: tuple[Patient, int, int],
    real_photos: Path,
    tmp_path: Path,
) -> None:
    ruled = real_photos / "phantoms" / "003.jpg"
    small = real_photos / "rulers" / "uwm-bigdata_wound-segmentation" / "train_0509.png"
    for each in (ruled, small):
        if not each.is_file():
            pytest.skip(f"{each.name} is not among the real photos here")
    truth = json.loads(ruled.with_suffix(".json").read_text())
    _patient, lesion_a, lesion_b = begun
    page = drop_on_patient(qtbot, window, [ruled, small])

    # The small one carries no date: it is asked for, in the page, and typed.
    qtbot.waitUntil(lambda: page.desk.waiting == 1 and bool(page.photos.panel.banners))
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 1, timeout=WAIT_MS)
    assert page.session.state.on == dt.date(2026, 4, 12)
    # Asked before the other photo told the visit's day: the answer that needs it comes then.
    qtbot.waitUntil(lambda: len(page.photos.panel.banners[0].buttons) == 3)
    (banner,) = page.photos.panel.banners
    assert small.name in banner.label.text()
    click(qtbot, banner.buttons[0])  # on that day, as this visit
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2, timeout=WAIT_MS)
    state = page.session.state
    first, second = (
        next(photo.id for photo in state.photos if photo.value.photo.width_px == width)
        for width in (3264, 512)
    )
    say_which(qtbot, page, first, "A")
    say_which(qtbot, page, second, "B")
    assert set(state.cells()) == {(first, lesion_a), (second, lesion_b)}

    # The ruler is read by the program; the outline is drawn along the painted edge.
    page.show_step(Step.OUTLINE, first)
    shown(qtbot, page, first)
    qtbot.waitUntil(lambda: state.scale(first) is not None, timeout=WAIT_MS)
    assert state.scale(first).method is ScaleMethod.RULER
    rings = json.loads((ruled.parent / "003.outline.json").read_text())
    if (page.session.state.outline((first, lesion_a)) or None) is not None:
        page.editor_step.editor.undo()
    choose_tool(page, Tool.TRACE)
    ring = [(float(x), float(y)) for x, y in _first_ring(rings)]
    drag(window, [*ring[:: max(1, len(ring) // 150)], ring[0]])
    size_a = measured(qtbot, page, (first, lesion_a))
    assert size_a.area_cm2 == pytest.approx(truth["area_mm2"] / 100, rel=0.03)

    # The small one: two clicks on its ruler, 30 mm apart, and a loose box round the wound.
    page.show_step(Step.SCALE, second)
    shown(qtbot, page, second)
    panel, canvas = page.editor_step.scale_panel, page.editor_step.editor.canvas
    click(qtbot, panel.ways.buttons[Way.TWO_POINTS])
    for point in ((262.21, 13.58), (336.0, 0.73)):
        click(qtbot, canvas, in_view(window, point))
    qtbot.waitUntil(panel.points[Tool.TWO_POINTS].isVisible)
    type_text("30\n")
    qtbot.waitUntil(lambda: state.scale(second) is not None)
    assert state.scale(second).method is ScaleMethod.TWO_POINTS
    page.show_step(Step.OUTLINE, second)
    choose_tool(page, Tool.BOX)
    proposed = state.outline((second, lesion_b))
    drag(window, [(120.0, 195.0), (180.0, 220.0), (258.0, 262.0)])
    # A network may have proposed one unasked: the box's takes its place.
    qtbot.waitUntil(lambda: state.outline((second, lesion_b)) != proposed, timeout=WAIT_MS)
    size_b = measured(qtbot, page, (second, lesion_b))
    assert 1.0 < size_b.area_cm2 < 12.0

    page.go_on()
    fill_forms(qtbot, page, [lesion_a, lesion_b])
    confirm(qtbot, window, page)
    add_therapy(qtbot, window, "1/4/2026")
    assert window.workspace.patient_page.view.lesions[0].figure == as_shown(size_a)
    chart = chart_of(window, lesion_a)
    assert methods_in(chart, lane=0) == [SizeMethod.TRACED]
    assert len(chart.bands) == 1
    pdf = report(qtbot, window, tmp_path / "report.pdf")
    assert_printed(pdf, name="Garnier", measured=[size_a, size_b])
    assert len(window.clinic.read(lambda reader: reader.find(Lesion))) == 2


def _first_ring(kept: Any) -> Any:
    """The first ring of a file of rings, with or without a key around them."""
    rings = kept.get("rings", kept) if isinstance(kept, dict) else kept
    return rings[0]
