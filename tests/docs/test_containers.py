"""The files for containers and for GitHub Actions name what there is: files, variables, commands."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.cli.app import run

ROOT = Path(__file__).parents[2]
yaml: Any = import_module("yaml")  # it comes without types
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
ACTIONS: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "ci" / "github-actions.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def _variables() -> set[str]:
    source = (ROOT / "src/sellingpartner/cli/running/serving.py").read_text()
    return set(re.findall(r'env_var="(SPAPI_\w+)"', source))


def test_the_image_is_made_of_what_is_sent_to_docker_and_is_not_roots() -> None:
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = [one for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE) for one in line.split()]
    bound = re.findall(r"type=bind,source=([\w.]+)", DOCKERFILE)

    assert sorted(copied + bound) == sorted(sent)
    assert all((ROOT / one).exists() for one in sent)
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert "/health/ready" in DOCKERFILE


def test_compose_sets_variables_that_the_market_reads_and_mounts_what_is_there() -> None:
    market, application = COMPOSE["services"]["market"], COMPOSE["services"]["application"]

    assert set(market["environment"]) <= _variables()
    assert application["entrypoint"][1] == "/examples/app/wsgi_app.py"
    assert (ROOT / "examples/app/wsgi_app.py").exists()
    assert set(application["environment"]) <= set(re.findall(r"DESK_\w+", (ROOT / "examples/app/desk.py").read_text()))
    assert [port.rpartition(":")[0] for port in market["ports"]] == ["127.0.0.1:8000", "127.0.0.1:8080"]


@pytest.mark.parametrize("job", ACTIONS["jobs"])
def test_a_job_of_github_actions_installs_the_package_and_calls_it_by_options_that_it_has(
    job: str, capsys: pytest.CaptureFixture[str]
) -> None:
    described = ACTIONS["jobs"][job]
    commands = [step["run"] for step in described["steps"] if "run" in step]

    assert any(command.startswith('pip install "$SELLINGPARTNER"') for command in commands)
    assert set(described.get("env", {})) <= _variables()
    for command in [one.partition(" -- ")[0] for one in commands if one.startswith("spapi ")]:
        run([command.split()[1], "--help"])
        assert set(re.findall(r"(?<= )--[a-z-]+", command)) <= set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
