"""What `make dist` makes, installed where nothing of this repository is: the wheel with its server, the source alone.

Takes minutes, so it is for `make soak` and for CI, which names the folder that `make dist` filled in SPAPI_TEST_DIST.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1200)]

Run = Callable[..., str]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with one wheel and one source distribution."""
    if made := os.environ.get("SPAPI_TEST_DIST"):
        return ROOT / made
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def with_server(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a program of an environment in which the wheel is installed, with its server and with pytest."""
    (wheel,) = dist.glob("*.whl")
    return _environment(tmp_path_factory.mktemp("server"), f"{wheel}[server]", "pytest")


def test_the_wheel_holds_every_file_of_the_package_and_the_source_what_tests_it(dist: Path) -> None:
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    there = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as file:
        packed = set(file.namelist())
    with tarfile.open(source) as file:
        names = {name.partition("/")[2] for name in file.getnames()}

    assert {name for name in there if "__pycache__" not in name} == {
        name for name in packed if ".dist-info/" not in name
    }
    assert {"Makefile", "requirements.lock", "tests/conftest.py", "tools/fidelity.py", "LICENSE"} <= names


def test_its_command_serves_a_market_to_a_program_that_knows_amazon_alone(with_server: Run) -> None:
    program = """
        import urllib.request
        with urllib.request.urlopen("https://sellingpartnerapi-na.amazon.com/health") as answer:
            print(answer.status, answer.read().decode())
    """

    said = with_server("spapi", "run", "--serve", "--offline", "--", "python", "-c", textwrap.dedent(program))

    assert with_server("spapi", "--version").strip() == version("sellingpartner")
    assert '200 {"status":"ok"' in said


def test_its_pytest_plugin_is_found(with_server: Run, tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(
        "def test_mine(market, client):\n"
        "    order = client.orders_v0.get_order(order_id=market.buys()).payload\n"
        '    assert order.order_status == "Unshipped"\n'
    )

    assert "1 passed" in with_server("python", "-m", "pytest", "-W", "error", str(tmp_path))


def test_the_source_alone_is_a_client_and_says_what_else_is_to_be_installed(
    dist: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (source,) = dist.glob("*.tar.gz")
    run = _environment(tmp_path_factory.mktemp("client"), str(source))

    assert run("python", "-c", "from sellingpartner import SellingPartner; print(SellingPartner.__name__)") == (
        "SellingPartner\n"
    )
    assert "pip install 'sellingpartner[cli]'" in run("spapi", "--version", expected=2)


def test_the_command_alone_says_what_it_can_do_and_what_needs_the_server(
    dist: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (wheel,) = dist.glob("*.whl")
    run = _environment(tmp_path_factory.mktemp("command"), f"{wheel}[cli]")

    assert "listen" in run("spapi", "--help")
    assert "complete -F" in run("spapi", "completion", "bash")
    assert "Did you mean" in run("spapi", "servce", expected=2)
    assert "pip install 'sellingpartner[server]'" in run("spapi", "scenario", "list", expected=2)


def _environment(folder: Path, *wanted: str) -> Run:
    """An environment with what is wanted and nothing else; runs a program of it, outside of the repository."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    programs = folder / "venv" / "bin"
    pip: list[str | Path] = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--constraint", ROOT / "requirements.lock", *wanted], check=True)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "SP"))}
    environ["PATH"] = f"{programs}{os.pathsep}{environ['PATH']}"
    environ["XDG_CACHE_HOME"] = str(folder / "cache")  # nobody's demo world is kept at home for a test

    def run(program: str, *arguments: str, expected: int = 0) -> str:
        ran = subprocess.run(
            [programs / program, *arguments],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ran.returncode == expected, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr if expected else ran.stdout

    return run
