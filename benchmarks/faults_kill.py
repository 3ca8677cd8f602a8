"""Processes killed (SIGKILL) in the middle of their work, and what they leave behind.

The moment is drawn by time, over the work's whole length, or by writes: before, after or in the
middle of any call that changes something on the disk.
"""

import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults_children import PARTS, Children, Harm, Outcome
from benchmarks.faults_stage import KILLED, Log, Stage, looked, stages

SEED = 7
BY_TIME = 0.3
"""The share of kills whose moment is drawn by time."""
LATEST = 1.1
"""Of the work's time: some come when it has just ended."""


def kills(
    children: Children,
    place: Path,
    *,
    runs: int,
    log: Log,
    works: Sequence[str] = KILLED,
) -> Iterator[dict[str, Any]]:
    """One result a run, the works in turn."""
    made = stages(children, place, works)
    for number in range(runs):
        stage = made[works[number % len(works)]]
        do = partial(_killed, children, stage, place, number)
        yield log.once(f"{number} {stage.work}", do)


def _killed(children: Children, stage: Stage, place: Path, number: int) -> dict[str, Any]:
    chance = random.Random(f"{SEED} {number}")
    root = stage.copied(place)
    if chance.random() < BY_TIME:
        after_s = chance.uniform(0, LATEST * stage.seconds)
        how = f"after {1000 * after_s:.0f} ms"
        outcome = children.run(stage.work, root, kill_after_s=after_s)
    else:
        harm = Harm("kill", chance.randint(1, stage.calls), part=chance.choice(PARTS))
        how = harm.told
        outcome = children.run(stage.work, root, harm=harm)
    found = _after(children, stage, root, outcome)
    return {
        "work": stage.work,
        "how": how,
        "status": outcome.status,
        "shown": outcome.shown,
        "found": found,
    }


def _after(children: Children, stage: Stage, root: Path, outcome: Outcome) -> list[str]:
    found = []
    if outcome.status not in ("killed", "done"):
        found.append(f"ended {outcome.status}: {outcome.last.get('trace', '')}")
    cut_off = outcome.status == "killed" and outcome.shown < stage.acts
    return found + looked(children, stage, root, shown=outcome.shown, on_its_way=cut_off)
