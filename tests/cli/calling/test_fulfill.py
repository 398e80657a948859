"""`spapi fulfill`."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket
from sellingpartner.workflows import Journal

Spapi = Callable[..., Any]

SINCE = ("--since", "2026-10-01")
NUMBERS = f"{shlex.quote(sys.executable)} -c \"import sys, json; print('1Z' + json.load(sys.stdin)['orderId'][-7:])\""
OWN = ("fulfill", "--carrier", "UPS", "--tracking-command", NUMBERS, *SINCE)
WAREHOUSE = """
Name = "Harbor Goods"
AddressLine1 = "300 Turnbull Ave"
City = "Detroit"
StateOrProvinceCode = "MI"
PostalCode = "48123"
CountryCode = "US"
Email = "dispatch@harbor.example"
Phone = "+1 313 555 0100"
"""


@pytest.fixture
def order_ids(market: TestMarket, ready: Credentials) -> list[str]:
    ids = [market.buys("MUG-BLUE"), market.buys("MUG-RED")]
    market.advance(minutes=5)
    return ids


def test_orders_are_planned_shipped_and_then_none_waits(market: TestMarket, spapi: Spapi, order_ids: list[str]) -> None:
    planned = spapi(*OWN, "--dry-run")
    assert "2 planned" in planned.out
    assert market.facts(OrderShipped) == []

    said = spapi(*OWN, "--tell", "{carrier} has it: {tracking}.")
    again = spapi(*OWN)

    assert (said.code, said.err.count("shipped"), "2 shipped" in said.out) == (0, 2, True), said
    assert f"1Z{order_ids[0][-7:]}" in said.out
    assert (again.code, again.out) == (0, "No order waits.\n")
    assert {fact.order_id for fact in market.facts(OrderShipped)} == set(order_ids)
    assert len(market.facts(MessageSent)) == 2


def test_what_amazon_ships_is_counted_and_not_listed(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    order_id = market.buys("LAMP-OAK")

    said = spapi(*OWN, "--order", order_id)

    assert (said.code, said.out) == (0, "1 by Amazon\n")


def test_labels_are_bought_and_saved(market: TestMarket, spapi: Spapi, order_ids: list[str]) -> None:
    Path("warehouse.toml").write_text(WAREHOUSE)

    said = spapi("fulfill", "--ship-from", "warehouse.toml", "--box", "10x8x4", "--weight", "20", "--json", *SINCE)

    assert said.code == 0, said.err
    bought = {fact.order_id: fact.tracking_id for fact in market.facts(LabelBought)}
    rows = [row for row in said.out.splitlines() if row]
    assert all(f'"trackingNumber":"{bought[order_id]}"' in "".join(rows) for order_id in order_ids)
    assert sorted(path.name for path in Path("labels").iterdir()) == sorted(f"{one}.1.pdf" for one in order_ids)


def test_an_order_that_fails_is_named_and_the_exit_code_is_one(
    market: TestMarket, spapi: Spapi, order_ids: list[str]
) -> None:
    said = spapi("fulfill", "--carrier", "UPS", "--tracking-command", f"{sys.executable} -c 1/0", *SINCE)

    assert said.code == 1
    assert "ZeroDivisionError" in said.out
    assert "2 orders did not leave" in said.err
    assert market.facts(OrderShipped) == []


def test_watching_looks_again_until_it_is_interrupted(
    market: TestMarket, spapi: Spapi, order_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(seconds: float) -> NoReturn:
        assert seconds == 180
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)

    said = spapi(*OWN, "--watch")

    assert said.code == 130
    assert "2 orders shipped. The same command goes on" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "How do they leave?"),
        (("--carrier", "UPS"), "Where does the tracking number come from?"),
        (("--carrier", "UPS", "--tracking", "1Z1"), "--tracking is the number of one package"),
        (("--tracking", "1Z1"), "Which carrier has the tracking number?"),
        (("--box", "10x8x4"), "A label needs --ship-from FILE"),
        (("--ship-from", "gone.toml", "--box", "10x8", "--weight", "1"), "write --box 10x8x4"),
        (("--ship-from", "gone.toml", "--box", "1x1x1", "--weight", "1"), "gone.toml cannot be read"),
        (("--carrier", "UPS", "--ship-from", "gone.toml"), "leave one of them out"),
        ((*OWN[1:5], "--watch", "--every", "0"), "it must be 1 or more"),
        ((*OWN[1:5], "--watch", "--once"), "--watch does not go with --once"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_called(
    spapi: Spapi, arguments: tuple[str, ...], words: str
) -> None:
    said = spapi("fulfill", *arguments)

    assert said.code == 2
    assert words in said.err


def test_a_journal_that_somebody_holds_is_not_shared(spapi: Spapi, ready: Credentials) -> None:
    with Journal(".spapi/fulfillment.db"):
        said = spapi(*OWN)

    assert said.code == 2
    assert "Another process works with the journal" in said.err


def test_what_was_begun_is_forgotten_when_somebody_says_so(spapi: Spapi, order_ids: list[str]) -> None:
    with Journal(".spapi/fulfillment.db") as journal:
        journal.begin(order_ids[0], "1", {}, ())

    said = spapi("fulfill", "--forget", order_ids[0])
    again = spapi("fulfill", "--forget", order_ids[0])

    assert (said.code, said.out) == (0, f"{order_ids[0]}: package 1 is forgotten; the next run begins it anew.\n")
    assert (again.code, "Nothing of" in again.err) == (2, True)


def test_what_has_left_is_followed_and_its_end_told_of_once(
    market: TestMarket, spapi: Spapi, order_ids: list[str]
) -> None:
    spapi(*OWN)

    under_way = spapi("fulfill", "--follow")
    market.advance(days=40)
    ended = spapi("fulfill", "--follow", "--json")
    after = spapi("fulfill", "--follow")

    assert (under_way.code, under_way.out.count("IN_TRANSIT")) == (0, 2), under_way
    assert all(order_id in under_way.out for order_id in order_ids)
    assert ended.out.count('"hasEnded":true') == 2
    assert (after.code, after.out) == (0, "No package is under way.\n")
