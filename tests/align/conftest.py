"""The painted photos are small and little is open in them: less is tried."""

import pytest

from tests.align.skins import quickly


@pytest.fixture(autouse=True, scope="session")
def quick():
    """As `quickly` says."""
    with pytest.MonkeyPatch.context() as patch:
        quickly(patch)
        yield
