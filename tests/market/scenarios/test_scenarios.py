"""Markets that begin as a short file says."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import NotFound, SellingPartnerError
from sellingpartner.market.accounts.questions import caller_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.tables import orders
from sellingpartner.market.scenarios.building import build
from sellingpartner.market.scenarios.checking import BadScenario
from sellingpartner.market.scenarios.reading import named, names, read, ready
from sellingpartner.server.process.preparing import prepare
from sellingpartner.server.process.settings import CannotServe, Settings

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", names())
def test_a_ready_scenario_builds_and_is_the_same_each_time(name: str) -> None:
    found = []
    for _ in range(2):
        market = Market.open(at=AT, seed=4)
        built = build(market, ready(name))
        with market.read() as unit:
            found.append(sorted(map(repr, unit.execute(select(orders)))))
        assert (len(built.seller_ids), market.failures(), market.clock.now()) == (len(ready(name).sellers), [], AT)
        market.close()

    assert found[0] == found[1]
    assert len(found[0]) == sum(one.count for seller in ready(name).sellers for one in seller.orders)


def test_a_busy_seller_has_orders_in_each_state() -> None:
    market = Market.open(at=AT)

    build(market, ready("busy-seller"))

    with market.read() as unit:
        states = Counter(unit.execute(select(orders.c.status)).scalars())
    market.close()
    assert {"Shipped", "Unshipped", "Pending"} <= set(states)


def test_a_revoked_grant_is_refused() -> None:
    market = Market.open(at=AT)

    built = build(market, ready("revoked-grant"))

    assert built.client_secret == "amzn1.oa2-cs.v1.scenario-revoked-grant"
    with market.read() as unit, pytest.raises(SellingPartnerError, match="Unauthorized"):
        caller_of(unit, built.refresh_token or "")
    market.close()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("about = ", "It is no TOML: Invalid value"),
        ("about: x", "It is no TOML: Expected '='"),
        ('[[sellers]]\nname = "y"', "The field `about` is missing. It says in a sentence what the scenario is"),
        (
            'about = "x"\n[[sellers]]\nname = "y"\n[[sellers.skus]]\nsku = "A"\ntitle = "A"\nprice = "ten"',
            r"It must be a number, and is text in quotation marks - at `\$.sellers\[0\].skus\[0\].price`, line 7",
        ),
        ('about = "x"\nsellers = [{ nam = "y" }]', r"unknown field `nam` - at `\$.sellers\[0\]`"),
        ('about = "x"\nsellers = [{ nam = "y" }]', r"Did you mean name\?"),
        ('abuot = "x"', r"unknown field `abuot`. Did you mean about\?"),
        ('about = "x"\nsellers = [{ zz = "y" }]', "There are name, marketplaces, skus, "),
        (
            'about = "x"\nsellers = [{ name = "y", orders = [{ sku = "A", state = "shiped" }] }]',
            r"'shiped' - at `.*state`, line 2. It can be pending, shipped, unshipped. Did you mean shipped",
        ),
        ('about = "x"\nsellers = []', "length >= 1"),
    ],
)
def test_a_file_that_is_no_scenario_is_told_where_it_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "mine.toml").write_text(text)

    with pytest.raises(BadScenario, match=why):
        read(tmp_path / "mine.toml")


def test_an_unknown_scenario_is_told_which_there_are() -> None:
    with pytest.raises(NotFound, match="busy-seller"):
        named("bussy-seller")


@pytest.mark.parametrize("name", ["new-seller", "revoked-grant"])
def test_a_served_market_begins_so_once_with_credentials_that_work(name: str, tmp_path: Path) -> None:
    settings = Settings(scenario=name, credentials=tmp_path / "credentials.env")
    market = Market.open(at=AT)

    first = prepare(market, settings)
    again = prepare(market, settings)

    assert first == again
    with market.read() as unit:
        assert caller_of(unit, first.refresh_token).seller_id == first.seller_id
    with pytest.raises(CannotServe, match="has begun otherwise"):
        prepare(market, Settings(scenario="busy-seller", credentials=tmp_path / "credentials.env"))
    market.close()
