"""A handful of every kind of fault: the whole of them is `python -m benchmarks faults`."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import faults, faults_disk, faults_flip, faults_kill, faults_torn
from benchmarks.faults_children import Children
from benchmarks.faults_stage import Log, traces
from benchmarks.nothing_readable import PASSPHRASE
from benchmarks.table import Skip

NO_LOG = Log(None)
KINDS = ("full disk", "I/O error at one call", "gone")


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    try:
        made = Children(tmp_path_factory.mktemp("children"))
    except Skip as skip:
        pytest.skip(str(skip))
    with made:
        yield made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def test_nothing_shown_as_done_is_lost_by_a_kill(children: Children, place: Path) -> None:
    works = ("import",)
    ends = list(faults_kill.kills(children, place, runs=3, log=NO_LOG, works=works))
    assert [one["found"] for one in ends] == [[]] * 3
    assert "killed" in {one["status"] for one in ends}


def test_nothing_shown_as_done_is_lost_with_the_power(children: Children, place: Path) -> None:
    losses = list(faults_torn.losses(children, place, runs=4, log=NO_LOG, works=("import",)))
    assert [one["found"] for one in losses] == [[]] * 4


def test_a_failing_disk_ends_in_a_sentence(children: Children, place: Path) -> None:
    ends = list(
        faults_disk.failures(children, place, log=NO_LOG, works=("import",), of_each=1, kinds=KINDS)
    )
    assert {one["kind"] for one in ends} == set(KINDS)
    assert [one["found"] for one in ends] == [[]] * len(KINDS)
    assert all(one["code"] for one in ends if one["status"] == "refused")


def test_a_flipped_bit_is_detected_and_named(children: Children, place: Path) -> None:
    told = list(faults_flip.flips(children, place, runs=1, log=NO_LOG))
    assert [one["kind"] for one in told] == list(faults_flip.SHARES)
    assert all(one["detected"] and one["named"] for one in told)


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    done = Log(path).once("1 save", lambda: {"work": "save"})
    assert Log(path).once("1 save", lambda: {}) == done
    assert Log(path).once("2 save", lambda: {"work": "save"})["key"] == "2 save"
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_power_loss_keeps_what_was_synced_and_no_more_than_was_written() -> None:
    left = set()
    for number in range(40):
        file = faults_torn.File(bytearray(b"synced"))
        file.since = [(6, b" and written"), (0, None)]
        left.add(file.left(random.Random(number)))
    assert left == {b"synced", b"synced and written", b""}
    file.sync()
    assert file.left(random.Random(1)) == b""


def test_a_lost_act_and_a_readable_name_would_be_counted(tmp_path: Path) -> None:
    lost = {"found": ["state 2, 3 acts were shown as done"], "work": "save", "status": "killed",
            "shown": 3, "of": 9}  # fmt: skip
    assert [row.met for row in faults.kill_rows([lost])] == [False, False, True]
    (tmp_path / "log.txt").write_bytes(f"xx{PASSPHRASE}yy".encode())
    found = [f"readable: {trace}" for trace in traces(tmp_path)]
    row = faults.readable_row([{"found": found}], tmp_path / "nothing")
    assert (row.figure, row.met) == (1, False)
