"""The facts of a lesion's cause in its dialog: those of the chosen cause, and no others."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.lesion_dialog import LesionDialog
from woundtrack.context.causes import FIELD_NAMES, fields_of
from woundtrack.context.types import CalcificationShape, CalcinosisSubtype, CauseFacts
from woundtrack.records import Aetiology, Lesion
from woundtrack.store.clinic import Clinic

DYSTROPHIC = CalcinosisSubtype.DYSTROPHIC


@pytest.fixture
def opened(qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward) -> Any:
    """Open lesion A in the dialog."""
    acts = Acts(clinic, background)

    def make() -> LesionDialog:
        lesion = clinic.read(lambda r: r.get(Lesion, ward.lesions[0].id))
        dialog = LesionDialog(acts=acts, patient=ward.patient, lesions=ward.lesions, lesion=lesion)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def shown(dialog: Any) -> tuple[str, ...]:
    return tuple(name for name in FIELD_NAMES if dialog.cause.fields[name].isVisible())


@pytest.mark.parametrize(
    "aetiology", [Aetiology.CALCIPHYLAXIS, Aetiology.CALCINOSIS, Aetiology.VENOUS]
)
def test_only_the_facts_of_the_chosen_cause_are_asked(opened: Any, aetiology: Aetiology) -> None:
    dialog = opened()
    dialog.aetiology.set_value(aetiology)
    assert shown(dialog) == fields_of(aetiology)


def test_what_was_given_is_asked_of_the_iatrogenic_kind(opened: Any) -> None:
    dialog = opened()
    dialog.aetiology.set_value(Aetiology.CALCINOSIS)
    assert "given" not in shown(dialog)
    dialog.cause.subtype.set_value(CalcinosisSubtype.IATROGENIC)
    assert "given" in shown(dialog)


def test_the_dialog_says_what_calcium_and_phosphate_cannot_tell(opened: Any) -> None:
    dialog = opened()
    dialog.aetiology.set_value(Aetiology.CALCINOSIS)
    assert "cannot tell dystrophic from idiopathic" in dialog.cause.note.text()
    dialog.cause.subtype.set_value(CalcinosisSubtype.METASTATIC)
    assert "cannot tell" not in dialog.cause.note.text()
    dialog.aetiology.set_value(Aetiology.CALCIPHYLAXIS)
    assert not dialog.cause.note.isVisible()


def test_facts_are_kept_and_those_of_another_cause_are_left_out(
    qtbot: QtBot, opened: Any, clinic: Clinic, ward: Ward
) -> None:
    dialog = opened()
    dialog.aetiology.set_value(Aetiology.CALCINOSIS)
    fields = dialog.cause.fields
    fields["uraemic"].set_value(True)
    fields["subtype"].set_value(DYSTROPHIC)
    fields["calcium_or_phosphate_raised"].set_value(False)
    fields["tissue_damaged"].set_value(True)
    fields["underlying"].setText("dermatomyositis")
    fields["xray"].set_value(CalcificationShape.LINEAR)
    fields["largest_mm"].setText("12,5")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    facts = clinic.read(lambda r: r.get(Lesion, ward.lesions[0].id)).value.cause_facts
    assert facts == CauseFacts(
        subtype=DYSTROPHIC,
        calcium_or_phosphate_raised=False,
        tissue_damaged=True,
        underlying="dermatomyositis",
        xray=CalcificationShape.LINEAR,
        largest_mm=12.5,
    )


def test_facts_that_do_not_fit_the_subtype_are_asked_about_and_kept(
    qtbot: QtBot, opened: Any, clinic: Clinic, ward: Ward
) -> None:
    dialog = opened()
    dialog.aetiology.set_value(Aetiology.CALCINOSIS)
    dialog.cause.fields["subtype"].set_value(DYSTROPHIC)
    dialog.cause.fields["tissue_damaged"].set_value(False)
    dialog.save_button.click()
    qtbot.waitUntil(dialog.question.isVisible)
    assert "Dystrophic is described so" in dialog.question.label.text()
    with qtbot.waitSignal(dialog.saved):
        dialog.question.button.click()
    facts = clinic.read(lambda r: r.get(Lesion, ward.lesions[0].id)).value.cause_facts
    assert facts.tissue_damaged is False


def test_a_size_that_is_no_number_is_said_at_its_field(opened: Any) -> None:
    dialog = opened()
    dialog.aetiology.set_value(Aetiology.CALCINOSIS)
    dialog.cause.largest_mm.setText("big")
    dialog.save_button.click()
    assert "1.2 cm" in dialog.forms[0].error_of("largest_mm")
    dialog.cause.largest_mm.setText("1,200")
    dialog.save_button.click()
    assert "1200 or 1.2" in dialog.forms[0].error_of("largest_mm")
    assert dialog.isVisible()


def test_editing_a_parted_lesion_keeps_what_it_became(
    qtbot: QtBot, opened: Any, clinic: Clinic, ward: Ward
) -> None:
    part = clinic.write(lambda w: w.add(replace(ward.lesions[0].value, label="C")))
    ended = replace(ward.lesions[0].value, became_ids=(part.id,), became_on=dt.date(2026, 3, 12))
    clinic.write(lambda w: w.revise(ward.lesions[0], ended))
    dialog = opened()
    dialog.note.setPlainText("left of the scar")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    value = clinic.read(lambda r: r.get(Lesion, ward.lesions[0].id)).value
    assert (value.became_ids, value.became_on) == (ended.became_ids, ended.became_on)
    assert value.note == "left of the scar"
