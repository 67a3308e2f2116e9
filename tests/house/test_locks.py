"""The lock files pin everything by hash, follow pyproject.toml, and no tracked file names a registry."""

import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# Written in parts: this file is tracked too.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npmmirror", "com"),
        ("debian", "org"),
        ("docker", "io"),
    )
]

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
COMMENT = re.compile(r"^ *#")

LOCKS = {
    "uv.txt": ["uv"],
    "server.txt": PROJECT["dependencies"],
    "base.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"],
    "dev.txt": [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["build"],
        *PROJECT["optional-dependencies"]["dev"],
    ],
}


def pins(lock: str) -> dict[str, set[Version]]:
    """Name → its versions: more than one where Python versions or platforms differ."""
    found: dict[str, set[Version]] = {}
    for line in (REQUIREMENTS / lock).read_text().splitlines():
        if pin := PIN.match(line):
            found.setdefault(pin["name"], set()).add(Version(pin["version"]))
    return found


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an unpacked archive tracks nothing")
def test_no_tracked_file_names_a_registry() -> None:
    host = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
    assert [str(path.relative_to(ROOT)) for path in tracked_files() if host.search(path.read_bytes())] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: str) -> None:
    lines = (REQUIREMENTS / lock).read_text().splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line) or COMMENT.match(line))] == []
    unhashed = [line for line, following in pairwise(lines) if PIN.match(line) and not HASH.match(following)]
    assert unhashed == []


@pytest.mark.parametrize(("lock", "wanted"), LOCKS.items(), ids=LOCKS)
def test_a_lock_satisfies_pyproject(lock: str, wanted: list[str]) -> None:
    locked = pins(lock)
    unmet = [
        str(requirement)
        for requirement in map(Requirement, wanted)
        if not any(
            requirement.specifier.contains(version) for version in locked.get(canonicalize_name(requirement.name), ())
        )
    ]
    assert unmet == [], "`make lock` writes the lock files anew"


@pytest.mark.parametrize(("smaller", "larger"), [("server.txt", "base.txt"), ("base.txt", "dev.txt")])
def test_a_larger_lock_has_the_versions_of_the_smaller_one(smaller: str, larger: str) -> None:
    larger_pins = pins(larger)
    assert {name: versions for name, versions in pins(smaller).items() if larger_pins.get(name) != versions} == {}


@pytest.mark.parametrize("lock", ["clients/web/package-lock.json", "scripts/portable-chromium/package-lock.json"])
def test_an_npm_lock_has_hashes_and_no_address(lock: str) -> None:
    path = ROOT / lock
    if not path.is_file():
        pytest.skip("no client in this checkout")
    text = path.read_text()
    assert '"resolved"' not in text
    assert '"integrity": "sha512-' in text
