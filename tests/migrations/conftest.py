"""The clinic of the store tests."""

from tests.store.conftest import folder, made, opened

__all__ = ["folder", "made", "opened"]
