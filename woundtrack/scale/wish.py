"""What a person asks for as a scale, as text on a command line and as values."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import PointPx, Scale


@dataclass(frozen=True, slots=True)
class TwoPoints:
    """Two points of the photo and the mm between them."""

    first_px: PointPx
    second_px: PointPx
    distance_mm: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A coin or adhesive dot about a point, of known diameter."""

    at_px: PointPx
    diameter_mm: float


@dataclass(frozen=True, slots=True)
class Square:
    """A coloured square or rectangle about a point, of known sides."""

    at_px: PointPx
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class RulerStep:
    """The ruler of the photo, with one step of its graduation named."""

    step_mm: float


Named: TypeAlias = Literal["auto", "card", "ruler", "none"]
Given: TypeAlias = TwoPoints | Dot | Square | RulerStep
ScaleWish: TypeAlias = Named | Given


def parse_wish(text: str) -> ScaleWish:
    """The scale that a text asks for.

    "auto", "card", "ruler", "none", "x1,y1,x2,y2=MM", "dot:x,y=MM", "square:x,y=MM" or "=WxH",
    "ruler:MM". Raises ScaleError scale.unknown_wish, scale.two_points_text, scale.spot_text,
    scale.ruler_text, scale.mm_not_positive.
    """
    match text:
        case "auto" | "card" | "ruler" | "none":
            return text
    kind, colon, rest = text.partition(":")
    if not colon:
        return _two_points(text)
    if kind == "ruler":
        return RulerStep(_lengths(rest, text, code="scale.ruler_text", most=1)[0])
    if kind not in ("dot", "square"):
        raise ScaleError("scale.unknown_wish", text=text)
    place, _sign, size = rest.partition("=")
    x, y = _numbers(place, text, count=2, code="scale.spot_text")
    lengths = _lengths(size, text, code="scale.spot_text", most=2 if kind == "square" else 1)
    return Dot((x, y), lengths[0]) if kind == "dot" else Square((x, y), lengths[0], lengths[-1])


def given_scale(wish: Given, pixels: Pixels, photo: Photo) -> Scale:
    """The scale of what a person gave; raises ScaleError as the functions of each kind do."""
    match wish:
        case TwoPoints():
            from woundtrack.scale.manual import from_two_points

            return from_two_points(wish.first_px, wish.second_px, wish.distance_mm, photo)
        case Dot():
            from woundtrack.scale.dot import from_dot

            return from_dot(pixels, photo, at_px=wish.at_px, diameter_mm=wish.diameter_mm)
        case Square():
            from woundtrack.scale.square import from_square

            sides = {"side_mm": wish.width_mm, "height_mm": wish.height_mm}
            return from_square(pixels, photo, at_px=wish.at_px, **sides)
        case RulerStep():
            from woundtrack.scale.ruler import read_ruler, scale_with_pitch

            return scale_with_pitch(
                read_ruler(pixels, photo), photo, pitch_mm=wish.step_mm, pixels=pixels
            )


def _two_points(text: str) -> TwoPoints:
    if "=" not in text:
        raise ScaleError("scale.unknown_wish", text=text)
    places, _sign, length = text.partition("=")
    x1, y1, x2, y2 = _numbers(places, text, count=4, code="scale.two_points_text")
    (distance_mm,) = _lengths(length, text, code="scale.two_points_text", most=1)
    return TwoPoints((x1, y1), (x2, y2), distance_mm)


def _numbers(part: str, text: str, *, count: int, code: str) -> tuple[float, ...]:
    try:
        values = tuple(float(each) for each in part.split(","))
    except ValueError as error:
        raise ScaleError(code, text=text) from error
    if len(values) != count or not np.isfinite(values).all():
        raise ScaleError(code, text=text)
    return values


def _lengths(part: str, text: str, *, code: str, most: int) -> tuple[float, ...]:
    """One length in mm, or width and height with an x between them."""
    parts = part.split("x")
    if len(parts) > most:
        raise ScaleError(code, text=text)
    lengths = _numbers(",".join(parts), text, count=len(parts), code=code)
    if min(lengths) <= 0:
        raise ScaleError("scale.mm_not_positive")
    return lengths
