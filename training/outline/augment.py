"""What a camera, a room and a file can do to a photo's colours; geometry is in windows.py.

Every function takes float colours (height, width, 3) in 0…1 and a random source and returns
colours of the same shape; `spoiled` strings them together.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Random = np.random.Generator


def spoiled(colours: NDArray[np.uint8], random: Random) -> NDArray[np.uint8]:
    """The photo as another camera in another room might have stored it."""
    x: Floats = np.asarray(colours, np.float32) / np.float32(255)
    for function, chance in (
        (toned, 0.65),
        (tinted, 0.55),
        (lit, 0.2),
        (shaded, 0.15),
        (blurred, 0.2),
        (coarsened, 0.12),
        (noisy, 0.15),
    ):
        if random.random() < chance:
            x = np.asarray(np.clip(function(x, random), 0.0, 1.0), np.float32)
    stored = np.asarray(np.round(x * 255), np.uint8)
    return compressed(stored, random) if random.random() < 0.3 else stored


def toned(x: Floats, random: Random) -> Floats:
    """Brightness, contrast and gamma."""
    gamma = float(np.exp(random.uniform(-0.4, 0.4)))
    contrast = random.uniform(0.75, 1.3)
    bright = random.uniform(-0.12, 0.12)
    middle = float(x.mean())
    y = (np.power(x, gamma) - middle) * contrast + middle + bright
    return np.asarray(y, np.float32)


def tinted(x: Floats, random: Random) -> Floats:
    """White balance, saturation and a small turn of the hues."""
    gains = np.exp(random.normal(0, 0.08, 3)).astype(np.float32)
    y = x * gains
    grey = y.mean(axis=2, keepdims=True)
    saturation = random.uniform(0.6, 1.4) if random.random() > 0.03 else 0.0
    y = grey + (y - grey) * np.float32(saturation)
    turn = np.eye(3) + random.normal(0, 0.03, (3, 3))
    turn /= turn.sum(axis=1, keepdims=True)
    return np.asarray(y @ turn.T.astype(np.float32), np.float32)


def lit(x: Floats, random: Random) -> Floats:
    """A lamp from one side: a slope of brightness across the photo."""
    height, width = x.shape[:2]
    angle = random.uniform(0, 2 * np.pi)
    down, along = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = np.cos(angle) * (along / width - 0.5) + np.sin(angle) * (down / height - 0.5)
    gain = 1 + random.uniform(0.2, 0.9) * slope
    return np.asarray(x * gain[:, :, None], np.float32)


def shaded(x: Floats, random: Random) -> Floats:
    """A soft shadow or a bright spot."""
    height, width = x.shape[:2]
    centre = random.uniform(0, 1, 2) * (width, height)
    reach = random.uniform(0.15, 0.6) * max(height, width)
    down, along = np.mgrid[0:height, 0:width].astype(np.float32)
    far2 = ((along - centre[0]) ** 2 + (down - centre[1]) ** 2) / reach**2
    gain = 1 + random.uniform(-0.6, 0.5) * np.exp(-far2 / 2)
    return np.asarray(x * gain[:, :, None], np.float32)


def blurred(x: Floats, random: Random) -> Floats:
    """Out of focus, or moved."""
    if random.random() < 0.7:
        return np.asarray(cv2.GaussianBlur(x, (0, 0), random.uniform(0.4, 2.2)), np.float32)
    size = int(random.integers(3, 10))
    kernel = np.zeros((size, size), np.float32)
    angle = random.uniform(0, np.pi)
    half = (size - 1) / 2
    end = (half + half * np.cos(angle), half + half * np.sin(angle))
    start = (half - half * np.cos(angle), half - half * np.sin(angle))
    cv2.line(kernel, tuple(map(round, start)), tuple(map(round, end)), 1.0, 1)
    return np.asarray(cv2.filter2D(x, -1, kernel / kernel.sum()), np.float32)


def coarsened(x: Floats, random: Random) -> Floats:
    """Stored small and enlarged again."""
    height, width = x.shape[:2]
    part = random.uniform(0.3, 0.8)
    size = (max(8, round(width * part)), max(8, round(height * part)))
    small = cv2.resize(x, size, interpolation=cv2.INTER_AREA)
    way = (cv2.INTER_LINEAR, cv2.INTER_CUBIC)[int(random.integers(2))]
    return np.asarray(cv2.resize(small, (width, height), interpolation=way), np.float32)


def noisy(x: Floats, random: Random) -> Floats:
    """A sensor's noise, finer or coarser in grain."""
    height, width = x.shape[:2]
    grain = int(random.integers(1, 3))
    shape = (-(-height // grain), -(-width // grain), 3)
    noise: Floats = random.standard_normal(shape, dtype=np.float32)
    noise *= np.float32(random.uniform(0.01, 0.06))
    if grain > 1:
        wider = cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
        noise = np.asarray(wider, np.float32)
    return np.asarray(x + noise, np.float32)


def compressed(colours: NDArray[np.uint8], random: Random) -> NDArray[np.uint8]:
    """Through a JPEG of low or middling quality."""
    quality = int(random.integers(25, 90))
    done, data = cv2.imencode(".jpg", colours[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = cv2.imdecode(data, cv2.IMREAD_COLOR) if done else None
    if back is None:
        return colours
    return np.asarray(back[:, :, ::-1], np.uint8)
