"""A disk that fails at one call, or from one on: full, read-only, forbidden, broken, or gone.

Every call that changes something is tried, for each way of failing. The work must end with a
sentence of its own, never with a traceback or a hang, and the clinic opens afterwards with
every act that was shown as done.
"""

import errno
import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults_children import Children, Harm
from benchmarks.faults_stage import STARVED, Log, Stage, looked, stages

FAILURES = {
    "full disk": Harm("full"),
    "I/O error at one call": Harm("once", error=errno.EIO),
    "read-only": Harm("read_only"),
    "not allowed": Harm("no_access"),
    "gone": Harm("vanished"),
}
SEED = 8


def failures(
    children: Children,
    place: Path,
    *,
    log: Log,
    works: Sequence[str] = STARVED,
    of_each: int | None = None,
    kinds: Sequence[str] = tuple(FAILURES),
) -> Iterator[dict[str, Any]]:
    """One result a run: every call of every work with every kind, or `of_each` drawn of them."""
    made, chance = stages(children, place, works), random.Random(SEED)
    wanted = []
    for work in works:
        for kind in kinds:
            calls = range(1, made[work].calls + 1)
            drawn = calls if of_each is None else chance.sample(calls, of_each)
            wanted += [(work, kind, at) for at in drawn]
    # In any order, so that what is done of a long run is a fair sample of it.
    for work, kind, at in chance.sample(wanted, len(wanted)):
        do = partial(_failed, children, made[work], place, kind, at)
        yield log.once(f"{work} {kind} {at}", do)


def _failed(children: Children, stage: Stage, place: Path, kind: str, at: int) -> dict[str, Any]:
    root = stage.copied(place)
    of = FAILURES[kind]
    outcome = children.run(stage.work, root, harm=Harm(of.mode, at, of.error))
    found = []
    if outcome.status not in ("done", "refused"):
        found.append(f"ended {outcome.status}: {outcome.last.get('trace', '')}")
    if outcome.status == "refused" and not outcome.last["known"]:
        found.append(f"no sentence for {outcome.last['code']}")
    # What failed while it was being committed may be there, of a disk that is gone.
    unsure = outcome.status != "done"
    found += looked(children, stage, root, shown=outcome.shown, on_its_way=unsure)
    return {
        "work": stage.work,
        "kind": kind,
        "at": at,
        "of": stage.calls,
        "status": outcome.status,
        "code": outcome.last.get("code", ""),
        "seconds": outcome.seconds,
        "shown": outcome.shown,
        "found": found,
    }
