"""Rendered photos with a flat mark about (0, 0) mm, for the tests of marks that a person clicks."""

from dataclasses import dataclass

import numpy as np

from benchmarks import render
from benchmarks.reference_layers import disc_layer
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import PointPx, Scale

SIZE_PX = (1200, 900)
FOCAL_PX = 1000.0
PHOTO = Photo(*SIZE_PX, "image/jpeg", 1, focal_px=FOCAL_PX, focal_relative_sd=0.02)


@dataclass(frozen=True)
class Shot:
    pixels: Pixels
    camera: render.Camera

    def at(self, x_mm: float, y_mm: float) -> PointPx:
        """Where a place of the plane is seen."""
        x, y = self.camera.to_px(np.array([(x_mm, y_mm)]))[0]
        return float(x), float(y)

    def area_error(self, scale: Scale, centre_mm: tuple[float, float]) -> float:
        """Of an area of 2 cm² about a place, through the scale."""
        ring = render.ulcer_ring_mm(np.random.default_rng(4), area_mm2=200.0, centre_mm=centre_mm)
        return render.polygon_mm2(scale.to_mm(self.camera.to_px(ring))) / 200.0 - 1


def shot(
    *layers: render.Layer,
    tilt_deg: float = 12.0,
    azimuth_deg: float = 40.0,
    look_at_mm: tuple[float, float] = (0.0, 0.0),
    look: render.Look | None = None,
    mm_across: float = 120.0,
) -> Shot:
    """A photo of layers seen by a tilted camera."""
    camera = render.tilted_camera(
        tilt_deg=tilt_deg,
        azimuth_deg=azimuth_deg,
        roll_deg=15.0,
        focal_px=FOCAL_PX,
        look_at_mm=look_at_mm,
        mm_across=mm_across,
        size_px=SIZE_PX,
    )
    bare = disc_layer(render.Look().skin, 10.0)
    scene = render.Scene(layers or (bare,), np.zeros((3, 2)), 1.0)
    return Shot(render.render(camera, scene, look or render.Look(), seed=3), camera)
