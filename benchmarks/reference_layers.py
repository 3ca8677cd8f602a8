"""Pictures of coins, adhesive dots, coloured squares and hairs, about (0, 0), in linear light."""

from dataclasses import replace

import cv2
import numpy as np

from benchmarks.render import Layer
from benchmarks.render_camera import Camera

PX_PER_MM = 24.0
MARGIN_MM = 3.0
DOTS = ((0.02, 0.55, 0.05), (0.03, 0.03, 0.55), (0.55, 0.15, 0.03), (0.85, 0.85, 0.85))
"""Linear BGR: green, red, blue, white."""
SQUARES = (*DOTS, (0.03, 0.03, 0.03))
METALS = ((0.10, 0.22, 0.42), (0.10, 0.40, 0.55), (0.45, 0.48, 0.50), (0.32, 0.34, 0.36))
"""Copper, brass, bright and dull nickel."""


def _grid(half_mm: float) -> tuple[np.ndarray, np.ndarray, tuple[float, float]]:
    count = int(np.ceil(2 * half_mm * PX_PER_MM))
    line = (np.arange(count) + 0.5) / PX_PER_MM - half_mm
    x, y = np.meshgrid(line, line)
    return x, y, (-half_mm, -half_mm)


def _within(distance_mm: np.ndarray) -> np.ndarray:
    """Cover of what lies inside a border: 1 inside, exact to a tenth of a texel."""
    return np.clip(0.5 - distance_mm * PX_PER_MM, 0, 1).astype(np.float32)


def _flat(colour: tuple[float, float, float], shape: tuple[int, int]) -> np.ndarray:
    light = np.empty((*shape, 3), np.float32)
    light[:] = colour
    return light


def _layer(light: np.ndarray, cover: np.ndarray, origin: tuple[float, float]) -> Layer:
    return Layer(light, cover, (PX_PER_MM, PX_PER_MM), origin, supersample=2)


def _glare(rng: np.random.Generator, light: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    at = rng.uniform(-0.35, 0.35, 2) * np.ptp(x)
    reach = float(rng.uniform(0.06, 0.2)) * np.ptp(x)
    spot = np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * reach**2))
    light += (float(rng.uniform(0.3, 1.5)) * spot)[..., None].astype(np.float32)


def disc_layer(colour: tuple[float, float, float], diameter_mm: float) -> Layer:
    """A disc of one colour."""
    x, y, origin = _grid(diameter_mm / 2 + MARGIN_MM)
    return _layer(_flat(colour, x.shape), _within(np.hypot(x, y) - diameter_mm / 2), origin)


def rectangle_layer(colour: tuple[float, float, float], width_mm: float, height_mm: float) -> Layer:
    """A rectangle of one colour."""
    x, y, origin = _grid(max(width_mm, height_mm) / 2 + MARGIN_MM)
    outside = np.maximum(np.abs(x) - width_mm / 2, np.abs(y) - height_mm / 2)
    return _layer(_flat(colour, x.shape), _within(outside), origin)


def dot_layer(rng: np.random.Generator, diameter_mm: float) -> Layer:
    """A sticker of one colour, at times with a shine or a figure printed on it."""
    x, y, origin = _grid(diameter_mm / 2 + MARGIN_MM)
    cover = _within(np.hypot(x, y) - diameter_mm / 2)
    light = _flat(DOTS[int(rng.integers(len(DOTS)))], x.shape)
    if rng.random() < 0.3:
        _glare(rng, light, x, y)
    if rng.random() < 0.3:
        text = np.zeros(x.shape, np.uint8)
        size = diameter_mm / 24
        place = (int(x.shape[1] / 2 - size * 18 * 1.2), int(x.shape[0] / 2 + size * 10))
        cv2.putText(text, "7", place, cv2.FONT_HERSHEY_SIMPLEX, size * 3, 255, 12, cv2.LINE_AA)
        light *= 1 - 0.8 * (text / 255.0)[..., None].astype(np.float32)
    return _layer(light, cover, origin)


def raised(layer: Layer, camera: Camera, height_mm: float) -> Layer:
    """A layer as it is seen when it lies this much nearer to the camera than the plane."""
    eye = -camera.rotation.T @ camera.place_mm
    factor = abs(eye[2]) / (abs(eye[2]) - height_mm)
    per_mm = layer.px_per_mm[0] / factor, layer.px_per_mm[1] / factor
    x, y = (eye[axis] + factor * (layer.origin_mm[axis] - eye[axis]) for axis in (0, 1))
    return replace(layer, px_per_mm=per_mm, origin_mm=(float(x), float(y)))


def coin_layers(
    rng: np.random.Generator, diameter_mm: float, thickness_mm: float, camera: Camera
) -> tuple[Layer, ...]:
    """A coin's contact shadow, its wall as a stack of discs, and its face above them."""
    shadow, face = _coin(rng, diameter_mm)
    middle = face.light.shape[0] // 2
    tone = face.light[middle, middle] * float(rng.uniform(0.3, 1.0))
    wall = replace(face, light=_flat(tuple(tone), face.cover.shape))
    heights = np.linspace(0, thickness_mm, 5)
    stack = (raised(wall, camera, float(height)) for height in heights[:-1])
    return (shadow, *stack, raised(face, camera, thickness_mm))


def _coin(rng: np.random.Generator, diameter_mm: float) -> tuple[Layer, Layer]:
    """The shadow, and the face: raised rim, relief, shine, at times two metals."""
    radius = diameter_mm / 2
    x, y, origin = _grid(radius + MARGIN_MM)
    away = np.hypot(x, y)
    metal = np.array(METALS[int(rng.integers(len(METALS)))], np.float32)
    light = _flat(tuple(metal), x.shape)
    if rng.random() < 0.3:
        other = np.array(METALS[int(rng.integers(len(METALS)))], np.float32)
        core = _within(away - 0.72 * radius)[..., None]
        light = light * (1 - core) + other * core
    light *= (1 + _relief(rng, x, y, radius))[..., None]
    if rng.random() < 0.6:
        _glare(rng, light, x, y)
    shadow_at = rng.uniform(-0.7, 0.7, 2)
    off = np.hypot(x - shadow_at[0], y - shadow_at[1]) - radius
    soft = float(rng.uniform(0.3, 1.0))
    shade = np.clip(0.5 - off / (2 * soft), 0, 1) * float(rng.uniform(0.2, 0.6))
    shadow = _layer(_flat((0.01, 0.01, 0.02), x.shape), shade.astype(np.float32), origin)
    return shadow, _layer(np.clip(light, 0, 2), _within(away - radius), origin)


def _relief(rng: np.random.Generator, x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
    """Light and shade of a struck face: a raised rim and a smooth figure, lit from one side."""
    rough = rng.normal(0, 1, (40, 40)).astype(np.float32)
    figure = cv2.resize(rough, x.shape[::-1], interpolation=cv2.INTER_CUBIC)
    away = np.hypot(x, y)
    height = 0.25 * figure * (away < 0.88 * radius) + 1.2 * (away > 0.93 * radius)
    height = cv2.GaussianBlur(height.astype(np.float32), (0, 0), 0.15 * PX_PER_MM)
    turn = float(rng.uniform(0, 2 * np.pi))
    down, across = np.gradient(height)
    slope = (np.cos(turn) * across + np.sin(turn) * down) * PX_PER_MM
    relief = np.clip(0.35 * slope, -0.6, 0.8)
    # The rim's own edge is the coin's border, which is drawn apart.
    relief[away > 0.985 * radius] = 0.0
    return relief


def square_layer(rng: np.random.Generator, side_mm: float) -> Layer:
    """A square of one colour, at times with a shine."""
    x, y, origin = _grid(side_mm / 2 + MARGIN_MM)
    cover = _within(np.maximum(np.abs(x), np.abs(y)) - side_mm / 2)
    light = _flat(SQUARES[int(rng.integers(len(SQUARES)))], x.shape)
    if rng.random() < 0.3:
        _glare(rng, light, x, y)
    return _layer(light, cover, origin)


def hair_layer(rng: np.random.Generator) -> Layer:
    """A few dark hairs across whatever lies beneath."""
    x, _y, origin = _grid(18.0)
    cover = np.zeros(x.shape, np.uint8)
    for _hair in range(int(rng.integers(1, 6))):
        ends = rng.uniform(0, x.shape[0], (2, 2)).astype(int)
        thick = int(rng.integers(2, 5))
        cv2.line(cover, ends[0].tolist(), ends[1].tolist(), 255, thick, cv2.LINE_AA)
    return _layer(_flat((0.02, 0.02, 0.03), x.shape), cover.astype(np.float32) / 255, origin)
