"""10,000 spoiled pictures through the reader of imports: nothing crashes, hangs or swells.

Each is made from its number alone, so one can be made again: `spoiled(NUMBER)`. Beside them stand
ten small files that are sound, and unpack to all that the limits let in. What passes is decoded in
this process too, as the window does with what lies in the vault. With `WOUNDTRACK_HOSTILE` naming a
folder, a run that was broken off goes on there, and every file that missed the bar is kept.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks.hostile_parsers import TARGETS, failures
from benchmarks.table import Row

TITLE = "Hostile pictures"
COUNT, PARSED = 10_000, 1000
MOST_SECONDS, MOST_BYTES = 5.0, 2**30
PLACE = "WOUNDTRACK_HOSTILE"
CRASHED, SLOW = "photo.crashed", "photo.too_slow"
PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    number: int
    seed: str
    code: str
    seconds: float
    codes: int = 0
    own_crash: str = ""
    """The error of the program itself that is none of ours."""
    child_peak_bytes: int = 0
    program_peak_bytes: int = 0


def spoiled(number: int) -> tuple[str, bytes]:
    """The name of the sound file, and what it was changed into."""
    from benchmarks.hostile_changes import changed
    from benchmarks.hostile_seeds import seeds

    found = seeds()
    names = sorted(found)
    name = names[number % len(names)]
    data = changed(found[name], list(found.values()), Random(number))
    return name, data


def run(*, count: int = COUNT) -> list[Row]:
    """Read `count` spoiled files, and say what became of them."""
    from benchmarks.hostile_seeds import seeds

    with _decoders_silent():
        outcomes = [*_outcomes(count), *_bombs()]
        parsing = [error for name in TARGETS for error in failures(name, count=PARSED)]
    codes = Counter(one.code for one in outcomes)
    crashes = [one for one in outcomes if one.own_crash]
    slow = [one for one in outcomes if one.seconds > MOST_SECONDS]
    peak_child = max(one.child_peak_bytes for one in outcomes)
    peak_own = max(one.program_peak_bytes for one in outcomes)
    large = sum(max(one.child_peak_bytes, one.program_peak_bytes) > MOST_BYTES for one in outcomes)
    told = ", ".join(f"{code} {n}" for code, n in codes.most_common() if code != PASSED)
    bombs = sum(one.seed.startswith("bomb") for one in outcomes)
    with_code = sum(one.codes > 0 for one in outcomes)
    kinds = f"{len(seeds())} kinds; {bombs} bombs"
    longest = max(outcomes, key=lambda one: one.seconds)
    return [
        Row("spoiled pictures read", len(outcomes) / 1000, "thousand", kinds),
        _bar("crashes of the program", len(crashes), "; ".join({one.own_crash for one in crashes})),
        _bar(
            "hangs over 5 s", len(slow),
            f"longest {longest.seconds:.1f} s ({longest.seed}, number {longest.number})",
        ),
        _bar(
            "memory over 1 GB", large,
            f"peak of a child {peak_child / 2**20:.0f} MB, the program {peak_own / 2**20:.0f} MB",
        ),
        _bar("errors of our own parsers", len(parsing), f"{len(TARGETS)} parsers, {PARSED} each"),
        Row("crashes of a child, contained", codes[CRASHED]),
        Row("broken off for time", codes[SLOW]),
        Row("passed", codes[PASSED], "", f"with a card's code {with_code}"),
        Row("refused in a sentence", len(outcomes) - codes[PASSED], "", told),
    ]  # fmt: skip


@contextmanager
def _decoders_silent() -> Iterator[None]:
    """What passes is decoded here too, and the decoders have much to say of it."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _bar(name: str, count: int, spread: str) -> Row:
    return Row(name, count, "", spread, "0", count == 0)


def _outcomes(count: int) -> Iterator[Outcome]:
    folder = os.environ.get(PLACE)
    kept = Path(folder) / "outcomes.jsonl" if folder else None
    done = 0
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        lines = kept.read_text().splitlines() if kept.exists() else []
        for line in lines[:count]:
            yield Outcome(**json.loads(line))
        done = len(lines)
    for number in range(done, count):
        name, data = spoiled(number)
        outcome = _outcome(number, name, data)
        if kept is not None:
            with kept.open("a") as file:
                file.write(json.dumps(asdict(outcome)) + "\n")
            if outcome.own_crash or outcome.seconds > MOST_SECONDS or outcome.code == CRASHED:
                (kept.parent / f"{number}.bin").write_bytes(data)
        yield outcome


def _bombs() -> Iterator[Outcome]:
    from benchmarks.hostile_bombs import bombs

    # Elsewhere: making one takes more memory than reading it may.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        made = pool.submit(bombs).result()
    for number, (name, data) in enumerate(made.items()):
        yield _outcome(number, name, data)


def _outcome(number: int, name: str, data: bytes) -> Outcome:
    from woundtrack.errors import PhotoError
    from woundtrack.photo.decoding import look, reader_ids
    from woundtrack.photo.read import decode_photo

    start = time.perf_counter()
    code, codes, crash = PASSED, 0, ""
    try:
        codes = len(look(data).codes)
        decode_photo(data)
    except PhotoError as error:
        code = error.code
    except Exception as error:  # noqa: BLE001 (counted: it is what is looked for)
        crash = type(error).__name__
    seconds = time.perf_counter() - start
    peaks = [_peak_bytes(str(process)) for process in reader_ids()]
    return Outcome(
        number, name, code, round(seconds, 3), codes, crash,
        max(peaks, default=0), _peak_bytes("self"),
    )  # fmt: skip


def _peak_bytes(process: str) -> int:
    """The most memory a process had; 0 where that is not told."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
