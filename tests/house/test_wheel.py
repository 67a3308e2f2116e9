"""A wheel carries the built client and the scenarios, and is not built without them."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the build reads, with packages, a client and a scenario of one file each."""
    for name in ("pyproject.toml", "LICENSE", "scripts/hatch_build.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in (
        "README.md",
        "game_rules/__init__.py",
        "server/__init__.py",
        "clients/web/dist/index.html",
        "clients/web/dist/assets/app.js",
        "scenarios/small/scenario.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("content\n")
    # As in the real checkout, where git does not know the built client.
    shutil.copy(ROOT / ".gitignore", tmp_path)
    return tmp_path


def build(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def names_in_wheel(folder: Path) -> set[str]:
    (wheel,) = (folder / "dist").glob("*.whl")
    return set(ZipFile(wheel).namelist())


SERVED = {"server/_client/index.html", "server/_client/assets/app.js", "server/_scenarios/small/scenario.yaml"}


def test_a_wheel_carries_the_client_and_the_scenarios(checkout: Path) -> None:
    built = build(checkout, "-t", "wheel")
    assert built.returncode == 0, built.stderr
    assert names_in_wheel(checkout) >= SERVED
    assert not any(name.startswith(("scripts/", "tests/", "clients/")) for name in names_in_wheel(checkout))


def test_a_wheel_made_from_the_sdist_carries_them_too(checkout: Path) -> None:
    assert build(checkout, "-t", "sdist").returncode == 0
    (sdist,) = (checkout / "dist").glob("*.tar.gz")
    shutil.unpack_archive(sdist, checkout / "unpacked", filter="data")
    (unpacked,) = (checkout / "unpacked").iterdir()
    assert build(unpacked, "-t", "wheel").returncode == 0
    assert names_in_wheel(unpacked) >= SERVED


@pytest.mark.parametrize(
    ("missing", "said"),
    [("clients/web/dist", "build the client first"), ("scenarios", "nothing to play")],
)
def test_a_wheel_is_not_built_without(checkout: Path, missing: str, said: str) -> None:
    shutil.rmtree(checkout / missing)
    built = build(checkout, "-t", "wheel")
    assert built.returncode != 0
    assert said in built.stderr
