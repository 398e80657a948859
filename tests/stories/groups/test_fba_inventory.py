"""FBA Inventory: what lies at Amazon goes down by what buyers order; a sandbox lets items be made up."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.contract import fba_inventory_v1 as v1
from sellingpartner.testing import TestMarket


def lies_there(client: SellingPartner, here: str, sku: str) -> v1.InventorySummary:
    found = client.fba_inventory.get_inventory_summaries(
        granularity_type=v1.GranularityType.MARKETPLACE,
        granularity_id=here,
        marketplace_ids=[here],
        seller_skus=[sku],
        details=True,
    ).payload
    assert isinstance(found, v1.GetInventorySummariesResult)
    [row] = found.inventory_summaries
    return row


def test_what_buyers_order_leaves_the_stock(market: TestMarket, client: SellingPartner) -> None:
    market.buys("LAMP-OAK", 3)

    before = lies_there(client, market.marketplace_id, "LAMP-OAK").inventory_details
    market.advance(days=2)
    after = lies_there(client, market.marketplace_id, "LAMP-OAK")

    assert before is not None
    assert before.reserved_quantity is not None
    assert (before.fulfillable_quantity, before.reserved_quantity.pending_customer_order_quantity) == (97, 3)
    assert after.total_quantity == market.seller.stock("LAMP-OAK") == 97


def test_a_sandbox_lets_items_be_made_up(market: TestMarket) -> None:
    here, sandbox = market.marketplace_id, market.in_sandbox()
    asked = v1.GetInventorySummaries(
        granularity_type=v1.GranularityType.MARKETPLACE,
        granularity_id=here,
        marketplace_ids=[here],
        seller_skus=["MADE-UP", "EMPTY"],
    )
    item = v1.InventoryItem(seller_sku="MADE-UP", marketplace_id=here, quantity=7)

    for sku in ("MADE-UP", "EMPTY"):
        sandbox.send(v1.CreateInventoryItem(seller_sku=sku, marketplace_id=here, product_name="Thing"))
    sandbox.send(v1.AddInventory(idempotency_token="once", inventory_items=[item]))

    found = sandbox.send(asked).payload
    assert isinstance(found, v1.GetInventorySummariesResult)
    assert {one.seller_sku: one.total_quantity for one in found.inventory_summaries} == {"MADE-UP": 7, "EMPTY": 0}
    sandbox.send(v1.DeleteInventoryItem(seller_sku="EMPTY", marketplace_id=here))
    gone = sandbox.send(asked).payload
    assert isinstance(gone, v1.GetInventorySummariesResult)
    assert [one.seller_sku for one in gone.inventory_summaries] == ["MADE-UP"]
    in_the_market = market.seller.send(asked).payload
    assert isinstance(in_the_market, v1.GetInventorySummariesResult)
    assert in_the_market.inventory_summaries == []
