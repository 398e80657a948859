"""The page of the command line: what it says of the contract is what the command says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text()
SESSIONS = dict(re.findall(r"^\$ spapi (.*)\n((?:(?!\$ |```).*\n)+)", PAGE, re.MULTILINE))
DOCS = Path(__file__).parents[2]
COMMANDS = [
    re.split(r"  #| > ", command.replace("\\\n", " "))[0]  # a comment, or where the shell is to put what is said
    for page in (
        "README.md",
        "docs/command-line.md",
        "docs/other-sdks.md",
        "docs/products.md",
        "docs/supply.md",
        "docs/external-fulfillment.md",
        "docs/invoicing.md",
        "docs/multi-channel.md",
        "docs/messaging.md",
        "docs/sandbox.md",
        "docs/faults.md",
    )
    for command in re.findall(r"^\$ spapi ((?:.*\\\n)*.*)$", (DOCS / page).read_text(), re.MULTILINE)
]
NOT_RUN = ("serve", "report ", "feed ", "fulfill", "call confirmShipmnt", "call getOrder")
"""What serves, what the market does not serve, what has its own tests, and what is shown to be refused."""
WITHOUT_A_MARKET = ("operations fees", "call confirmShipment --help", "call confirmShipmnt", "call getOrder")


@pytest.mark.parametrize("command", WITHOUT_A_MARKET)
def test_the_page_shows_what_the_command_says(spapi: Spapi, ready: Credentials, command: str) -> None:
    said = spapi(*shlex.split(command))

    shown = "\n".join(line.rstrip() for line in (said.out + said.err).splitlines())
    assert shown == SESSIONS[command].rstrip("\n")


def test_every_command_of_the_docs_runs_on_any_day(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    market.advance(days=40)  # the examples must hold in a market whose clock is far from this machine's
    order_id = market.buys("MUG-BLUE")
    item = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"][0]
    commands = [one for one in COMMANDS if not one.startswith(NOT_RUN) and "..." not in one]

    for command in commands:
        now = spapi("clock", "now").out.strip()
        said = spapi(
            *shlex.split(
                command.replace("$(spapi clock now)", now)
                .replace("111-8577615-0624756", order_id)
                .replace("52186120469097", item["OrderItemId"])
            )
        )
        assert said.code == 0, (command, said.err)

    assert len(commands) >= 8
    status = market.seller.call("GET", f"/orders/v0/orders/{order_id}").json()["payload"]["OrderStatus"]
    assert status == "Shipped"
