"""Packages that left are followed until they have arrived, or will not."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import httpx2
from drivers import Drivers, Fulfill
from scripted import InProcess, credentials_in

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.testing import TestMarket
from sellingpartner.workflows import Delivery, Journal, OwnShipping, follow_deliveries, follow_deliveries_async


def followed(market: TestMarket, journal: Journal, *, is_async: bool = False) -> list[tuple[str, str, bool]]:
    """What is said of each package."""
    told: list[Delivery] = []
    credentials = credentials_in(market)
    if is_async:

        async def tell(one: Delivery) -> None:
            told.append(one)

        http = httpx2.AsyncClient(transport=InProcess(market.server))
        client = AsyncSellingPartner(credentials, marketplace="US", http=http)
        found = asyncio.run(follow_deliveries_async(client, journal, on_delivery=tell))
    else:
        plain = SellingPartner(
            credentials, marketplace="US", http=httpx2.Client(transport=httpx2.WSGITransport(market.server))
        )
        found = follow_deliveries(plain, journal, on_delivery=told.append)
    assert list(found) == told
    return [(one.order_id, one.status, one.is_changed) for one in found]


def happens(market: TestMarket, order_id: str, *states: ParcelStatus) -> None:
    """Have the only parcel of an order be there."""
    with market.market.write(market.seller_account.seller_id) as unit:
        [parcel] = parcels_of_order(unit, order_id)
        for status in states:
            move(unit, parcel.parcel_id, status)


def test_what_has_arrived_or_will_not_is_told_of_once(market: TestMarket, fulfill: Fulfill, drivers: Drivers) -> None:
    arrives, lost = market.buys("MUG-BLUE"), market.buys("MUG-RED")
    market.advance(minutes=5)
    journal = Journal()
    assert followed(market, journal) == []
    fulfill(OwnShipping(drivers), journal=journal)

    first = followed(market, journal)
    again = followed(market, journal, is_async=True)
    happens(market, arrives, ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.DELIVERED)
    happens(market, lost, ParcelStatus.LOST)
    ended = followed(market, journal, is_async=True)

    assert set(first) == {(arrives, "IN_TRANSIT", True), (lost, "IN_TRANSIT", True)}
    assert set(again) == {(arrives, "IN_TRANSIT", False), (lost, "IN_TRANSIT", False)}
    assert set(ended) == {(arrives, "DELIVERED", True), (lost, "UNDELIVERABLE", True)}
    assert followed(market, journal) == []
    journal.close()


def test_a_journal_of_an_older_version_is_gone_on_with(
    market: TestMarket, fulfill: Fulfill, drivers: Drivers, tmp_path: Path
) -> None:
    path = tmp_path / "fulfillment.db"
    order_id = market.buys("MUG-BLUE")
    market.advance(minutes=5)
    with Journal(path) as journal:
        fulfill(OwnShipping(drivers), journal=journal)
    old = sqlite3.connect(path)
    for column in ("seen", "is_arrived"):
        old.execute(f"ALTER TABLE packages DROP COLUMN {column}")
    old.close()

    with Journal(path) as journal:
        assert followed(market, journal) == [(order_id, "IN_TRANSIT", True)]
