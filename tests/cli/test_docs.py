"""The page of the command line: what it says of the contract is what the command says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.server.process.credentials import Credentials

Spapi = Callable[..., Any]

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text()
SESSIONS = dict(re.findall(r"^\$ spapi (.*)\n((?:(?!\$ |```).*\n)+)", PAGE, re.MULTILINE))
WITHOUT_A_MARKET = ("operations fees", "call confirmShipment --help", "call confirmShipmnt", "call getOrder")


@pytest.mark.parametrize("command", WITHOUT_A_MARKET)
def test_the_page_shows_what_the_command_says(spapi: Spapi, ready: Credentials, command: str) -> None:
    said = spapi(*shlex.split(command))

    shown = "\n".join(line.rstrip() for line in (said.out + said.err).splitlines())
    assert shown == SESSIONS[command].rstrip("\n")
