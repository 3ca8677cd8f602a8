"""A card proposes its patient where none is open, and never decides."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.pages.visit.analysis import without_card
from ui.pages.visit.card_finder import CardFinder
from woundtrack.photo.read import decode_photo
from woundtrack.scale.card import find_card
from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM
from woundtrack.store.clinic import Clinic

Put = Callable[[str, bytes], Path]
Paint = Callable[..., bytes]


def finder(qtbot: QtBot, clinic: Clinic, background: Background) -> CardFinder:
    made = CardFinder(clinic, background)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_cards_patient_is_shown_to_be_agreed_to(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: object, camera: Put,
    painted: Paint, with_card: Paint,
) -> None:  # fmt: skip
    patient = ward.other  # type: ignore[attr-defined]
    plain = camera("a.jpg", painted(seed=1))
    shown = camera("b.jpg", with_card(patient.value.code))
    made = finder(qtbot, clinic, background)
    made.look([plain, shown])
    qtbot.waitUntil(lambda: "Moreau" in made.banner.label.text(), timeout=20_000)
    assert "21 Aug 1949" in made.banner.label.text()
    with qtbot.waitSignal(made.patient_accepted) as accepted:
        made.banner.buttons[0].click()
    assert accepted.args == [patient.id, (plain, shown)]
    assert made.banner is None


def test_without_a_card_nobody_is_proposed(
    qtbot: QtBot, clinic: Clinic, background: Background, camera: Put, painted: Paint
) -> None:
    made = finder(qtbot, clinic, background)
    made.look([camera("a.jpg", painted(seed=1)), camera("text.jpg", b"no photo")])
    qtbot.waitUntil(lambda: "Choose the patient" in made.banner.label.text(), timeout=20_000)
    assert len(made.banner.buttons) == 1


def test_a_card_of_another_clinic_proposes_nobody(
    qtbot: QtBot, clinic: Clinic, background: Background, camera: Put, with_card: Paint
) -> None:
    from woundtrack.photo.code import new_patient_code

    made = finder(qtbot, clinic, background)
    made.look([camera("a.jpg", with_card(new_patient_code(b"elsewhere")))])
    qtbot.waitUntil(lambda: "Choose the patient" in made.banner.label.text(), timeout=20_000)
    assert len(made.banner.buttons) == 1, "nobody is offered, only the way back"


def test_the_cards_patches_are_painted_over_before_a_wound_is_looked_for(
    with_card: Paint, ward: object
) -> None:
    photo, pixels = decode_photo(with_card(ward.patient.value.code))  # type: ignore[attr-defined]
    scale = find_card(pixels, photo)
    painted_over = without_card(pixels, scale)
    x, y = np.rint(scale.to_px([(WIDTH_MM / 2, HEIGHT_MM / 2)])[0]).astype(int)
    around = painted_over[y - 20 : y + 20, x - 20 : x + 20].reshape(-1, 3)
    assert len(np.unique(around, axis=0)) == 1
    assert without_card(pixels, None) is pixels
    changed = (painted_over != pixels).any(axis=2).mean()
    assert 0.05 < changed < 0.3, "the card and no more"
