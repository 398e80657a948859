"""Whatever happens to orders, the books agree: to the cent, at every moment, on both databases.

`make test` lives short histories, `make soak` such of hundreds of orders.
"""

from __future__ import annotations

from random import Random

import pytest
from books import faults_in
from busy_shop import BusyShop
from outside_trade import faults_of
from sqlalchemy import select, text
from upset_shop import lives

from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.market.shipping.commands import adjust
from sellingpartner.storage.append_only import statements_for
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from soak import TIMES, examples

PURCHASES = min(examples(20), 300)
HISTORIES = range(max(1, TIMES // 4))


def faults(shop: BusyShop) -> list[str]:
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        return faults_in(unit) + faults_of(unit)


@pytest.mark.parametrize("history", HISTORIES)
def test_the_books_agree_at_every_moment(shop: BusyShop, history: int) -> None:
    shop.luck = Random(f"books of {shop.country} {history}")

    for _ in lives(shop, PURCHASES):
        assert faults(shop) == []
    shop.market.advance(days=40)

    assert faults(shop) == []
    assert shop.market.market.failures() == []


def without_one(unit: UnitOfWork, entry_id: int, number: int) -> list[str]:
    """What the books say once a posting is taken out of them, which their database must be made to allow."""
    for statement in statements_for("ledger_postings", "sqlite"):
        unit.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
    at = ledger_postings.c
    this = (at.seller_id == unit.seller_id, at.entry_id == entry_id, at.number == number)
    unit.execute(ledger_postings.delete().where(*this))
    return faults_in(unit)


class PutBack(Exception):
    """What was tried is undone."""


def test_whoever_takes_a_posting_out_is_found() -> None:
    market = TestMarket()
    shop = BusyShop(market, "US")
    shop.luck = Random("a posting is missing")
    for _ in lives(shop, 14):
        pass
    market.advance(days=30)
    seller = market.seller_account.seller_id
    both = (ledger_entries.c.seller_id == ledger_postings.c.seller_id) & (
        ledger_entries.c.entry_id == ledger_postings.c.entry_id
    )
    with market.market.read(seller) as unit:
        assert faults_in(unit) == []
        rows = unit.execute(select(ledger_entries.c.kind, ledger_postings).join(ledger_postings, both)).all()
    one_of_each = {(row.kind, row.component): row for row in rows}

    missed = []
    for row in one_of_each.values():
        with pytest.raises(PutBack), market.market.write(seller) as unit:
            if not without_one(unit, row.entry_id, row.number):
                missed.append((row.kind, row.component))
            raise PutBack

    assert missed == []
    assert len({kind for kind, _ in one_of_each}) > 5
    market.close()


def test_what_a_carrier_asks_for_afterwards_is_in_the_books(database_url: str) -> None:
    market = TestMarket(database_url)
    shop = BusyShop(market, "US")
    shop.lives(12, at_most_hours=10)
    seller = market.seller_account.seller_id
    with market.market.read(seller) as unit:
        labels = unit.execute(select(ledger_entries.c.detail).where(ledger_entries.c.kind == "LABEL")).all()
    assert labels

    with market.market.write(seller) as unit:
        adjust(unit, labels[0].detail.shipment_id, 120)

    with market.market.read(seller) as unit:
        kinds = [row.kind for row in unit.execute(select(ledger_entries.c.kind).order_by(ledger_entries.c.entry_id))]
        assert kinds[-1] == "LABEL_ADJUSTMENT"
        assert faults_in(unit) == []
    market.close()
