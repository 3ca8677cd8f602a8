"""The ruler reading on photos of known truth: rendered ones, phantoms, real rulers, negatives.

`python -m benchmarks.scale --seeds A:B [--families a,b] [--limb flat] [--save DIR]` tries other
scenes, prints each that is in trouble, and saves those; `--negatives` tries photos without a ruler.
"""

import argparse
import sys
from collections import Counter, defaultdict
from math import comb
from pathlib import Path

import numpy as np

from benchmarks.scale_families import FAMILIES
from benchmarks.scale_lookalikes import KINDS
from benchmarks.scale_outcome import Outcome, negatives_read, outcomes, shares
from benchmarks.scale_real import real_rows
from benchmarks.table import Row, markdown

TITLE = "Ruler reading"
FIRST_SEED, SCENES = 20_000, 22 * len(FAMILIES)
FIRST_NEGATIVE, NEGATIVES = 60_000, 4 * len(KINDS)
MEDIAN_BAR, P95_BAR, REFUSED_BAR = 0.005, 0.02, 0.05
ONE_SD, TWO_SD = (0.60, 0.76), (0.91, 0.98)
TILTED_DEG = 22.0
BY_CHANCE = 0.01


def run() -> list[Row]:
    """All rows."""
    wishes = ((seed, None, None) for seed in range(FIRST_SEED, FIRST_SEED + SCENES))
    seeds = range(FIRST_NEGATIVE, FIRST_NEGATIVE + NEGATIVES)
    rows = scene_rows(list(outcomes(wishes)))
    return [*rows, _negative_row(list(negatives_read(seeds))), *real_rows()]


def scene_rows(got: list[Outcome]) -> list[Row]:
    """The rows of rendered scenes."""
    flat = [each for each in got if each.limb == "flat"]
    level = [each for each in flat if each.tilt_deg <= TILTED_DEG]
    told = [each for each in level if each.focal_told]
    untold = [each for each in level if not each.focal_told]
    steep = [each for each in flat if each.tilt_deg > TILTED_DEG]
    return [
        Row("rendered photos", float(len(got)), "", f"{len(flat)} flat, {len(got) - len(flat)} "
            "on limbs"),
        *_area_rows("flat, ≤ 22°, focal present", told, barred=True),
        *_area_rows("flat, ≤ 22°, focal missing", untold),
        *_area_rows("flat, 22–30°", steep),
        *_limb_rows([each for each in got if each.limb != "flat"]),
        _wrong_row(got),
        *_refused_rows([each for each in flat if each.readable]),
        *_share_rows(flat),
        *_family_rows(flat),
    ]  # fmt: skip


def _area_rows(kind: str, got: list[Outcome], *, barred: bool = False) -> list[Row]:
    errors = np.array([abs(each.error) for each in got if each.error is not None])
    if not len(errors):
        return [Row(f"{kind}: read", 0.0, "", f"of {len(got)}")]
    median, p95 = float(np.median(errors)), float(np.percentile(errors, 95))
    bars = ("≤ 0.5 %", "≤ 2 %") if barred else ("", "")
    return [
        Row(f"{kind} ({len(errors)}): area error", 100 * median, "%", _shares(got), bars[0],
            median <= MEDIAN_BAR if barred else None),
        Row(f"{kind}: 95th percentile", 100 * p95, "%", f"largest {100 * errors.max():.2f} %",
            bars[1], p95 <= P95_BAR if barred else None),
    ]  # fmt: skip


def _shares(got: list[Outcome]) -> str:
    one, two = shares(got)
    return f"within 1 sd {100 * one:.0f} %, 2 sd {100 * two:.0f} %"


def _limb_rows(got: list[Outcome]) -> list[Row]:
    rows = []
    for limb in sorted({each.limb for each in got}):
        here = [each for each in got if each.limb == limb]
        warned = [each for each in here if each.read and each.curved]
        silent = [each for each in here if each.read and not each.curved]
        refused = len(here) - len(warned) - len(silent)
        parts = [f"{len(here)}: {refused} refused, {len(warned)} warned, {len(silent)} neither"]
        for name, some in (("warned", warned), ("neither", silent)):
            if some:
                errors = [abs(each.error or 0.0) for each in some]
                parts.append(
                    f"{name}: median {100 * np.median(errors):.1f} %, largest "
                    f"{100 * max(errors):.1f} %, {_shares(some)}"
                )
        rows.append(
            Row(f"limb, ruler {limb}: refused or warned",
                100 * (refused + len(warned)) / len(here), "%", "; ".join(parts))
        )  # fmt: skip
    return rows


def _wrong_row(got: list[Outcome]) -> Row:
    wrong = [each for each in got if each.wrong]
    named = ", ".join(
        f"{each.name} {each.family}{'' if each.limb == 'flat' else ' ' + each.limb}"
        f"{' warned' if each.curved else ''} {100 * (each.error or 0.0):+.0f} %"
        for each in sorted(wrong, key=lambda each: (each.limb != "flat", each.family))
    )
    flat = sum(each.limb == "flat" for each in wrong)
    spread = f"{flat} flat, {len(wrong) - flat} on limbs: {named}" if wrong else ""
    return Row("wrong by > 5 % and not refused", float(len(wrong)), "", spread, "0", not wrong)


def _refused_rows(readable: list[Outcome]) -> list[Row]:
    refused = [each for each in readable if not each.read]
    share = len(refused) / max(1, len(readable))
    reasons = Counter(each.refused.removeprefix("scale.") for each in refused)
    spread = f"{len(refused)} of {len(readable)}: {_counted(reasons)}"
    return [Row("readable but refused", 100 * share, "%", spread, "≤ 5 %", share <= REFUSED_BAR)]


def _negative_row(read: list[str]) -> Row:
    named = [each for each in read if each]
    name = f"rulers found in {len(read)} hard negatives"
    return Row(name, float(len(named)), "", ", ".join(named), "0", not named)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _share_rows(flat: list[Outcome]) -> list[Row]:
    """Truth within 1 and 2 sd over all, and the designs that are off beyond chance."""
    rows = []
    for times, (low, high), part in zip((1, 2), (ONE_SD, TWO_SD), shares(flat), strict=True):
        off = []
        for family, here in _by_family(flat).items():
            read = [each for each in here if each.read]
            within = sum(each.sds <= times for each in read)
            if read and _chance(within, len(read), low, high) < BY_CHANCE:
                off.append(f"{family} {within}/{len(read)}")
        bar = f"{100 * low:.0f}–{100 * high:.0f} %"
        spread = f"designs off beyond chance: {', '.join(off)}" if off else ""
        rows.append(
            Row(f"truth within {times} sd", 100 * part, "%", spread, bar, low <= part <= high)
        )
    return rows


def _chance(within: int, count: int, low: float, high: float) -> float:
    """How likely so few or so many are where the true share is just at the bar."""
    fewer = sum(_binomial(each, count, low) for each in range(within + 1))
    more = sum(_binomial(each, count, high) for each in range(within, count + 1))
    return min(fewer, more)


def _binomial(within: int, count: int, share: float) -> float:
    return comb(count, within) * share**within * (1 - share) ** (count - within)


def _family_rows(flat: list[Outcome]) -> list[Row]:
    """By design: median error, its 95th percentile, doubt, and why which were refused."""
    rows = []
    for family, here in _by_family(flat).items():
        read = [each for each in here if each.read]
        readable = [each for each in here if each.readable]
        refused = [each for each in readable if not each.read]
        reasons = Counter(each.refused.removeprefix("scale.") for each in refused)
        parts = [f"{len(read)} of {len(here)} read"]
        if readable:
            parts.append(f"readable {len(readable)}, refused {len(refused)}")
        if reasons:
            parts[-1] += f" ({_counted(reasons)})"
        errors = [abs(each.error or 0.0) for each in read]
        if errors:
            parts += [f"95th {100 * np.percentile(errors, 95):.2f} %", _shares(read)]
        figure = 100 * float(np.median(errors)) if errors else float("nan")
        rows.append(Row(f"design {family}: area error", figure, "%", "; ".join(parts)))
    return rows


def _by_family(got: list[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = defaultdict(list)
    for each in got:
        found[each.family].append(each)
    return {family: found[family] for family in FAMILIES if family in found}


def main(arguments: list[str]) -> int:
    """The command line of developers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--seeds", default="100000:100105", help="A:B")
    parser.add_argument("--families", default="", help="comma-separated; every seed with each")
    parser.add_argument("--limb", choices=("flat", "along", "round", "oblique"))
    parser.add_argument("--save", type=Path, help="folder for photos in trouble")
    parser.add_argument("--negatives", action="store_true", help="photos without a ruler instead")
    asked = parser.parse_args(arguments)
    first, last = (int(part) for part in asked.seeds.split(":"))
    families = [each for each in asked.families.split(",") if each] or [None]
    if asked.save:
        asked.save.mkdir(parents=True, exist_ok=True)
    if asked.negatives:
        print(markdown([_negative_row(list(negatives_read(range(first, last), save=asked.save)))]))
        return 0
    wishes = [(seed, family, asked.limb) for seed in range(first, last) for family in families]
    got = []
    for each in outcomes(wishes, save=asked.save):
        got.append(each)
        if each.trouble:
            figures = f"{100 * each.error:+.2f} % {each.sds:.1f} sd" if each.read else ""
            print(each.name, each.family, each.limb, f"{each.tilt_deg:.0f}°", each.trouble, figures)
    print(markdown(scene_rows(got)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
