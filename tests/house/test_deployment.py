"""What can be checked of the images and their composition where no Docker engine runs."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.prefix, "bin")


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    composition: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    found: dict[str, dict[str, Any]] = composition["services"]
    return found


def test_the_dockerfile_passes_hadolint() -> None:
    linted = subprocess.run(
        [TOOLS / "hadolint", "--no-color", "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_composition_is_valid() -> None:
    command: list[str | Path] = [
        TOOLS / "check-jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_no_two_services_publish_one_port(services: dict[str, dict[str, Any]]) -> None:
    published = [port.rpartition(":")[0] for service in services.values() for port in service.get("ports", ())]
    assert len(published) == len(set(published)) > 0


def test_every_dependency_is_started_and_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    own_check = {"app", "replica"}  # in the Dockerfile
    for name, service in services.items():
        for dependency in service.get("depends_on", ()):
            assert dependency in own_check or "healthcheck" in services[dependency], f"{name} waits for {dependency}"
            assert set(services[dependency].get("profiles", ())) <= set(service.get("profiles", ())), name


def test_both_servers_stand_behind_the_proxy(services: dict[str, dict[str, Any]]) -> None:
    proxied = (ROOT / "deploy" / "Caddyfile").read_text()
    servers = [name for name, service in services.items() if service.get("image") == "vilnius-summit"]
    assert len(servers) == 2
    assert all(f"{name}:8000" in proxied for name in servers)


def test_the_servers_trust_the_proxys_address_and_no_other(services: dict[str, dict[str, Any]]) -> None:
    address = services["proxy"]["networks"]["default"]["ipv4_address"]
    assert {services[name]["environment"]["FORWARDED_ALLOW_IPS"] for name in ("app", "replica")} == {address}


def test_every_file_that_the_image_copies_is_let_through(services: dict[str, dict[str, Any]]) -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [
        source.rstrip("/")
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and not line.startswith("COPY . ")
        for source in line.split()[1:-1]
    ]
    assert [
        source for source in copied if not any(source == way or source.startswith(f"{way}/") for way in let_through)
    ] == []
