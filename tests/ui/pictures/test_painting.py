"""Nothing that is drawn over a picture hides what would leave."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.photo_editor.geometry import View
from ui.pictures.edited import Edited
from ui.pictures.painting import Look, paint_look
from woundtrack.deidentify.types import Crop, box_mask

SKIN = QColor(205, 165, 130)
ZOOM = 0.25
"""So small that a line of one px of the view would hide four of the photo."""


def test_lines_lie_within_masks_and_beside_the_crop(qtbot: QtBot) -> None:
    del qtbot
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(SKIN)
    edited = Edited(Crop(200, 200, 1000, 1000), (box_mask(400, 400, 600, 500),))
    with QPainter(image) as painter:
        look = Look(edited, (), selected=None, crop_selected=False)
        paint_look(painter, look, View(ZOOM), (300.0, 300.0))
    seen = np.array(image.constBits(), np.uint8).reshape(300, 300, 4)[..., :3]
    bare = (seen == (130, 165, 205)).all(axis=2)
    crop, mask = np.zeros((300, 300), bool), np.zeros((300, 300), bool)
    crop[51:249, 51:249] = True
    mask[99:126, 99:151] = True
    assert bare[crop & ~mask].all()
    assert not bare[101:124, 101:149].any()
    assert not bare[:49].any()
