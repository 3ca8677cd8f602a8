"""A painted photo: skin, wounds and the printed card through a tilted camera, with EXIF."""

import datetime as dt
import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage
from PIL.ExifTags import IFD, Base

from woundtrack.demo.wound import Image, Wound, clouds, paint_wound, skin

CANVAS_MM = (250.0, 200.0)
CANVAS_PX_PER_MM = 10.0
SHADOW_PX = 440
"""How far below the drape its shadow is more than a float can hold."""
PHOTO_PX = (2000, 1500)
FOCAL_35MM = 26
FULL_FRAME_DIAGONAL_MM = 43.27
DRAPE_BGR = (0.62, 0.52, 0.34)


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the photo is taken from: above the canvas's middle, tilted towards an azimuth."""

    tilt_deg: float = 8.0
    azimuth_deg: float = 40.0
    roll_deg: float = 0.0
    distance_mm: float = 150.0

    def plane_to_photo(self) -> NDArray[np.float64]:
        """Homography (3, 3) from mm on the canvas to px of the photo."""
        width, height = PHOTO_PX
        focal_px = FOCAL_35MM / FULL_FRAME_DIAGONAL_MM * float(np.hypot(width, height))
        intrinsic = np.array(
            [[focal_px, 0, (width - 1) / 2], [0, focal_px, (height - 1) / 2], [0, 0, 1]]
        )
        axis = np.deg2rad(self.azimuth_deg)
        tilt, _ = cv2.Rodrigues(
            np.deg2rad(self.tilt_deg) * np.array([np.cos(axis), np.sin(axis), 0])
        )
        roll, _ = cv2.Rodrigues(np.array([0, 0, np.deg2rad(self.roll_deg)]))
        rotation = roll @ tilt
        middle = np.array([*CANVAS_MM, 0.0]) / 2
        shift = np.array([0, 0, self.distance_mm]) - rotation @ middle
        homography: NDArray[np.float64] = intrinsic @ np.column_stack(
            [rotation[:, 0], rotation[:, 1], shift]
        )
        return np.asarray(homography / homography[2, 2], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies before the camera. Positions are mm on the canvas (250 × 200 mm)."""

    wounds: tuple[tuple[Wound, tuple[float, float]], ...]
    skin_bgr: tuple[float, float, float]
    camera: Camera
    card: NDArray[np.uint8] | None = None
    """The card as printed, (height, width, 3) BGR at `CANVAS_PX_PER_MM`."""
    card_at_mm: tuple[float, float] = (80.0, 117.0)
    card_turn_deg: float = 3.0
    drape_at_mm: tuple[float, float] = (0.0, 0.0)
    """How far the drape is shifted."""
    seed: int = 1
    skin_seed: int | None = None
    """Photos with the same one show the same skin; None: a skin of its own."""


def photograph(
    scene: Scene, *, taken_at: dt.datetime
) -> tuple[bytes, tuple[NDArray[np.float64], ...]]:
    """The photo's JPEG bytes, and each wound's true edge (360, 2) in its px."""
    random = np.random.default_rng(scene.seed)
    scale = CANVAS_PX_PER_MM
    width, height = (round(side * scale) for side in CANVAS_MM)
    ground = random if scene.skin_seed is None else np.random.default_rng(scene.skin_seed)
    canvas = skin(ground, height, width, tone_bgr=scene.skin_bgr, px_per_mm=scale)
    edges = [
        paint_wound(
            canvas, wound, centre_px=(x * scale, y * scale), px_per_mm=scale,
            random=random, skin_random=ground,
        )
        for wound, (x, y) in scene.wounds
    ]  # fmt: skip
    _drape(canvas, random, at_mm=scene.drape_at_mm)
    if scene.card is not None:
        _lay_card(canvas, scene)
    plane_to_photo = scene.camera.plane_to_photo()
    canvas_to_photo = plane_to_photo @ np.diag([1 / scale, 1 / scale, 1.0])
    photo = cv2.warpPerspective(
        canvas, canvas_to_photo, PHOTO_PX, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT
    )
    edges_px = tuple(
        cv2.perspectiveTransform(edge[None], canvas_to_photo)[0].astype(np.float64)
        for edge in edges
    )
    return _jpeg(_exposed(np.asarray(photo, dtype=np.float32), random), taken_at), edges_px


def _drape(canvas: Image, random: np.random.Generator, *, at_mm: tuple[float, float]) -> None:
    """A folded surgical drape along the upper edge."""
    height, width = canvas.shape[:2]
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    right, down = (side * CANVAS_PX_PER_MM for side in at_mm)
    border = 0.155 * height + down
    border = border + 0.018 * height * np.sin((columns - right) / width * 5 + 0.6)
    upper = slice(0, max(0, round(border.max()) + SHADOW_PX))
    rows, seen = rows[upper], canvas[upper]
    share = np.clip((border - rows) / 3 + 0.5, 0, 1)[..., None]
    folds = clouds(random, 1, width, cell=160, octaves=2)
    weave = clouds(random, height, width, cell=5, octaves=1)[upper]
    cloth = np.array(DRAPE_BGR, np.float32) * (1 + 0.05 * folds + 0.03 * weave)[..., None]
    shadow = 1 - 0.30 * np.exp(-np.clip(rows - border, 0, None) / 22)[..., None]
    seen[:] = (seen * shadow) * (1 - share) + cloth * share


def _lay_card(canvas: Image, scene: Scene) -> None:
    """The card with its shadow, turned about its upper left corner."""
    assert scene.card is not None
    card = scene.card.astype(np.float32) / 255
    x, y = (value * CANVAS_PX_PER_MM for value in scene.card_at_mm)
    turn = np.deg2rad(scene.card_turn_deg)
    placed = np.array([[np.cos(turn), -np.sin(turn), x], [np.sin(turn), np.cos(turn), y]])
    size = (canvas.shape[1], canvas.shape[0])
    sheet = cv2.warpAffine(card, placed, size, flags=cv2.INTER_LINEAR)
    cover = cv2.warpAffine(
        np.ones(card.shape[:2], np.float32), placed, size, flags=cv2.INTER_LINEAR
    )
    shade = cv2.GaussianBlur(np.roll(cover, (10, 8), (0, 1)), (0, 0), 14)
    canvas *= (1 - 0.35 * shade * (1 - cover))[..., None]
    # White paper in clinic light is bright, not burnt out.
    canvas[:] = canvas * (1 - cover[..., None]) + (0.05 + 0.87 * sheet) * cover[..., None]


def _exposed(photo: Image, random: np.random.Generator) -> NDArray[np.uint8]:
    """Uneven light, a little blur and noise, as from a phone in a clinic room."""
    height, width = photo.shape[:2]
    rows, columns = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = 1.04 - 0.10 * (rows**2 + columns**2) + 0.05 * columns
    lit = cv2.GaussianBlur(photo, (0, 0), 0.6) * light[..., None].astype(np.float32)
    noisy = lit + random.normal(0, 0.006, lit.shape).astype(np.float32)
    return np.asarray(np.clip(noisy, 0, 1) * 255 + 0.5, dtype=np.uint8)


def _jpeg(pixels: NDArray[np.uint8], taken_at: dt.datetime) -> bytes:
    exif = PillowImage.Exif()
    exif[Base.Make], exif[Base.Model] = "woundtrack", "painted demonstration"
    exif[Base.Orientation] = 1
    stamp = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif[Base.DateTime] = stamp
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = stamp
    details[Base.FocalLengthIn35mmFilm] = FOCAL_35MM
    details[Base.ExifImageWidth], details[Base.ExifImageHeight] = PHOTO_PX
    file = io.BytesIO()
    picture = PillowImage.fromarray(np.ascontiguousarray(pixels[..., ::-1]))
    picture.save(file, "JPEG", quality=93, exif=exif)
    return file.getvalue()
