"""The import contracts catch what they are there to catch: tried on small packages with one bad import each."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with empty packages of the real names and the real contracts."""
    for package in ("game_rules", "game_rules/analysis", "server", "server/store"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """lint-imports on this folder's packages, not on the installed ones."""
    return subprocess.run(
        [Path(sys.prefix, "bin", "lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("module", "line"),
    [
        pytest.param("game_rules/engine.py", "import random", id="chance in the rules"),
        pytest.param("game_rules/engine.py", "from datetime import datetime", id="the clock in the rules"),
        pytest.param("game_rules/engine.py", "from os.path import join", id="the disk in the rules"),
        pytest.param("game_rules/engine.py", "import server.store", id="the server in the rules"),
        pytest.param("game_rules/engine.py", "import numpy", id="NumPy in the engine"),
        pytest.param("server/app.py", "from sqlmodel import SQLModel", id="rows outside the store"),
    ],
)
def test_a_contract_breaks_on(packages: Path, module: str, line: str) -> None:
    (packages / module).write_text(f"{line}\n")
    broken = lint(packages)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "1 broken" in broken.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        pytest.param("game_rules/analysis/outcomes.py", "import numpy", id="NumPy in the analysis"),
        pytest.param("game_rules/engine.py", "from pydantic import BaseModel", id="pydantic in the rules"),
        pytest.param("server/store/rows.py", "from sqlmodel import SQLModel", id="rows in the store"),
        pytest.param("server/app.py", "import random, game_rules", id="chance and the rules in the server"),
    ],
)
def test_the_contracts_allow(packages: Path, module: str, line: str) -> None:
    (packages / module).write_text(f"{line}\n")
    kept = lint(packages)
    assert kept.returncode == 0, kept.stdout + kept.stderr
