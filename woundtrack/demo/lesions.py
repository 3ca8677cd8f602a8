"""The wounds of the invented patients."""

from dataclasses import replace

from woundtrack.context.types import CalcificationShape, CalcinosisSubtype, CauseFacts
from woundtrack.demo.types import DemoLesion
from woundtrack.demo.wound import Tissue, Wound
from woundtrack.records import Aetiology, BodyView, Side
from woundtrack.words import _


def calf() -> DemoLesion:
    """Calciphylaxis on the calf: it heals."""
    return DemoLesion(
        label="A",
        site="calf",
        side=Side.LEFT,
        aetiology=Aetiology.CALCIPHYLAXIS,
        view=BodyView.BACK,
        body=(0.42, 0.76),
        wound=Wound(17, tissue=Tissue(0.30, 0.35), livedo=0.8),
        last_tissue=Tissue(0.10, 0.0),
        lengths=(1.0, 1.03, 1.02, 0.97, 0.92, 0.84, 0.76, 0.69, 0.62),
        first_bwat=(3, 4, 3, 2, 5, 4, 3, 3, 4, 2, 3, 5, 5),
        last_bwat=(2, 3, 2, 1, 2, 2, 3, 2, 2, 1, 1, 2, 3),
        pain=(8, 3),
        revpwat=((2, 4, 3, 4, 4, 3, 3), (1, 1, 1, 1, 1, 1, 1)),
        onset_weeks=6,
        cause=CauseFacts(uraemic=True),
    )


def thigh() -> DemoLesion:
    """Calciphylaxis on the thigh: it grows first."""
    return DemoLesion(
        label="B",
        site="thigh",
        side=Side.RIGHT,
        aetiology=Aetiology.CALCIPHYLAXIS,
        view=BodyView.FRONT,
        body=(0.42, 0.55),
        wound=Wound(
            21, aspect=1.6, turn_deg=-25, waves=((0.14, 1.0), (0.06, 0.5), (0.05, 3.0)),
            tissue=Tissue(0.2, 0.55), livedo=1.0,
        ),
        last_tissue=Tissue(0.35, 0.15),
        lengths=(1.0, 1.05, 1.09, 1.11, 1.10, 1.06, 1.01, 0.95, 0.90),
        first_bwat=(4, 4, 4, 3, 5, 5, 3, 3, 4, 2, 4, 5, 5),
        last_bwat=(3, 4, 3, 2, 3, 3, 3, 3, 3, 2, 2, 4, 4),
        pain=(9, 5),
        revpwat=((2, 4, 4, 4, 4, 3, 4), (1, 2, 2, 3, 3, 2, 3)),
        onset_weeks=4,
        cause=CauseFacts(uraemic=True),
    )  # fmt: skip


def ankle() -> DemoLesion:
    """A venous ulcer that parts into two in its tenth week."""
    return DemoLesion(
        label="A",
        site="ankle",
        side=Side.RIGHT,
        aetiology=Aetiology.VENOUS,
        view=BodyView.FRONT,
        body=(0.43, 0.89),
        wound=Wound(14, aspect=1.2, turn_deg=60, tissue=Tissue(0.35, 0.0)),
        last_tissue=Tissue(0.10, 0.0),
        lengths=(1.0, 0.96, 0.93, 0.90, 0.86, None, None),
        first_bwat=(3, 3, 3, 1, 3, 3, 4, 4, 4, 4, 2, 3, 4),
        last_bwat=(2, 3, 2, 1, 2, 2, 4, 3, 4, 2, 1, 2, 4),
        pain=(4, 2),
        onset_weeks=22,
        became=("B", "C"),
    )


def ankle_parts() -> tuple[DemoLesion, DemoLesion]:
    """The two ulcers that the one on the ankle parted into: one photo shows both."""
    upper = replace(
        ankle(),
        label="B",
        body=(0.42, 0.865),
        wound=Wound(7, aspect=1.2, turn_deg=80, tissue=Tissue(0.2, 0.0)),
        lengths=(None,) * 5 + (1.0, 0.9),
        onset_weeks=None,
        became=(),
        offset_mm=(-11.0, 1.0),
    )
    lower = replace(
        upper,
        label="C",
        body=(0.46, 0.905),
        wound=Wound(5.2, aspect=1.3, turn_deg=30, tissue=Tissue(0.15, 0.0)),
        lengths=(None,) * 5 + (1.0, 0.83),
        beside="B",
        offset_mm=(10.5, -2.0),
    )
    return upper, lower


def forearm() -> DemoLesion:
    """Calcinosis on the forearm: it closes."""
    return DemoLesion(
        label="A",
        site="forearm",
        side=Side.LEFT,
        aetiology=Aetiology.CALCINOSIS,
        view=BodyView.FRONT,
        body=(0.72, 0.42),
        wound=Wound(8, aspect=1.4, tissue=Tissue(0.25, 0.0)),
        last_tissue=Tissue(0.05, 0.0),
        lengths=(1.0, 0.84, 0.62, 0.36, 0.0, 0.0),
        first_bwat=(2, 3, 3, 1, 3, 3, 3, 3, 2, 1, 2, 3, 5),
        last_bwat=(2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 2),
        pain=(5, 1),
        onset_weeks=9,
        cause=_calcinosis(9.0),
    )


def finger() -> DemoLesion:
    """Calcinosis on a finger: it closes, opens again, and closes."""
    return replace(
        forearm(),
        label="B",
        site="finger",
        side=Side.RIGHT,
        body=(0.2, 0.53),
        wound=Wound(4, aspect=1.2, turn_deg=40, tissue=Tissue(0.2, 0.0)),
        lengths=(1.0, 0.0, 0.0, 0.7, 0.0, 0.0),
        pain=(3, 1),
        onset_weeks=5,
        cause=_calcinosis(4.0),
    )


def _calcinosis(largest_mm: float) -> CauseFacts:
    return CauseFacts(
        subtype=CalcinosisSubtype.DYSTROPHIC,
        calcium_or_phosphate_raised=False,
        tissue_damaged=True,
        underlying=_("systemic sclerosis"),
        tumoral=False,
        xray=CalcificationShape.NODULAR,
        largest_mm=largest_mm,
    )
