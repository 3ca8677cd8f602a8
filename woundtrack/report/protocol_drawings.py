"""The drawings of the photo protocol, as vectors: one function a step, in mm, y down."""

import datetime as dt
import math
from collections.abc import Callable

from woundtrack.report.protocol_pen import (
    DRAPE,
    INK,
    LIGHT,
    PALE,
    RIGHT,
    SKIN,
    SKIN_EDGE,
    SOFT,
    WHITE,
    WRONG,
    Pen,
    camera,
    card,
    frame,
    inside,
    skin,
    wound,
)
from woundtrack.words import date

WIDTH_MM, HEIGHT_MM = 54.0, 34.0
"""The box that each drawing keeps within."""


def consent(pen: Pen) -> None:
    """A signed form, a label with a code, and no face."""
    pen.box(4, 3, 17, 28, fill=WHITE)
    for y in (8, 11, 14, 17):
        pen.line((7, y), (18, y), colour=SOFT, width_mm=0.25)
    pen.box(7, 20.5, 2.6, 2.6)
    pen.line((7.5, 21.9), (8.3, 22.8), (10.0, 20.2), colour=RIGHT, width_mm=0.6)
    signature = [(11 + step * 0.5, 27 + 1.1 * math.sin(step * 1.9)) for step in range(15)]
    pen.line(*signature, width_mm=0.3)
    pen.line((9, 28.6), (18.5, 28.6), colour=SOFT, width_mm=0.25)
    pen.box(27, 4, 18, 11, fill=WHITE, round_mm=1)
    pen.words(36, 9.2, "7F3K", size_mm=3.8, bold=True)
    pen.words(36, 13, "A · " + date(dt.date(2026, 3, 17), form="short"), size_mm=2.1, colour=SOFT)
    pen.tick(48.5, 9.5)
    inside(pen, 27, 18, 18, 13)
    pen.box(27, 18, 18, 13, fill=PALE)
    pen.oval(36, 23, 5.6, 6.6, fill=SKIN, line=SKIN_EDGE)
    pen.oval(36, 32.4, 13, 10, fill=SOFT, line=None)
    pen.canvas.restoreState()
    pen.box(27, 18, 18, 13)
    pen.cross(48.5, 24.5)


def position(pen: Pen) -> None:
    """A lower leg laid on a plain cloth."""
    pen.box(2, 4, 50, 26, fill=DRAPE, line=None, round_mm=1.5)
    for y in (9, 26.5):
        pen.line((5, y), (20, y + 0.7), (49, y - 0.4), colour=WHITE, width_mm=0.5)
    leg = [(2, 11.5), (12, 11.2), (24, 12.6), (36, 14.3), (42, 14), (46, 10.5), (48, 8.2),
           (50, 9.6), (49.4, 14), (48.4, 19.6), (45.5, 21.6), (38, 21.2), (26, 22.6), (12, 24.3),
           (2, 24)]  # fmt: skip
    pen.shape(leg, fill=SKIN, line=SKIN_EDGE)
    pen.line((2, 11.6), (2, 23.9), colour=SKIN, width_mm=0.6)
    wound(pen, 22, 17.4, size=0.75)
    card(pen, 27.5, 15.6, size=0.62)


def in_plane(pen: Pen) -> None:
    """The card flat on the skin beside the wound; the card propped up."""
    skin(pen, 2, 25, 16, wound_x=9)
    pen.box(14.5, 15.2, 9.5, 0.8, fill=WHITE)
    pen.tick(13.5, 28)
    skin(pen, 29, 52, 16, wound_x=36)
    pen.shape([(42, 15.4), (50.2, 8.2), (50.7, 8.8), (42.5, 16)], fill=WHITE)
    pen.box(47.8, 11.2, 2.2, 4.8, fill=DRAPE, line=SOFT)
    pen.cross(40.5, 28)


def square_on(pen: Pen) -> None:
    """The camera straight above the wound; the camera aslant."""
    skin(pen, 2, 25, 24, wound_x=13.5)
    camera(pen, 13.5, 7)
    pen.shape([(13.5, 10.5), (13.5, 23.5)], closed=False, dashed=True, line=SOFT)
    pen.line((13.5, 21), (16.5, 21), (16.5, 24), width_mm=0.3)
    pen.tick(21.5, 14)
    skin(pen, 29, 52, 24, wound_x=40.5)
    camera(pen, 32.5, 10.5, turned_deg=-37)
    pen.shape([(34.7, 13.4), (40.5, 23.5)], closed=False, dashed=True, line=SOFT)
    pen.cross(48.5, 14)


def distance(pen: Pen) -> None:
    """The camera at its distance, with nothing enlarged."""
    skin(pen, 12, 42, 27, wound_x=27)
    camera(pen, 27, 6.2)
    pen.line((35, 9.3), (41, 9.3), colour=SOFT, width_mm=0.25)
    pen.line((38, 9.8), (38, 26.4), width_mm=0.3)
    for tip, way in ((9.5, 1), (26.8, -1)):
        pen.shape([(38, tip), (37.2, tip + 2 * way), (38.8, tip + 2 * way)], fill=INK, line=None)
    pen.words(46.2, 18.8, "30–50 cm", size_mm=3.0, bold=True)
    for side in (-1, 1):
        pen.shape(
            [(27 + side * 1.6, 9.6), (27 + side * 9, 26.6)], closed=False, dashed=True, line=SOFT
        )
    pen.oval(9.5, 14.5, 7, 7, fill=WHITE)
    pen.line((12, 17), (15, 20), width_mm=0.9)
    pen.words(9.5, 15.7, "×2", size_mm=3.0)
    pen.cross(5.5, 21)


def light(pen: Pen) -> None:
    """Soft light from the side; a flash that shines back from the wet bed."""
    skin(pen, 2, 25, 24, wound_x=15)
    camera(pen, 15, 7)
    pen.oval(5.5, 8, 5, 5, fill=LIGHT, line=None)
    for angle in range(0, 360, 45):
        a = math.radians(angle)
        ends = [(5.5 + r * math.cos(a), 8 + r * math.sin(a)) for r in (3.2, 4.4)]
        pen.line(*ends, colour=LIGHT, width_mm=0.5)
    for shift in (0.0, 2.2):
        pen.line((7.8 + shift, 13.2), (10.8 + shift, 20.6), colour=LIGHT, width_mm=0.3)
    pen.tick(21.5, 15.5)
    skin(pen, 29, 52, 24, wound_x=41)
    camera(pen, 41, 7)
    _bolt(pen, 47.5, 3)
    _star(pen, 41, 23.6, 3.4)
    for shift in (-1.6, 1.6):
        pen.line((41 + shift, 11.5), (41 + shift, 19), colour=LIGHT, width_mm=0.3)
    pen.cross(49, 15.5)


def _bolt(pen: Pen, x: float, y: float) -> None:
    bolt = [(x + 1.2, y), (x - 1, y + 3.6), (x + 0.4, y + 3.6), (x - 0.6, y + 6.8),
            (x + 2.2, y + 2.6), (x + 0.8, y + 2.6), (x + 2.4, y)]  # fmt: skip
    pen.shape(bolt, fill=LIGHT, line=INK, width_mm=0.2)


def _star(pen: Pen, x: float, y: float, radius: float) -> None:
    points = [
        (x + r * math.cos(a), y + r * math.sin(a))
        for step in range(16)
        for r, a in [(radius if step % 2 == 0 else radius * 0.35, math.pi * step / 8)]
    ]
    pen.shape(points, fill=WHITE, line=WRONG, width_mm=0.25)


def locating(pen: Pen) -> None:
    """A view that shows where on the body: the leg from knee to foot."""
    pen.box(5, 3, 44, 28, fill=DRAPE)
    inside(pen, 5, 3, 44, 28)
    thigh = [(0, 2), (10, 6.5), (14, 9), (20, 12.6), (30, 17.2), (37, 20.6), (40, 21.8),
             (44.5, 20.4), (46.6, 18.8), (48, 20.4), (46.6, 23.6), (43.4, 27.6), (39.6, 28.4),
             (33, 26), (22, 22.4), (14, 19.8), (8, 17.6), (0, 15)]  # fmt: skip
    pen.shape(thigh, fill=SKIN, line=SKIN_EDGE)
    pen.canvas.restoreState()
    pen.box(5, 3, 44, 28)
    pen.line((11, 10.2), (13.4, 11.6), (13, 14.4), colour=SKIN_EDGE)
    wound(pen, 25.5, 19, size=0.36)
    pen.shape([(21.6, 15.4), (29.4, 15.4), (29.4, 22.6), (21.6, 22.6)], dashed=True, line=INK)


def close_up(pen: Pen) -> None:
    """The whole wound with a rim of skin and the card; a wound cut off."""
    frame(pen, 2, 3, 24, 20)
    wound(pen, 11.5, 10)
    card(pen, 10.5, 15, size=0.95)
    pen.tick(14, 29)
    inside(pen, 29, 3, 23, 20)
    frame(pen, 29, 3, 23, 20)
    wound(pen, 31.5, 6.5, size=1.3)
    card(pen, 44, 14, size=1.1)
    pen.canvas.restoreState()
    pen.box(29, 3, 23, 20)
    pen.cross(40.5, 29)


def checked(pen: Pen) -> None:
    """A screen with the photo and a remark; then the camera's card emptied."""
    pen.box(3, 4, 31, 20, fill=INK, line=None, round_mm=1.2)
    pen.box(4.6, 5.6, 27.8, 16.8, fill=WHITE, line=None)
    pen.shape([(15, 24), (22, 24), (24, 29), (13, 29)], fill=SOFT, line=None)
    frame(pen, 6, 7, 11, 8.5)
    wound(pen, 10.5, 10.2, size=0.5)
    card(pen, 11, 12.2, size=0.45)
    pen.shape([(20, 10.6), (21.8, 7.4), (23.6, 10.6)], fill=LIGHT, line=None)
    pen.line((25, 9.6), (30.4, 9.6), width_mm=0.5)
    pen.tick(21.8, 14.6)
    pen.line((25, 14.6), (30.4, 14.6), width_mm=0.5)
    for y in (18, 20):
        pen.line((6, y), (27, y), colour=PALE, width_mm=0.8)
    card_shape = [(40, 8), (47, 8), (50, 11), (50, 22), (40, 22)]
    pen.shape(card_shape, fill=PALE)
    for x in (41.6, 43.6, 45.6):
        pen.box(x, 9, 1.1, 2.4, fill=SOFT, line=None)
    pen.line((42, 14.5), (48, 20.5), colour=WRONG, width_mm=0.7)
    pen.line((48, 14.5), (42, 20.5), colour=WRONG, width_mm=0.7)
    pen.line((35.2, 15), (38.4, 15), width_mm=0.4)
    pen.shape([(39.2, 15), (37.6, 14.1), (37.6, 15.9)], fill=INK, line=None)


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "consent": consent,
    "position": position,
    "in_plane": in_plane,
    "square_on": square_on,
    "distance": distance,
    "light": light,
    "locating": locating,
    "close_up": close_up,
    "checked": checked,
}
"""By the key of the step."""
