"""Gives the memory of photos back to the system as soon as nobody needs it."""

import ctypes
import sys

MMAP_THRESHOLD, LARGE_BYTES = -3, 2**20
"""`M_MMAP_THRESHOLD` of malloc.h, and from which size on a block stands alone."""
ARENA_MAX, ARENAS = -8, 1
"""`M_ARENA_MAX` of malloc.h, and how many heaps threads share."""


def give_back_large_blocks() -> None:
    """Let each large block be mapped by itself, so that freeing it returns it.

    Else the C library of Linux takes blocks of up to 32 MB from one heap once some were freed,
    and keeps what lies between those still in use: 300 MB after four photos were compared.
    It also gives each worker a heap of its own that keeps its gaps: 60 MB while they are laid on
    each other. Elsewhere large blocks stand alone anyway.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # other C libraries have none, nor the habit
        mallopt(MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(ARENA_MAX, ARENAS)
