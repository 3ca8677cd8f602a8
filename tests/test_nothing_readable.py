"""No name, file name or picture can be read from anything the program leaves behind."""

import sys

import pytest

from benchmarks import nothing_readable


@pytest.mark.skipif(sys.platform == "win32", reason="the crash and the kill are POSIX signals")
def test_no_trace_is_left_by_work_a_crash_or_a_kill() -> None:
    assert [(row.name, row.spread) for row in nothing_readable.run() if not row.met] == []


def test_the_search_would_find_a_trace(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "searched"
    folder.mkdir()
    (folder / "log.txt").write_bytes("seen: QUETZALCOATLOVÁ".encode("utf-16-le"))
    (folder / "cache.bin").write_bytes(b"xx\xff\xd8\xff\xe1yy")
    found = nothing_readable.leaks(folder)
    assert any(trace.startswith("log.txt: ") for trace in found)
    assert any(trace.startswith("cache.bin: image header") for trace in found)
