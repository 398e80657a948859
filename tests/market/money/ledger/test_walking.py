"""Pages of the ledger are found by an index, whatever is asked for beside the seller."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from planned import plans_of
from shipper import ships

from sellingpartner.market.money.ledger import walking
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.money.ledger.walking import (
    EntryFilter,
    Key,
    batches_of_entries,
    latest_entries,
    page_of_entries,
)
from sellingpartner.testing import TestMarket

LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("after", [None, (LATER, 7)])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "ledger_entries_by_date"),
        ({"without_kinds": ("LABEL",)}, "ledger_entries_by_date"),
        ({"order_id": "123-1234567-1234567"}, "ledger_entries_by_order"),
        ({"period_id": 1}, "ledger_entries_by_period"),
    ],
)
def test_a_page_is_found_by_an_index(market: TestMarket, wanted: dict[str, Any], index: str, after: Key | None) -> None:
    asked = EntryFilter(before=LATER, counts=True, **wanted)
    with market.market.read(market.seller_account.seller_id) as unit:
        (plan,) = plans_of(unit, lambda unit: page_of_entries(unit, asked, after, 10))

    assert f"INDEX {index} (seller_id=?" in plan
    assert "SCAN" not in plan


def test_a_time_ends_before_its_last_moment_so_that_what_follows_it_begins_there(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)

    with market.market.read(market.seller_account.seller_id) as unit:
        (sale,) = page_of_entries(unit, EntryFilter(order_id=order_id)).entries
        before = [one for batch in batches_of_entries(unit, EntryFilter(before=sale.posted_at)) for one in batch]
        behind = [one for batch in batches_of_entries(unit, EntryFilter(after=sale.posted_at)) for one in batch]

    assert sale not in before
    assert sale in behind


def test_the_latest_of_a_currency_are_looked_for_among_so_many(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller_id = market.seller_account.seller_id
    for number in range(6):
        with market.market.write(seller_id) as unit:
            currency = "CAD" if number in {0, 3} else "USD"
            charge(unit, ServiceCharge(component="VineFee", minor=100, currency=currency, source=f"vine:{number}"))
        market.advance(hours=1)

    with market.market.read(seller_id) as unit:
        every = [one.source for one in latest_entries(unit, "CAD", 5).entries]
        full = latest_entries(unit, "USD", 3)
        monkeypatch.setattr(walking, "LOOKED_AT", 4)
        few = latest_entries(unit, "CAD", 5)
        first = page_of_entries(unit, EntryFilter()).entries[1]

    assert every == ["vine:3", "vine:0"]
    assert [one.source for one in full.entries] == ["vine:5", "vine:4", "vine:2"]
    assert full.looked_back_to is None
    assert [one.source for one in few.entries] == ["vine:3"]
    assert few.looked_back_to == first.posted_at


def test_the_latest_of_a_currency_are_found_in_the_index_alone(market: TestMarket) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        plans = plans_of(unit, lambda unit: latest_entries(unit, "USD", 50))

    assert "COVERING INDEX ledger_entries_by_date (seller_id=?" in plans[0]
    assert "COVERING INDEX ledger_entries_by_date (seller_id=?" in plans[-1]
