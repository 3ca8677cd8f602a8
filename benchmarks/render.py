"""Rendered photos of flat things in known mm: a tilted camera with a real lens, blur, noise, JPEG.

Truth is exact: a shape is known by its ring in mm, a camera by its formula. The plane's frame is
in mm, x to the right and y down; lengths of the camera's frame likewise, z away from the camera.
"""

import io
from dataclasses import dataclass, field, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render_camera import Array, Camera, tilted_camera, turn_matrix
from benchmarks.render_look import Look, blurred, light_over, surroundings
from woundtrack.scale import card_layout as design

Image = NDArray[np.float32]
__all__ = ["Camera", "Layer", "Look", "Scene", "render", "tilted_camera"]
GRID_PX = 8
"""The map photo→plane is computed on a grid this coarse and interpolated: exact to 0.001 px."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A flat picture in the plane: linear light (h, w, 3) and cover (h, w), laid at a place."""

    light: Image
    cover: Image
    px_per_mm: tuple[float, float]
    origin_mm: tuple[float, float]
    angle_deg: float = 0.0
    supersample: int = 1

    def to_plane(self, points_mm: Array) -> Array:
        """From the layer's own mm to the plane's."""
        return points_mm @ turn_matrix(self.angle_deg).T + np.array(self.origin_mm)

    def from_plane(self, points_mm: Array) -> Array:
        """From the plane's mm to the layer's own."""
        return (points_mm - np.array(self.origin_mm)) @ turn_matrix(self.angle_deg)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        height, width = self.cover.shape
        return width / self.px_per_mm[0], height / self.px_per_mm[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies in the plane, and the ring whose area is asked."""

    layers: tuple[Layer, ...]
    ring_mm: Array
    area_mm2: float
    tags: tuple[str, ...] = field(default=())


def render(camera: Camera, scene: Scene, look: Look, *, seed: int) -> NDArray[np.uint8]:
    """The photo (h, w, 3), BGR, 8 bit. Only where layers lie is it rendered in full."""
    rng = np.random.default_rng(seed)
    boxes = [_box_px(camera, layer) for layer in scene.layers]
    left, top = (max(0, min(box[side] for box in boxes)) for side in (0, 1))
    right = min(camera.width_px, max(box[2] for box in boxes))
    bottom = min(camera.height_px, max(box[3] for box in boxes))
    region = np.empty((bottom - top, right - left, 3), np.float32)
    region[:] = look.skin
    for layer, box in zip(scene.layers, boxes, strict=True):
        _lay(region, camera, layer, box=box, corner_px=(left, top))
    region = blurred(region, look)
    region *= light_over(camera, look, left=left, top=top, shape=region.shape[:2])
    region += (
        look.noise
        * rng.standard_normal(region.shape, np.float32)
        * np.sqrt(np.maximum(region, 0.02))
    )
    photo = surroundings(camera, look, rng)
    encoded = np.clip(region, 0, 1) ** (1 / look.gamma) * 255
    photo[top:bottom, left:right] = np.rint(encoded).astype(np.uint8)
    return photo


def _box_px(camera: Camera, layer: Layer) -> tuple[int, int, int, int]:
    width, height = layer.size_mm
    steps = np.linspace(0, 1, 20)
    rim = np.concatenate(
        [
            np.column_stack([steps * width, np.full(20, y)]) for y in (0.0, height)
        ] + [np.column_stack([np.full(20, x), steps * height]) for x in (0.0, width)]
    )  # fmt: skip
    px = camera.to_px(layer.to_plane(rim))
    left, top = np.floor(px.min(axis=0)).astype(int) - 30
    right, bottom = np.ceil(px.max(axis=0)).astype(int) + 30
    return int(left), int(top), int(right), int(bottom)


def _lay(
    region: Image,
    camera: Camera,
    layer: Layer,
    *,
    box: tuple[int, int, int, int],
    corner_px: tuple[int, int],
) -> None:
    """Blend a layer into the region, each pixel the mean of supersample² exact samples."""
    left, top = max(box[0], corner_px[0]), max(box[1], corner_px[1])
    right = min(box[2], corner_px[0] + region.shape[1])
    bottom = min(box[3], corner_px[1] + region.shape[0])
    if left >= right or top >= bottom:
        return  # outside the photo
    times = layer.supersample
    columns = left - 0.5 + (np.arange((right - left) * times) + 0.5) / times
    rows = top - 0.5 + (np.arange((bottom - top) * times) + 0.5) / times
    map_x, map_y = _maps(camera, layer, columns, rows)
    flags = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_CONSTANT}
    cover = cv2.remap(layer.cover, map_x, map_y, **flags)
    light = cv2.remap(layer.light * layer.cover[..., None], map_x, map_y, **flags)
    size = (right - left, bottom - top)
    cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    light = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
    x, y = left - corner_px[0], top - corner_px[1]
    part = region[y : y + size[1], x : x + size[0]]
    part *= 1 - cover[..., None]
    part += light


def _maps(camera: Camera, layer: Layer, columns: Array, rows: Array) -> tuple[Image, Image]:
    """For photo columns and rows, the texture's px, by way of an exact coarse grid."""
    grid_x = np.arange(columns[0] - GRID_PX, columns[-1] + 2 * GRID_PX, GRID_PX)
    grid_y = np.arange(rows[0] - GRID_PX, rows[-1] + 2 * GRID_PX, GRID_PX)
    points = np.stack(np.meshgrid(grid_x, grid_y), axis=-1).reshape(-1, 2)
    own = layer.from_plane(camera.to_mm(points))
    texture = own * np.array(layer.px_per_mm) - 0.5
    shape = (len(grid_y), len(grid_x))
    map_x, map_y = (
        _between(texture[:, axis].reshape(shape), grid_x, grid_y, columns, rows) for axis in (0, 1)
    )
    return map_x, map_y


def _between(values: Array, grid_x: Array, grid_y: Array, columns: Array, rows: Array) -> Image:
    place_x, place_y = (columns - grid_x[0]) / GRID_PX, (rows - grid_y[0]) / GRID_PX
    column, row = place_x.astype(int), place_y.astype(int)
    part_x = place_x - column
    part_y = (place_y - row)[:, None]
    wide = values[:, column] * (1 - part_x) + values[:, column + 1] * part_x
    return (wide[row] * (1 - part_y) + wide[row + 1] * part_y).astype(np.float32)


def ulcer_ring_mm(
    rng: np.random.Generator, *, area_mm2: float, centre_mm: tuple[float, float]
) -> Array:
    """A wavy closed ring (720, 2) whose polygon has exactly this area."""
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    radius = 1.0 + sum(
        rng.normal(0, 0.22 / order) * np.cos(order * angles + rng.uniform(0, 2 * np.pi))
        for order in range(2, 8)
    )
    radius = np.maximum(radius, 0.3)
    stretch = rng.uniform(0.6, 1.0)
    ring = np.column_stack([radius * np.cos(angles), radius * np.sin(angles) * stretch])
    ring = ring @ turn_matrix(rng.uniform(0, 360)).T
    return ring * np.sqrt(area_mm2 / polygon_mm2(ring)) + np.array(centre_mm)


def polygon_mm2(ring: Array) -> float:
    """A polygon's area, without sign."""
    x, y = ring.T
    return float(abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2)


def ulcer_layer(ring_mm: Array, *, px_per_mm: float = 8.0) -> Layer:
    """The ring filled with wound colours."""
    low = ring_mm.min(axis=0) - 2
    high = ring_mm.max(axis=0) + 2
    width, height = np.ceil((high - low) * px_per_mm).astype(int)
    shift = 10
    points = ((ring_mm - low) * px_per_mm - 0.5) * 2**shift
    cover = np.zeros((height, width), np.uint8)
    cv2.fillPoly(cover, [np.rint(points).astype(np.int32)], 255, cv2.LINE_AA, shift)
    light = np.empty((height, width, 3), np.float32)
    light[:] = (0.05, 0.04, 0.28)
    origin = (float(low[0]), float(low[1]))
    return Layer(light, cover.astype(np.float32) / 255, (px_per_mm, px_per_mm), origin)


@lru_cache
def card_layer() -> Layer:
    """The first card of an actual PDF, rasterised at 20 px a mm, as ink on paper."""
    import pypdfium2

    from woundtrack.report.card import card_pdf

    page = design.PAGES["a4"]
    content = card_pdf(page_size="a4", run_number=7)
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=20 * 25.4 / 72).to_numpy()
    per_mm = (bitmap.shape[1] / page.width_mm, bitmap.shape[0] / page.height_mm)
    box = page.cards[0]
    left, top = round(box.left_mm * per_mm[0]), round(box.top_mm * per_mm[1])
    width, height = round(box.width_mm * per_mm[0]), round(box.height_mm * per_mm[1])
    crop = bitmap[top : top + height, left : left + width, :3].astype(np.float32) / 255
    # A px half covered by ink returns half the light, so coverage is taken as it is.
    light = (0.035 + 0.80 * crop).astype(np.float32)
    cover = np.ones((height, width), np.float32)
    # The crop starts at a whole px: what it starts beside the card's corner is kept as origin.
    origin = (left / per_mm[0] - box.left_mm, top / per_mm[1] - box.top_mm)
    return Layer(light, cover, per_mm, origin, supersample=3)


def placed(layer: Layer, *, corner_mm: tuple[float, float], angle_deg: float) -> Layer:
    """A layer whose own design origin lies at a corner in the plane, turned."""
    offset = turn_matrix(angle_deg) @ np.array(layer.origin_mm)
    origin = (float(corner_mm[0] + offset[0]), float(corner_mm[1] + offset[1]))
    return replace(layer, origin_mm=origin, angle_deg=angle_deg)


def jpeg_bytes(
    pixels: NDArray[np.uint8], *, quality: int = 92, focal_35mm: int | None = None
) -> bytes:
    """A JPEG, with the EXIF a phone writes where a 35 mm focal length is given."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("imencode")
    return data.tobytes() if focal_35mm is None else _with_exif(data.tobytes(), focal_35mm)


def _with_exif(data: bytes, focal_35mm: int) -> bytes:
    from PIL import Image as Pictures

    exif = Pictures.Exif()
    exif[0x010F], exif[0x0110] = "Render", "Render"
    inner = exif.get_ifd(0x8769)
    inner[0x9003] = "2024:03:10 10:00:00"
    inner[0xA405] = focal_35mm
    block = exif.tobytes()
    buffer = io.BytesIO()
    buffer.write(data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:])
    return buffer.getvalue()
