"""Small parts of the shell: dates, settings, the body map, errors, the list's rows, the strip."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.histories import history_of
from tests.ui.conftest import Ward
from ui.body_dots import MapLesion
from ui.body_map import BodyMap
from ui.body_paths import silhouette_path
from ui.models.field_words import field_name, value_text
from ui.models.lesion_view import change_text
from ui.models.patient_view import view_of
from ui.models.patients import PatientsModel, row_summary
from ui.settings import Settings
from ui.widgets.date_field import DateField, parse_date
from woundtrack.anatomy.places import regions
from woundtrack.healing.change import Change
from woundtrack.records import BodyView, LesionStatus, PatientStatus, Sex, Side
from woundtrack.store.clinic import Clinic


@pytest.mark.parametrize(
    "text", ["1958-04-03", "3/4/1958", "03.04.1958", "3-4-1958", "03041958", " 3 4 1958 "]
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert parse_date(text) == dt.date(1958, 4, 3)


@pytest.mark.parametrize("text", ["", "31/2/2020", "3/4/58", "yesterday", "2020-13-01"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_field_tells_empty_from_wrong(qtbot: QtBot) -> None:
    field = DateField(dt.date(2026, 3, 1))
    qtbot.addWidget(field)
    assert field.text() == "01/03/2026"
    field.setText("")
    assert field.is_valid()
    field.setText("99/99/2026")
    assert not field.is_valid()
    field.setText("1.3.2026")
    field.editingFinished.emit()
    assert field.text() == "01/03/2026"


def test_settings_survive_nonsense(tmp_path: Path) -> None:
    file = tmp_path / "s.ini"
    file.write_text("[view]\ntheme=pink\nzoom=abc\nlanguage=xx\n[lock]\nminutes=-3\n")
    settings = Settings(file)
    assert settings.theme == "system"
    assert settings.zoom == 1.0
    assert settings.language in ("en", "fr")
    assert settings.lock_minutes == 5
    assert settings.clinic_folder is None


@pytest.fixture
def body(qtbot: QtBot) -> BodyMap:
    made = BodyMap()
    qtbot.addWidget(made)
    made.resize(600, 640)
    made.show()
    return made


def test_a_click_on_the_body_names_site_side_and_point(qtbot: QtBot, body: BodyMap) -> None:
    point = body.point_px(BodyView.FRONT, 0.42, 0.62).toPoint()
    with qtbot.waitSignal(body.site_chosen) as caught:
        qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=point)
    site, side, view, x, y = caught.args
    assert (site, side, view) == ("thigh_anterior", Side.RIGHT, BodyView.FRONT)
    assert (x, y) == (pytest.approx(0.42, abs=0.01), pytest.approx(0.62, abs=0.01))


def test_beside_the_body_nothing_is_chosen(qtbot: QtBot, body: BodyMap) -> None:
    chosen: list[object] = []
    body.site_chosen.connect(lambda *place: chosen.append(place))
    point = body.point_px(BodyView.FRONT, 0.03, 0.05).toPoint()
    qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=point)
    assert chosen == []


def test_a_lesion_is_chosen_by_click_and_by_arrow_keys(qtbot: QtBot, body: BodyMap) -> None:
    body.set_lesions(
        (
            MapLesion(7, "A", BodyView.BACK, 0.43, 0.78),
            MapLesion(8, "B", BodyView.FRONT, 0.5, 0.4),
        ),
        active=7,
    )
    point = body.point_px(BodyView.FRONT, 0.5, 0.4).toPoint()
    with qtbot.waitSignal(body.lesion_chosen) as caught:
        qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=point)
    assert caught.args == [8]
    with qtbot.waitSignal(body.lesion_chosen) as caught:
        qtbot.keyClick(body, Qt.Key.Key_Right)
    assert caught.args == [8]


@pytest.mark.parametrize("view", list(BodyView))
def test_every_region_of_the_map_can_be_hit_inside_the_silhouette(view: BodyView) -> None:
    from woundtrack.anatomy.places import site_at

    body = silhouette_path(view)
    steps = [(x / 110, y / 240) for x in range(110) for y in range(240)]
    inside = [(x, y) for x, y in steps if body.contains(QPointF(x, y))]
    found = {
        hit[0]
        for sex in (Sex.FEMALE, Sex.MALE)
        for x, y in inside
        if (hit := site_at(view, x, y, sex=sex)) is not None
    }
    assert found == {region.site for region in regions(view)}


def test_almost_the_whole_body_is_some_site() -> None:
    from woundtrack.anatomy.places import site_at

    for view in BodyView:
        body = silhouette_path(view)
        points = [(x / 100, y / 220) for x in range(100) for y in range(220)]
        inside = [p for p in points if body.contains(QPointF(*p))]
        hit = sum(site_at(view, *p) is not None for p in inside)
        assert hit / len(inside) > 0.97


def test_rows_say_open_lesions_and_last_visit(clinic: Clinic, ward: Ward) -> None:
    rows = {row.id: row for row in clinic.read(lambda r: r.search_patients())}
    assert row_summary(rows[ward.patient.id]) == "2 open · 10 Mar 2026"
    assert row_summary(rows[ward.other.id]) == "no lesion · no visit"
    model = PatientsModel()
    model.set_rows(list(rows.values()))
    assert model.rowCount() == 2
    assert model.index_of(ward.other.id).isValid()
    assert not model.index_of(999).isValid()


def test_a_patient_whose_wounds_were_lost_sight_of_is_not_called_healed(
    clinic: Clinic, ward: Ward
) -> None:
    for lesion, status in zip(ward.lesions, (LesionStatus.CLOSED, LesionStatus.LOST), strict=True):
        value = replace(lesion.value, status=status)
        clinic.write(lambda w, lesion=lesion, value=value: w.revise(lesion, value))
    rows = {row.id: row for row in clinic.read(lambda r: r.search_patients())}
    assert row_summary(rows[ward.patient.id]) == "lost to follow-up · 10 Mar 2026"


def test_the_patient_view_says_each_lesions_latest_size(clinic: Clinic, ward: Ward) -> None:
    view = view_of(clinic.read(lambda r: r.history(ward.patient.id)))
    assert view.title == "Lefèvre, Marie"
    assert [lesion.place for lesion in view.lesions] == ["left calf", "right calf"]
    assert view.lesions[0].figure == "4.0 × 3.0 cm, by ruler"
    assert view.lesions[0].dot is not None
    assert ("no photo consent noted", "warning") in view.chips


def test_an_area_that_nobody_confirmed_is_a_draft_in_the_strip(clinic: Clinic) -> None:
    from tests.clinics import add_case

    case = clinic.write(add_case)
    draft = clinic.read(lambda r: r.history(case.patient.id))
    unsure = tuple(
        replace(one, value=replace(one.value, confirmed=False)) for one in draft.measurements
    )
    assert {under.size for under in view_of(draft).photos[0].unders} == {"1.00 ± 0.04 cm²"}
    strip = view_of(replace(draft, measurements=unsure)).photos
    assert {under.size for under in strip[0].unders} == {"draft"}


def test_a_lesion_seen_closed_once_waits_for_its_confirmation(clinic: Clinic, ward: Ward) -> None:
    lesion = ward.lesions[0]
    first = replace(lesion.value, closed_on=dt.date(2026, 3, 10))
    clinic.write(lambda w: w.revise(lesion, first))
    view = view_of(clinic.read(lambda r: r.history(ward.patient.id)))
    assert (view.lesions[0].figure, view.lesions[0].change) == (
        "closed, to be confirmed",
        "10 Mar 2026",
    )


def test_a_change_says_whether_it_is_beyond_error() -> None:
    shrunk = Change(days=42, change_cm2=-4.0, reduction=0.38, beyond_error=True)
    assert change_text(shrunk) == "−38 % in 6 wk, beyond error"
    grown = Change(days=7, change_cm2=0.1, reduction=-0.02, beyond_error=False)
    assert change_text(grown) == "+2 % in 7 days, within error"
    unknown = Change(days=1, change_cm2=0.1, reduction=0.0, beyond_error=None)
    assert change_text(unknown) == "0 % in 1 day"


def test_a_lesion_s_card_says_what_its_change_was_judged_by() -> None:
    history = history_of((2.0, 1.5))
    assert view_of(history).lesions[0].change_hint.startswith("Judged by 3.2 % of the area")
    own = tuple(
        replace(one, value=replace(one.value, retrace_relative_sd=0.061))
        for one in history.measurements
    )
    shown = view_of(replace(history, measurements=own)).lesions[0]
    assert shown.change_hint.startswith("Judged by 6.1 % of the area")
    assert view_of(history_of((2.0,))).lesions[0].change_hint == ""
    assert value_text(0.061, field="retrace_relative_sd") == "6.1 %"
    assert field_name("retrace_relative_sd") == "Figure for tracing again"


def test_values_of_different_kinds_with_one_word_keep_their_meaning() -> None:
    from woundtrack.records import Aetiology

    assert value_text(Sex.OTHER) == "other"
    assert value_text(Aetiology.OTHER) == "other cause"
    assert value_text(PatientStatus.DIED) == "died"
    assert value_text(None) == "–"


def test_revisions_show_words_and_never_keys() -> None:
    from tests.clinics import MEASUREMENT, SCALE
    from woundtrack.records import (
        BodyView,
        FilledForm,
        PhotoView,
        SizeMethod,
        Tunnel,
        Undermining,
    )

    assert value_text(SizeMethod.BEDSIDE) == "by ruler"
    assert value_text(PhotoView.CLOSE_UP) == "close-up"
    assert field_name("view") == "What the photo takes in"
    assert value_text(BodyView.BACK) == "back view"
    assert value_text("sts_iv", field="therapy") == "Sodium thiosulfate, intravenous"
    assert value_text("weekly", field="frequency") == "once a week"
    assert value_text(("odour", "pus"), field="infection_signs") == "Bad smell, Pus"
    form = FilledForm("push", "3.0", (3, None, 1))
    assert value_text(form) == "PUSH: 3 – 1"
    assert value_text(MEASUREMENT) == "1.00 ± 0.04 cm², 1.4 × 1.4 cm"
    assert value_text(SCALE) == "two clicks, ± 2.0 %"
    tract = (Undermining(2.0, 3, 6), Tunnel(1.5, 9))
    assert value_text(tract) == "undermined 2.0 cm from 3 to 6 o’clock, tunnel 1.5 cm at 9 o’clock"
