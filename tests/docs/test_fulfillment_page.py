from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sellingpartner.server.process.credentials import ready_credentials
from sellingpartner.testing import TestMarket
from sellingpartner.testing.sockets import on_a_socket

PAGE = (Path(__file__).parents[2] / "docs" / "fulfillment.md").read_text()


def test_the_examples_of_the_page_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    market = TestMarket(at=datetime.now(UTC))  # the page reads the orders of the last thirty days
    first = market.buys("MUG-BLUE", quantity=2)
    market.advance(minutes=5)
    known: dict[str, object] = {}
    examples = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    with on_a_socket(market.server) as address:
        ready_credentials(market.market, Path(".spapi/credentials.env"), address)
        exec(compile(examples[0], "docs/fulfillment.md", "exec"), known)
        said = capsys.readouterr().out
        second = market.buys("MUG-RED")
        market.advance(minutes=5)
        exec(compile(examples[1], "docs/fulfillment.md", "exec"), known)
        exec(compile(examples[2], "docs/fulfillment.md", "exec"), known)

    assert f"{first} shipped SHIPPED" in said
    said = capsys.readouterr().out
    assert f"{second} would buy " in said
    assert re.search(rf"{first} 1Z\d+ IN_TRANSIT", said)
    market.close()
