"""Colours that tell things apart do so for every kind of colour vision, or a pattern does."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui import theme
from ui.compare.picture import DATE_COLOURS

SEEN_AS = {
    "trichromat": np.eye(3),
    "protanope": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranope": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanope": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
"""Of linear RGB: Machado, Oliveira & Fernandes 2009, severity 1.0."""
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
TOLD = 10.0
"""Colour difference ΔE*ab that is seen side by side without looking twice."""


def lab(colour: str, seen_as: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of what an eye sees."""
    seen = QColor(colour)
    rgb = np.array([seen.redF(), seen.greenF(), seen.blueF()])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = XYZ @ np.clip(seen_as @ linear, 0, 1) / [0.9505, 1.0, 1.089]
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def alike(colours: tuple[str, ...], seen_as: np.ndarray) -> set[tuple[str, str]]:
    """The pairs that an eye could confuse."""
    return {
        (one, other)
        for one, other in combinations(colours, 2)
        if np.linalg.norm(lab(one, seen_as) - lab(other, seen_as)) < TOLD
    }


@pytest.mark.parametrize("eye", SEEN_AS)
def test_therapies_are_told_apart_by_colour_but_for_the_grey_that_comes_last(eye: str) -> None:
    assert alike(theme.OKABE_ITO[:-1], SEEN_AS[eye]) == set()


def test_every_colour_of_a_therapy_has_a_pattern_of_its_own() -> None:
    assert len(set(theme.HATCHES)) == len(theme.OKABE_ITO) == len(set(theme.OKABE_ITO))


@pytest.mark.parametrize("eye", SEEN_AS)
def test_days_laid_over_each_other_are_told_apart(eye: str) -> None:
    assert alike(DATE_COLOURS, SEEN_AS[eye]) == set()


def test_two_colours_that_a_deuteranope_confuses_are_found() -> None:
    assert alike(("#CC79A7", "#999999"), SEEN_AS["deuteranope"])
    assert not alike(("#CC79A7", "#999999"), SEEN_AS["trichromat"])
