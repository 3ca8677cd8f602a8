"""Two photos of one wound on different dates, rendered, with where each point of skin is in both.

The skin lies round a limb of 50 to 100 mm radius. From date to date camera, light, colours, the
wound and all that changes of the skin differ, and the skin is drawn by up to some tenths of a mm
hither and thither, as posture and swelling do. The truth is exact by the formula of each.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.compare_skin import Body, Day, body, painted, to_texture
from benchmarks.render import card_layer, jpeg_bytes, polygon_mm2, tilted_camera
from benchmarks.render_camera import Array, Camera, turn_matrix
from benchmarks.render_look import Look, blurred
from benchmarks.scale_camera import Sight, Surface
from benchmarks.scale_skin import Chance, drape
from woundtrack.photo.types import Photo
from woundtrack.scale import card_layout

SIZE_PX = (2000, 1500)
FOCAL_PX = 1750.0
DRAWN_MM = 0.25
"""One wave's amplitude in each of its directions; there are three."""
CARD_BESIDE_MM = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """How the skin lies displaced on a date: sums of long waves."""

    waves: Array
    """(K, 2) in radians a mm."""
    phases: Array
    ways_mm: Array

    def kept(self, lying_mm: Array) -> Array:
        """Points (N, 2) of the limb's surface to those of the kept skin that lie there."""
        moved: Array = lying_mm + np.sin(lying_mm @ self.waves.T + self.phases) @ self.ways_mm
        return moved

    def lying(self, kept_mm: Array) -> Array:
        """The way back, to a millionth of a mm."""
        there = kept_mm
        for _ in range(20):
            there = there + kept_mm - self.kept(there)
        return there


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One date's photo, what is in it, and its truth."""

    pixels: NDArray[np.uint8]
    photo: Photo
    sight: Sight
    drawn: Drawn
    ring_mm: Array
    """The wound's edge in mm of the kept skin."""
    has_card: bool

    def to_px(self, kept_mm: Array) -> Array:
        """Points (N, 2) of the kept skin to px."""
        return self.sight.to_px(self.drawn.lying(kept_mm))

    def to_mm(self, points_px: Array) -> Array:
        """Points (N, 2) in px to the kept skin."""
        return self.drawn.kept(self.sight.to_mm(points_px))


def pair(seed: int, *, cards: tuple[bool, bool]) -> tuple[Shown, Shown]:
    """A wound earlier and later."""
    chance = np.random.default_rng(seed)
    skin = body(chance)
    surface = Surface(float(chance.uniform(50, 100)), float(chance.uniform(0, 180)))
    first = _ring(chance)
    second = _later(first, chance)
    return tuple(  # type: ignore[return-value]
        _shown(skin, ring, surface, chance, card=card)
        for ring, card in zip((first, second), cards, strict=True)
    )


def _ring(chance: Chance) -> Array:
    """A wound's edge of 2 to 20 cm², (360, 2), about the skin's middle."""
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    radius = 1 + sum(
        chance.normal(0, 0.2 / k) * np.cos(k * angles + chance.uniform(0, 2 * np.pi))
        for k in range(2, 8)
    )
    radius = np.maximum(radius, 0.4)
    ring = np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)
    ring[:, 1] *= chance.uniform(0.6, 1.0)
    ring = ring @ turn_matrix(float(chance.uniform(0, 360))).T
    area = np.exp(chance.uniform(np.log(200.0), np.log(2000.0)))
    return np.asarray(ring * np.sqrt(area / polygon_mm2(ring)))


def _later(ring: Array, chance: Chance) -> Array:
    """The edge on another date: healed or grown, more on one side than on the other."""
    angles = np.arctan2(ring[:, 1], ring[:, 0])
    factor = chance.uniform(0.72, 1.1) + sum(
        chance.normal(0, 0.06) * np.cos(k * angles + chance.uniform(0, 2 * np.pi))
        for k in range(1, 5)
    )
    return ring * np.clip(factor, 0.4, 1.4)[:, None]


def _shown(skin: Body, ring: Array, surface: Surface, chance: Chance, *, card: bool) -> Shown:
    day = Day(ring, float(chance.uniform(0, 2 * np.pi)))
    texture = painted(skin, day, chance)
    lay = _lie(ring, surface, chance)
    aim = chance.normal(0, 6, 2) + (0.45 * lay[0] if card else 0.0)
    camera = tilted_camera(
        tilt_deg=float(min(abs(chance.normal(0, 12)), 30)),
        azimuth_deg=float(chance.uniform(0, 360)),
        roll_deg=float(chance.normal(0, 12)),
        focal_px=FOCAL_PX,
        look_at_mm=(float(aim[0]), float(aim[1])),
        mm_across=float(chance.uniform(150, 220) if card else chance.uniform(120, 210)),
        size_px=SIZE_PX,
        k1=float(chance.normal(0, 0.008)),
    )
    drawn = Drawn(
        chance.normal(0, 2 * np.pi / 90, (3, 2)),
        chance.uniform(0, 2 * np.pi, 3),
        chance.normal(0, DRAWN_MM, (3, 2)),
    )
    sight = Sight(camera, surface)
    light = _lit(sight, drawn, texture, chance)
    if card:
        _lay_card(light, camera, *lay)
    pixels = _developed(light, chance)
    pixels = cv2.imdecode(
        np.frombuffer(jpeg_bytes(pixels, quality=int(chance.integers(80, 96))), np.uint8), 1
    )
    photo = Photo(*SIZE_PX, "image/jpeg", 1, focal_px=FOCAL_PX, focal_relative_sd=0.02)
    return Shown(np.asarray(pixels, np.uint8), photo, sight, drawn, ring, card)


def _lit(
    sight: Sight, drawn: Drawn, texture: NDArray[np.uint8], chance: Chance
) -> NDArray[np.float32]:
    """The skin in linear light, darker where it turns away from a lamp, with a drape behind."""
    step = 5
    width, height = SIZE_PX
    x, y = np.arange(0, width, step) + 2.0, np.arange(0, height, step) + 2.0
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    lying = sight.to_mm(points)
    kept = to_texture(drawn.kept(lying))
    directions = sight.camera.sights(points) @ sight.camera.rotation
    inside = sight.surface.clearance(sight.origin, directions)
    lamp = sight.origin + chance.normal(0, 90, 3) * np.array([1, 1, 0.3])
    facing = 0.3 + 0.7 * np.clip(sight.surface.facing(lying, lamp), 0, 1)
    shape = (len(y), len(x))
    full = [
        cv2.resize(np.asarray(each, np.float32).reshape(shape), SIZE_PX)
        for each in (kept[:, 0], kept[:, 1], inside, facing)
    ]
    seen = cv2.remap(texture, full[0], full[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    light = (seen.astype(np.float32) / 255) ** 2.2 * full[3][..., None]
    shine = np.exp(-(((full[3] - full[3].max()) / 0.02) ** 2)) * chance.uniform(0, 0.12)
    light += shine[..., None]
    behind = (drape(SIZE_PX, chance).astype(np.float32) / 255) ** 2.2
    part = np.clip(full[2] * 3 + 0.5, 0, 1)[..., None]
    return np.asarray(part * light + (1 - part) * behind, np.float32)


def _lie(ring: Array, surface: Surface, chance: Chance) -> tuple[Array, float]:
    """Where the card's middle lies in the plane on the limb's top, beside the wound, and its turn.

    Its long side goes across the limb or along it.
    """
    turn = surface.axis_deg + float(chance.normal(0, 10)) + float(chance.choice([0.0, 90.0]))
    way = turn_matrix(surface.axis_deg)[:, 0] * chance.choice([-1.0, 1.0])
    size = np.array([card_layout.WIDTH_MM, card_layout.HEIGHT_MM]) / 2
    reach = float(np.abs(turn_matrix(turn).T @ way) @ size)
    return way * (float((ring @ way).max()) + CARD_BESIDE_MM + reach), turn


def _lay_card(light: NDArray[np.float32], camera: Camera, middle: Array, turn: float) -> None:
    """The card flat on the limb's top."""
    layer = card_layer()
    size = np.array([card_layout.WIDTH_MM, card_layout.HEIGHT_MM])
    spin = turn_matrix(turn)
    # From the plane's mm to the layer's px, as the layer's own map has it.
    inverse = spin.T
    shift = -inverse @ middle + size / 2 - np.array(layer.origin_mm)
    affine = np.column_stack([inverse, shift]) * layer.px_per_mm[0]
    affine[:, 2] -= 0.5
    fine = 2
    maps = Sight(camera, Surface()).maps((0, 0, *SIZE_PX), affine=affine, fine=fine)
    flags = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_CONSTANT}
    cover = cv2.remap(layer.cover, maps, None, **flags)
    ink = cv2.remap(layer.light * layer.cover[..., None], maps, None, **flags)
    cover, ink = (cv2.resize(each, SIZE_PX, interpolation=cv2.INTER_AREA) for each in (cover, ink))
    light *= 1 - cover[..., None]
    light += 0.9 * ink


def _developed(light: NDArray[np.float32], chance: Chance) -> NDArray[np.uint8]:
    """What the camera makes of the light: exposure, white balance, blur, noise, tone."""
    look = Look(
        defocus_px=float(chance.uniform(0.5, 1.8)),
        motion_px=float(max(0.0, chance.normal(0, 1.2))),
        motion_deg=float(chance.uniform(0, 180)),
    )
    light = blurred(light, look)
    # A camera exposes half of the way to a middle grey.
    exposure = np.clip(np.sqrt(0.25 / float(np.median(light))), 0.7, 2.5)
    gains = chance.uniform(0.93, 1.07, 3) * chance.uniform(0.8, 1.2) * exposure
    light = light * gains.astype(np.float32)
    slope = chance.normal(0, 0.2, 2)
    across = 1 + slope[0] * np.linspace(-0.5, 0.5, SIZE_PX[0], dtype=np.float32)
    down = 1 + slope[1] * np.linspace(-0.5, 0.5, SIZE_PX[1], dtype=np.float32)
    light *= (down[:, None] * across[None])[..., None].astype(np.float32)
    noise = np.float32(chance.uniform(0.003, 0.01)) * chance.standard_normal(
        light.shape, np.float32
    )
    light += noise * np.sqrt(np.maximum(light, 0.02))
    tone = np.float32(1 / chance.uniform(1.9, 2.4))
    return np.rint(np.clip(light, 0, 1) ** tone * 255).astype(np.uint8)
