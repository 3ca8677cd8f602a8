"""Small photos and outlines for the command line."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A plain photo of 640 × 480 px."""
    path = tmp_path / "plain.png"
    cv2.imwrite(str(path), np.full((480, 640, 3), 180, np.uint8))
    return path


@pytest.fixture
def square(tmp_path: Path) -> Path:
    """A square outline of 200 px."""
    path = tmp_path / "square.json"
    path.write_text(json.dumps([[[100.0, 100.0], [300.0, 100.0], [300.0, 300.0], [100.0, 300.0]]]))
    return path
