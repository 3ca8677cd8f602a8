"""Clicks and keys of a usual visit after the drop, as its test counts them in real widgets."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Xml
from pathlib import Path

from benchmarks.table import Row, Skip, markdown

TITLE = "A usual visit"
TEST = "tests/ui/test_routine_visit.py"
BARS = {"clicks": 12, "keys": 35, "dialogs": 0}


def run() -> list[Row]:
    """Run the test and read what it counted."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "counted.xml"
        command = [sys.executable, "-m", "pytest", TEST, f"--junitxml={report}"]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        if not report.is_file():
            raise Skip(finished.stderr.strip() or "the test could not be run")
        counted = _properties(report)
    return [
        Row(
            f"usual visit after the drop, {name}",
            counted[name],
            bar=f"≤ {bar}",
            met=counted[name] <= bar,
        )
        for name, bar in BARS.items()
        if name in counted
    ]


def _properties(report: Path) -> dict[str, float]:
    found = Xml.parse(report).getroot().iter("property")
    return {str(each.get("name")): float(each.get("value", "nan")) for each in found}


if __name__ == "__main__":
    print(markdown(run()))
