"""What Amazon's network costs a seller is in the books, in both versions of Finances, and in settlements to the cent.

Units are sent in with Amazon's carrier, stored in bulk and replenished, shipped for another shop, and removed.
"""

from __future__ import annotations

from collections import Counter

from books import faults_in
from distributor import MUG, Distributor, cases
from outside_shop import wanted
from sender import Ready
from settlement_auditor import closed_periods, disagreements
from sqlalchemy import select, text

from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.money.ledger.tables import ledger_postings
from sellingpartner.market.removals.commands import request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.storage.append_only import statements_for
from sellingpartner.testing import TestMarket

COSTS = (
    "FBAInboundTransportationFee",
    "FBAInboundConvenienceFee",
    "AWDProcessingFee",
    "AWDTransportationFee",
    "AWDStorageFee",
    "FBAPerUnitFulfillmentFee",
    "FBARemovalFee",
    "FBADisposalFee",
)


def lives(market: TestMarket) -> None:
    """Let a seller use all of it, and be settled with for three months."""
    seller_id = market.seller_account.seller_id
    Ready(market)
    bulk = Distributor(market)
    bulk.stores(cases(10, (MUG, 10)))
    bulk.replenishes(40)
    market.seller.send(wanted(market, "SHOP-1", 2))
    with market.market.write(seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 9, reference="delivery")
    for kind in RemovalKind:
        with market.market.write(seller_id) as unit:
            request_removal(unit, NewRemoval(kind=kind, items=(Wanted(sku="ATLAS", sellable=2, unsellable=0),)))
    market.advance(days=90)


def charged(market: TestMarket) -> Counter[str]:
    """How often each of these fees was posted."""
    posting = ledger_postings.c
    with market.market.read(market.seller_account.seller_id) as unit:
        rows = unit.execute(select(posting.component).where(posting.component.in_(COSTS))).all()
    return Counter(row.component for row in rows)


def test_what_the_network_costs_is_settled(market: TestMarket) -> None:
    lives(market)

    assert {*charged(market)} == {*COSTS}
    assert len(closed_periods(market)) >= 6
    assert disagreements(market) == []
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_in(unit) == []
    assert market.market.failures() == []


def test_a_cost_that_is_a_cent_off_shows_in_the_settlement() -> None:
    market = TestMarket()
    Ready(market)
    market.seller.send(wanted(market, "SHOP-1", 2))
    market.advance(days=3)
    with market.market.write(market.seller_account.seller_id) as unit:
        for statement in statements_for("ledger_postings", "sqlite"):
            unit.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
        cost = ledger_postings.c.component == "FBAInboundTransportationFee"
        unit.execute(ledger_postings.update().where(cost).values(amount_minor=ledger_postings.c.amount_minor + 1))
    market.advance(days=20)

    wrong = "\n".join(disagreements(market))
    for what in ("transactions", "events", "rows"):
        assert what in wrong, what
    market.close()
