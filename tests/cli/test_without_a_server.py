"""The command where `[cli]` is installed and the server is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import sys
for name in {absent}:
    sys.modules[name] = None
from sellingpartner.cli.app import run
sys.exit(run({arguments}))
"""
ABSENT = ["alembic", "cryptography", "granian", "jinja2", "sqlalchemy", "standardwebhooks", "structlog"]


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = _PROGRAM.format(absent=ABSENT, arguments=list(arguments))
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(("asked", "said"), [("--help", "listen"), ("completion bash", "complete -F")])
def test_what_tells_of_all_commands_needs_no_server(asked: str, said: str) -> None:
    done = ran(*asked.split())

    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize("asked", ["scenario list", "listen --forward-to http://127.0.0.1:1"])
def test_what_needs_the_server_says_how_it_is_installed(asked: str) -> None:
    done = ran(*asked.split())

    assert done.returncode == 2
    assert done.stderr.startswith("spapi: This command needs s")
    assert done.stderr.endswith("; install what is missing with: pip install 'sellingpartner[server]'\n")
