"""One row of a benchmark's table, and the table as Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass


class Skip(Exception):  # noqa: N818 (not an error: a benchmark that cannot be run here)
    """Why a benchmark cannot be run here."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure (a median unless its name says otherwise) with its spread and the bar it has."""

    name: str
    figure: float
    unit: str = ""
    spread: str = ""
    bar: str = ""
    met: bool | None = None
    """Whether the bar is met; None where there is no bar."""


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | figure | spread | bar | met |", "|---|---|---|---|---|"]
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.met]
        figure = f"{row.figure:.4g} {row.unit}".strip()
        lines.append(f"| {row.name} | {figure} | {row.spread} | {row.bar} | {met} |")
    return "\n".join(lines) + "\n"


def counted(codes: Iterable[str]) -> str:
    """Each code that is not empty with how often it came, in the order of the alphabet."""
    told = sorted(code for code in codes if code)
    return ", ".join(f"{code} × {told.count(code)}" for code in dict.fromkeys(told))
