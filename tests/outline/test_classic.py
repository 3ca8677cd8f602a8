"""A first outline on drawn wounds whose true edge is known, and on real ones."""

import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline.classic import propose, propose_from_box, propose_from_click
from woundtrack.outline.masks import mask_from_rings
from woundtrack.outline.rings import area_px2, check
from woundtrack.outline.types import Outline, OutlineSource, Ring

SKIN, WOUND, CLOTH = (150, 172, 218), (52, 48, 158), (150, 120, 90)


def ulcer(x: float, y: float, size: float) -> Ring:
    """A lobed closed curve of about this radius."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    radius = size * (1 + 0.22 * np.cos(2 * angles + 0.4) + 0.1 * np.cos(5 * angles))
    return tuple(
        zip(
            (x + radius * np.cos(angles)).tolist(),
            (y + radius * np.sin(angles)).tolist(),
            strict=True,
        )
    )


def photo(rings: tuple[Ring, ...], *, width: int = 800, height: int = 600) -> np.ndarray:
    """A shin on cloth with wounds, mottled, shaded, blurred and noisy."""
    random = np.random.default_rng(5)
    scene = np.full((height, width, 3), CLOTH, dtype=np.float32)
    scene[height // 8 : -height // 8] = SKIN
    for ring in rings:
        cover = mask_from_rings([ring], width_px=width, height_px=height)[..., None]
        scene = scene * (1 - cover) + np.array(WOUND, dtype=np.float32) * cover
    coarse = random.normal(0, 10, (height // 20, width // 20, 3)).astype(np.float32)
    scene += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    scene *= np.linspace(0.85, 1.1, width, dtype=np.float32)[None, :, None]
    scene = cv2.GaussianBlur(scene, (0, 0), 1.2)
    return (scene + random.normal(0, 4, scene.shape)).clip(0, 255).astype(np.uint8)


def dice(outline: Outline, truth: tuple[Ring, ...], shape: tuple[int, ...]) -> float:
    height, width = shape[:2]
    one, other = (
        mask_from_rings(rings, width_px=width, height_px=height) > 0.5
        for rings in (outline.rings, truth)
    )
    return 2 * float((one & other).sum()) / float(one.sum() + other.sum())


ONE = (ulcer(400, 300, 70),)
PHOTO = photo(ONE)


def test_a_click_finds_the_wound_under_it() -> None:
    outline = propose_from_click(PHOTO, (400, 300))
    assert dice(outline, ONE, PHOTO.shape) > 0.96
    assert outline.source is OutlineSource.CLICK
    check(outline, width_px=800, height_px=600)


def test_the_same_click_gives_the_same_outline() -> None:
    first = propose_from_click(PHOTO, (400, 300))
    cv2.setRNGSeed(99)
    assert propose_from_click(PHOTO, (400, 300)) == first


@pytest.mark.parametrize("corners", [(300, 210, 510, 385), (510, 385, 300, 210)])
def test_a_loose_box_finds_the_wound_in_it(corners: tuple[float, float, float, float]) -> None:
    outline = propose_from_box(PHOTO, corners)
    assert dice(outline, ONE, PHOTO.shape) > 0.96
    assert (outline.source, outline.method) == (OutlineSource.BOX, "colours")
    area = abs(area_px2(outline))
    assert area == pytest.approx(area_px2(Outline(ONE)), rel=0.04)


def test_the_only_wound_is_found_unaided() -> None:
    assert dice(propose(PHOTO), ONE, PHOTO.shape) > 0.95


def test_each_of_two_wounds_is_found_by_its_own_click() -> None:
    two = (ulcer(250, 300, 45), ulcer(560, 330, 60))
    scene = photo(two)
    for ring, place in zip(two, ((250, 300), (560, 330)), strict=True):
        outline = propose_from_click(scene, place)
        assert dice(outline, (ring,), scene.shape) > 0.93


def test_a_negative_click_is_kept_out() -> None:
    outline = propose_from_click(PHOTO, (380, 300), negative=[(450, 300)])
    mask = mask_from_rings(outline.rings, width_px=800, height_px=600)
    assert mask[300, 380] > 0.5
    assert mask[300, 450] < 0.5


def test_a_wound_at_the_border_stays_in_the_photo() -> None:
    edge = (ulcer(20, 300, 60),)
    scene = photo(edge)
    outline = propose_from_click(scene, (15, 300))
    check(outline, width_px=800, height_px=600)
    assert dice(outline, edge, scene.shape) > 0.85


def test_a_12_megapixel_photo_is_outlined_to_its_own_pixels() -> None:
    ring = ulcer(2000, 1500, 350)
    scene = photo((ring,), width=4000, height=3000)
    outline = propose_from_click(scene, (2000, 1500))
    assert dice(outline, (ring,), scene.shape) > 0.97


@pytest.mark.parametrize("scene", [np.full((300, 400, 3), 160, np.uint8), photo(())])
def test_where_there_is_no_wound_none_is_found(scene: np.ndarray) -> None:
    with pytest.raises(OutlineError) as caught:
        propose(scene)
    assert caught.value.code == "outline.nothing_found"


@pytest.mark.parametrize("box", [(10, 10, 10, 10), (900, 700, 950, 800), (-50, -50, -10, -10)])
def test_a_box_without_photo_in_it_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(OutlineError):
        propose_from_box(PHOTO, box)


@pytest.mark.parametrize("point", [(-5, 10), (800, 10), (10, 700), (math.inf, 3)])
def test_a_click_beside_the_photo_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(OutlineError):
        propose_from_click(PHOTO, point)


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 300, 3), (30, 2, 3), (20, 20, 3)])
def test_tiny_photos_are_refused_or_outlined_but_never_crash(shape: tuple[int, ...]) -> None:
    scene = np.random.default_rng(0).integers(0, 255, shape, dtype=np.uint8)
    attempts = (
        lambda: propose(scene),
        lambda: propose_from_click(scene, (0, 0)),
        lambda: propose_from_box(scene, (0, 0, 20, 20)),
    )
    for attempt in attempts:
        try:
            outline = attempt()
        except OutlineError:
            continue
        assert outline.rings
        check(outline, width_px=shape[1], height_px=shape[0])


@pytest.mark.real_photos
def test_real_ulcers_in_a_loose_box(real_photos: Path) -> None:
    """Twelve of them: the benchmark has the rest."""
    folder = real_photos / "outlines" / "fuseg"
    scores = []
    for path in sorted((folder / "masks").iterdir())[5::60]:
        truth = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) > 127
        image = next((folder / "images").glob(f"{path.stem}.*"))
        if truth.sum() < 300:
            continue
        rows, columns = np.flatnonzero(truth.any(axis=1)), np.flatnonzero(truth.any(axis=0))
        across, down = 0.2 * (columns[-1] - columns[0]), 0.2 * (rows[-1] - rows[0])
        box = (columns[0] - across, rows[0] - down, columns[-1] + across, rows[-1] + down)
        outline = propose_from_box(cv2.imread(str(image)), box)
        mask = mask_from_rings(outline.rings, width_px=512, height_px=512) > 0.5
        scores.append(2 * (mask & truth).sum() / (mask.sum() + truth.sum()))
    assert np.median(scores) > 0.8
