"""The Dockerfile and the compose file, checked without Docker."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.cli import app

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (line.split()[0], line.split(None, 1)[1]) for line in joined.splitlines() if line.strip()
    ]


def of(kind: str) -> list[str]:
    return [rest for name, rest in instructions() if name == kind]


def test_every_instruction_is_one() -> None:
    known = {
        "FROM", "RUN", "COPY", "ENV", "WORKDIR", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT",
        "CMD", "LABEL", "VOLUME", "ARG",
    }  # fmt: skip
    assert {name for name, _ in instructions()} <= known


def test_images_have_a_version() -> None:
    assert all(re.match(r"[\w./-]+:[\w.-]*\d", image) for image in of("FROM"))


def test_it_does_not_run_as_root() -> None:
    names = [name for name, _ in instructions()]
    last = len(names) - 1 - names[::-1].index("FROM")
    assert "USER" in names[last:]
    assert of("USER")[-1] not in ("root", "0")
    assert names.index("USER") < names.index("ENTRYPOINT")


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for line in of("COPY"):
        if line.startswith("--from"):
            continue
        for source in shlex.split(line)[:-1]:
            assert (ROOT / source).exists(), source
            assert source not in ignored


def test_commands_are_lists_and_stop_at_the_first_failure() -> None:
    for kind in ("ENTRYPOINT", "CMD"):
        assert all(isinstance(yaml.safe_load(rest), list) for rest in of(kind))
    assert not any(";" in rest for rest in of("RUN"))


def check_command(words: list[str]) -> None:
    """Check that a command line is one that dateline understands, without running it."""
    import typer

    group: Any = typer.main.get_command(app)
    command = group.commands[words[0]]
    command.make_context(words[0], words[1:])


def test_the_command_is_one_that_dateline_has() -> None:
    check_command(yaml.safe_load(of("CMD")[-1]))


@pytest.fixture
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_compose_names_only_what_it_knows(compose: dict[str, Any]) -> None:
    known = {
        "image", "build", "command", "environment", "ports", "volumes", "depends_on", "restart",
        "healthcheck", "read_only", "tmpfs", "cap_drop", "security_opt", "mem_limit",
    }  # fmt: skip
    assert set(compose) <= {"services", "volumes"}
    for name, service in compose["services"].items():
        assert set(service) <= known, name
        assert ("image" in service) != ("build" in service), name
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith(("$", ".", "/")) or source in compose["volumes"]


def test_compose_waits_for_health(compose: dict[str, Any]) -> None:
    conditions = {
        on: how["condition"]
        for service in compose["services"].values()
        for on, how in service.get("depends_on", {}).items()
    }
    assert conditions == {
        "database": "service_healthy",
        "schema": "service_completed_successfully",
    }
    assert "healthcheck" in compose["services"]["database"]


def test_compose_holds_no_password_and_stays_on_this_machine(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or re.fullmatch(r"\$\{\w+:\?.+\}", value)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_compose_images_have_a_version(compose: dict[str, Any]) -> None:
    images = [s["image"] for s in compose["services"].values() if "image" in s]
    assert images and all(re.search(r":\d", image) for image in images)


def test_compose_commands_are_those_that_dateline_has(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        if "command" in service:
            check_command(service["command"])
