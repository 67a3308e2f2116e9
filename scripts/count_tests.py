"""Prints how many tests passed, failed and were skipped, from the reports that scripts/test.sh leaves.

Usage: python3 scripts/count_tests.py FOLDER EXIT_STATUS. Runs on any Python 3, before anything is installed.
A run that failed without a failing test (a lint, a broken set-up) counts as one failure, so that the line never
looks better than the run.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Counts:
    """Tests by how they ended. Added up over the runners."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def add_pytest(counts: Counts, report: Path) -> None:
    """Adds a JUnit XML report. Errors in set-up or tear-down are failures."""
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts.failed += failed
        counts.skipped += skipped
        counts.passed += max(0, int(suite.get("tests", 0)) - failed - skipped)


def add_vitest(counts: Counts, report: Path) -> None:
    """Adds the report of vitest's JSON reporter."""
    results = json.loads(report.read_text())
    counts.passed += results["numPassedTests"]
    counts.failed += results["numFailedTests"]
    counts.skipped += results["numPendingTests"] + results.get("numTodoTests", 0)


def main(folder: Path, exit_status: int) -> None:
    counts = Counts()
    for pattern, add in (("pytest-*.xml", add_pytest), ("vitest.json", add_vitest)):
        for report in sorted(folder.glob(pattern)):
            add(counts, report)
    if exit_status != 0 and counts.failed == 0:
        counts.failed = 1
    print(counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
