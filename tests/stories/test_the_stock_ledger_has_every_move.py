"""The ledger report of stock has every way onto Amazon's shelves and off them, and ends at what there is."""

from __future__ import annotations

from collections import Counter

import pytest
from distributor import MUG, Distributor
from receiver import Receiver
from sqlalchemy import text
from stock_keeper import unquoted

from sellingpartner.contract.market_v1 import CreateRemoval, RemovalKind, TransferStock, WantedUnits
from sellingpartner.market.inbound.commands import Harm
from sellingpartner.market.inventory.model import Place, Reason
from sellingpartner.market.inventory.questions import movements_of
from sellingpartner.testing import TestMarket

SKUS = (MUG, "ATLAS", "GUIDE")


class Everything(Receiver):
    """Harbor Goods, who sends to FBA and AWD, moves between centers, sells and takes back."""

    def __init__(self, market: TestMarket) -> None:
        self.began = market.now
        super().__init__(market)

    def lives(self) -> None:
        """Each kind of movement happens."""
        self.receives(ATLAS=Harm(short=3, broken_by_carrier=2, broken_by_amazon=1), GUIDE=Harm(over=4))
        bulk = Distributor(self.market, self.seller)
        bulk.stores()
        bulk.replenishes(20)
        self.market.anybody().send(TransferStock(sku="ATLAS", quantity=5, center="ABE8"))
        self.market.anybody().send(CreateRemoval(items=[WantedUnits(sku="GUIDE", sellable=6)], kind=RemovalKind.RETURN))
        self.market.buys("ATLAS", 2)
        self.market.advance(days=40)

    def reads(self) -> list[dict[str, str]]:
        """The report; a day has one."""
        return unquoted(self.market.report("GET_LEDGER_DETAIL_VIEW_DATA", start=self.began))

    def differs(self, rows: list[dict[str, str]]) -> list[str]:
        """Where the report, the movements and getInventorySummaries are of different minds."""
        told = Counter((row["MSKU"], row["Reference ID"], int(row["Quantity"])) for row in rows if row["MSKU"] in SKUS)
        with self.market.market.read(self.seller.seller_id) as unit:
            moved = Counter(
                (sku, one.reference, one.on_hand_change)
                for sku in SKUS
                for one in movements_of(unit, sku)
                if one.place is Place.FBA
                and one.on_hand_change
                and one.reason is not Reason.SET_ASIDE
                and one.condition.value in SEEN
            )
        faults = [f"only told: {one}" for one in told - moved] + [f"not told: {one}" for one in moved - told]
        for sku in SKUS:
            found = self.details(sku)
            broken = found.unfulfillable_quantity
            there = (found.fulfillable_quantity or 0) + (
                0 if broken is None else broken.total_unfulfillable_quantity or 0
            )
            units = sum(count * change for (of, _, change), count in told.items() if of == sku)
            if units != there:
                faults.append(f"{sku}: {units} in the ledger, {there} there")
        return faults


SEEN = {
    *("SELLABLE", "FC_PROCESSING", "CUSTOMER_DAMAGED", "WAREHOUSE_DAMAGED", "DISTRIBUTOR_DAMAGED"),
    *("CARRIER_DAMAGED", "DEFECTIVE", "EXPIRED"),
}


@pytest.fixture
def harbor(market: TestMarket) -> Everything:
    """Harbor Goods after all of it."""
    harbor = Everything(market)
    harbor.lives()
    return harbor


def test_receipts_replenishments_transfers_sales_and_removals_are_in_it(harbor: Everything) -> None:
    rows = harbor.reads()

    assert {(row["MSKU"], row["Event Type"]) for row in rows} >= {
        (MUG, "Receipts"),
        ("ATLAS", "Receipts"),
        ("ATLAS", "WhseTransfers"),
        ("ATLAS", "Shipments"),
        ("GUIDE", "Receipts"),
        ("GUIDE", "VendorReturns"),
    }
    assert harbor.differs(rows) == []


@pytest.mark.parametrize(("sku", "reason"), [(MUG, "RECEIVED"), ("ATLAS", "TRANSFERRED"), ("GUIDE", "REMOVED")])
def test_a_move_that_is_missing_shows(harbor: Everything, sku: str, reason: str) -> None:
    one_side = "on_hand_change > 0" if reason == "RECEIVED" else "on_hand_change < 0"
    with harbor.market.market.write(harbor.seller.seller_id) as unit:
        unit.execute(
            text(f"DELETE FROM stock_movements WHERE place = 'FBA' AND sku = :sku AND reason = :reason AND {one_side}"),
            {"sku": sku, "reason": reason},
        )

    assert harbor.differs(harbor.reads())
