"""Settlements balance: the rows of a report, its total, the events of its group, transactions, and what was paid out.

On random histories, on both databases; and each of them says so when one posting is missing.
"""

from __future__ import annotations

from random import Random

import pytest
from books import faults_in
from busy_shop import BusyShop
from settlement_auditor import READERS, V1, V2, XML, closed_periods, disagreements, settlements
from sqlalchemy import text
from upset_shop import lives

from sellingpartner.storage.append_only import statements_for
from sellingpartner.testing import TestMarket
from soak import TIMES

PURCHASES = 14
"""As many as fit into the 90 days for which reports are kept."""
HISTORIES = range(max(1, TIMES // 4))


@pytest.mark.parametrize("history", HISTORIES)
def test_settlements_balance(shop: BusyShop, history: int) -> None:
    shop.luck = Random(f"settlements of {shop.country} {history}")
    market = shop.market
    for _ in lives(shop, PURCHASES):
        pass
    market.advance(days=30)

    assert len(closed_periods(market)) >= 3
    assert disagreements(market) == []
    assert market.market.failures() == []
    units = {name: sum(one.units for one in settlements(market, name).values()) for name in READERS}
    assert units[V1] == units[V2] == units[XML] > 0


def test_a_posting_that_is_missing_shows_in_each_of_them() -> None:
    market = TestMarket()
    shop = BusyShop(market, "US")
    shop.luck = Random("a settlement without a posting")
    for _ in lives(shop, 10):
        pass
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        for statement in statements_for("ledger_postings", "sqlite"):
            unit.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
        of_the_last = "SELECT max(entry_id) FROM ledger_postings WHERE component = 'Commission' AND amount_minor > 0"
        unit.execute(text(f"DELETE FROM ledger_postings WHERE component = 'Commission' AND entry_id = ({of_the_last})"))

    market.advance(days=40)

    wrong = "\n".join(disagreements(market))
    for what in ("transactions", "events", *(f"{report_type}: rows" for report_type in READERS)):
        assert f": {what}" in wrong or f" {what}" in wrong, what
    with market.market.read(seller_id) as unit:
        assert any("its rows sum to" in fault for fault in faults_in(unit))
    market.close()
