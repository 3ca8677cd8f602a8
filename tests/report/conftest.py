"""A photo of a round wound, as any vault would give it."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from tests.histories import HEIGHT_PX, WIDTH_PX


@pytest.fixture(scope="session")
def photo_bytes() -> Callable[[str], bytes]:
    """Gives the same PNG for every vault name."""
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), (150, 175, 215), np.uint8)
    cv2.circle(picture, (WIDTH_PX // 2, HEIGHT_PX // 2), 90, (60, 60, 170), -1, cv2.LINE_AA)
    data = cv2.imencode(".png", picture)[1].tobytes()
    return lambda _vault_name: data
