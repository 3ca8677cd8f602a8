"""A child process may crash, hang or swell: whoever asked is told, and the next one is served."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.child.servers import echo, never_ready
from woundtrack.child import process
from woundtrack.child.process import (
    Child,
    ChildCrashedError,
    Children,
    ChildSlowError,
    ChildUnavailableError,
)

SECRET = "a passphrase that nobody else reads"


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    """One child at a time."""
    before = dict(os.environ)
    os.environ["WOUNDTRACK_PASSPHRASE"] = SECRET
    made = Children(echo, most=1)
    with Path(__file__).open():  # which is not passed on either
        made.warm()
    assert os.environ.pop("WOUNDTRACK_PASSPHRASE") == SECRET
    assert dict(os.environ) == before
    yield made
    made.close()


def asked(children: Children, word: str, data: bytes = b"", *, seconds: float = 20.0) -> object:
    """What is answered; the block that comes with it must be what was sent."""
    words = json.dumps((word, len(data))).encode()
    answer, block = children.ask(
        words, data, seconds=seconds, size_of=lambda told: len(json.loads(told)) and len(data)
    )
    assert block.tobytes() == data
    return json.loads(answer)


def test_words_and_blocks_come_back(children: Children) -> None:
    data = np.random.default_rng(1).bytes(5_000_001)
    assert asked(children, "hello", data) == "hello"
    assert asked(children, "again") == "again"


def test_nothing_of_the_parent_is_passed_on(children: Children) -> None:
    if sys.platform != "linux":
        pytest.skip("what a process holds is read in /proc")
    assert asked(children, "environment") == []
    assert SECRET not in str(asked(children, "first environment"))
    assert asked(children, "main") == "none"
    open_files = asked(children, "files")
    assert isinstance(open_files, list)
    assert not [
        name for name in open_files if not name.startswith(("socket:", "pipe:", "/dev/null"))
    ]


def test_memory_is_bounded_and_nothing_can_be_written(children: Children, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("a job object or a watching thread ends the child there")
    assert asked(children, "swell") == "no memory"
    assert asked(children, "write", str(tmp_path / "file").encode()) == "0 bytes"


def test_a_crash_is_told_and_the_next_question_is_answered(children: Children) -> None:
    with pytest.raises(ChildCrashedError):
        asked(children, "crash")
    assert asked(children, "hello") == "hello"


def test_what_hangs_is_ended(children: Children) -> None:
    start = time.perf_counter()
    with pytest.raises(ChildSlowError):
        asked(children, "hang", seconds=0.2)
    assert time.perf_counter() - start < 10
    assert asked(children, "hello") == "hello"


def test_what_takes_too_much_of_the_processor_is_ended_and_not_tried_again(
    children: Children,
) -> None:
    if sys.platform == "win32":
        pytest.skip("the clock ends it there")
    with pytest.raises(ChildSlowError):
        asked(children, "spin")
    assert children.process_ids() == ()


def test_an_answer_that_is_none_ends_the_child(children: Children) -> None:
    with pytest.raises((ChildCrashedError, TypeError)):
        asked(children, "nonsense")
    assert children.process_ids() == ()


def test_a_crash_that_an_older_child_brought_along_is_tried_anew(children: Children) -> None:
    assert asked(children, "hello") == "hello"
    os.kill(children.process_ids()[0], signal.SIGKILL)
    assert asked(children, "hello") == "hello"


def test_a_child_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChildUnavailableError):
        Child(never_ready).warm()

    def refuse(_method: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(process, "get_context", refuse)
    with pytest.raises(ChildUnavailableError):
        Child(echo)


def test_it_ends_with_a_parent_that_was_killed() -> None:
    script = (
        "import os, sys, time\n"
        "from tests.child.servers import echo\n"
        "from woundtrack.child.process import Children\n"
        "made = Children(echo, most=1)\n"
        "made.warm()\n"
        "print(made.process_ids()[0], flush=True)\n"
        "time.sleep(60)\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(child)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
