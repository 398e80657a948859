"""What CI does where something cannot be had: said aloud, and red."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which

import pytest

ROOT = Path(__file__).parents[2]
BASH = which("bash")

pytestmark = pytest.mark.skipif(BASH is None or not (ROOT / ".ci").is_dir(), reason="there is no bash, or no CI")


def node(folder: Path, *, programs: dict[str, int], **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `.ci/node` where these programs alone are installed, each of which ends with a code."""
    assert BASH is not None
    for name, code in {"sleep": 0, **programs}.items():
        program = folder / name
        program.write_text(f"#!{BASH}\necho {name} $* >> {folder}/asked\nexit {code}\n")
        program.chmod(0o700)
    for name, said in (("id", "echo 0"), ("dirname", 'echo "${1%/*}"')):
        (folder / name).write_text(f"#!{BASH}\n{said}\n")
        (folder / name).chmod(0o700)
    environ |= {"PATH": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPAPI_")}
    return subprocess.run(
        [BASH, str(ROOT / ".ci/node")], env=kept | environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("programs", "why"),
    [
        ({}, "nobody who may install it"),
        ({"apt-get": 100}, "Node could not be installed"),
        ({"npm": 0, "make": 2}, "packages for Node could not be installed"),
    ],
    ids=["nothing", "no registry", "no packages"],
)
def test_it_is_red_where_nodes_tests_cannot_be_run_unless_that_is_wanted(
    programs: dict[str, int], why: str, tmp_path: Path
) -> None:
    refused = node(tmp_path, programs=programs)
    let = node(tmp_path, programs=programs, SPAPI_CI_WITHOUT_NODE="1")

    assert refused.returncode == 1
    assert "FAILED" in refused.stderr
    assert why in refused.stderr
    assert let.returncode == 0
    assert "NOT run" in let.stdout
    assert why in let.stdout


def test_a_registry_is_asked_three_times(tmp_path: Path) -> None:
    node(tmp_path, programs={"apt-get": 100})

    asked = (tmp_path / "asked").read_text().splitlines()
    assert [line for line in asked if line.startswith("apt-get")] == ["apt-get update -qq"] * 3


def test_what_is_there_is_not_installed_again(tmp_path: Path) -> None:
    done = node(tmp_path, programs={"npm": 0, "make": 0, "apt-get": 100})

    assert done.returncode == 0
    assert (tmp_path / "asked").read_text().splitlines() == ["make .venv/.node"]
