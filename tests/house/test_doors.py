"""What scripts outside the repository call is there, and the small scripts behind it do what they say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import generate

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ["setup", "run", "demo", "check", "test", "bench", "chaos", "gen", "replays", "dist", "lock", "clean", "help"]


@pytest.mark.parametrize("target", TARGETS)
def test_make_help_lists(target: str) -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert target in [line.split()[0] for line in listed.splitlines()]


@pytest.mark.parametrize(
    "script", [".ci/run", *(str(path.relative_to(ROOT)) for path in (ROOT / "scripts").glob("*.sh"))]
)
def test_a_script_is_executable_and_parses(script: str) -> None:
    if script != "scripts/stages.sh":  # sourced, never run
        assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)


def count(reports: Path, exit_status: int) -> str:
    command: list[str | Path] = [sys.executable, ROOT / "scripts" / "count_tests.py", reports, str(exit_status)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_tests_of_both_runners_are_counted(tmp_path: Path) -> None:
    (tmp_path / "pytest-alone.xml").write_text(
        '<testsuites><testsuite tests="10" failures="1" errors="1" skipped="2"/></testsuites>'
    )
    (tmp_path / "pytest-beside.xml").write_text('<testsuites><testsuite tests="4" skipped="1"/></testsuites>')
    (tmp_path / "vitest.json").write_text('{"numPassedTests": 5, "numFailedTests": 1, "numPendingTests": 0}')
    assert count(tmp_path, 1) == "14 passed, 3 failed, 3 skipped"


def test_a_run_that_broke_before_any_test_counts_as_a_failure(tmp_path: Path) -> None:
    assert count(tmp_path, 2) == "0 passed, 1 failed, 0 skipped"


def pages() -> dict[str, str]:
    """A generator, for the tests below."""
    return {"docs/page.md": "fresh\n"}


@pytest.fixture
def generated_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "GENERATORS", (f"{__name__}:pages",))
    return tmp_path


def test_a_stale_generated_file_is_named_and_left_alone(
    generated_checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["generate", "--check"])
    assert generate.main() == 1
    assert "stale: docs/page.md" in capsys.readouterr().out
    assert not (generated_checkout / "docs").exists()


def test_generated_files_are_fresh_once_written(generated_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["generate"])
    assert generate.main() == 0
    assert (generated_checkout / "docs/page.md").read_text() == "fresh\n"
    monkeypatch.setattr(sys, "argv", ["generate", "--check"])
    assert generate.main() == 0
