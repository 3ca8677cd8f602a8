"""The painted photos are small and little is open in them: less is tried."""

import pytest

from woundtrack.align import candidates, marks, register


@pytest.fixture(autouse=True, scope="session")
def quick():
    """Photos are not enlarged, and one window and sizes from 0.85 to 1.2 are tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "LONGEST_PX", 640)
        patch.setattr(marks, "MOST_MARKS", 800)
        patch.setattr(candidates, "SIZES", (0.85, 1.2))
        patch.setattr(register, "WINDOWS", (1.0,))
        yield
