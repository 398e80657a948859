"""Listings: whether one may, put, looked at, patched, sold at the new price, deleted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shopkeeper import mug, offer, stock

from sellingpartner import SellingPartner
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItemIncludedData, Op, PatchOperation
from sellingpartner.testing import TestMarket


def test_a_listing_is_put_repriced_sold_and_deleted(market: TestMarket, client: SellingPartner) -> None:
    me, here = market.seller.seller_id, [market.marketplace_id]
    attributes = mug(purchasable_offer=offer(19.99), fulfillment_availability=stock(2))
    client.listings_items.put_listings_item(
        seller_id=me, sku="MUG-NEW", marketplace_ids=here, product_type="MUG", attributes=attributes
    )
    market.advance(seconds=31)
    item = client.listings_items.get_listings_item(
        seller_id=me, sku="MUG-NEW", marketplace_ids=here, included_data=[*GetListingsItemIncludedData]
    )
    [summary] = item.summaries or []
    assert summary.asin is not None
    restrictions = client.listings_restrictions.get_listings_restrictions(
        asin=summary.asin, seller_id=me, marketplace_ids=here
    )
    assert restrictions.restrictions == []
    change = PatchOperation(op=Op.REPLACE, path="/attributes/purchasable_offer", value=offer(17.49))
    client.listings_items.patch_listings_item(
        seller_id=me, sku="MUG-NEW", marketplace_ids=here, product_type="MUG", patches=[change]
    )

    order_id = market.buys("MUG-NEW", 2)
    [bought] = client.orders_v0.get_order_items(order_id=order_id).payload.order_items
    assert bought.item_price is not None
    assert (bought.asin, Decimal(bought.item_price.amount or "")) == (summary.asin, Decimal("34.98"))
    assert market.seller.stock("MUG-NEW") == 0
    client.listings_items.delete_listings_item(seller_id=me, sku="MUG-NEW", marketplace_ids=here)
    market.advance(seconds=31)
    with pytest.raises(NotFound):
        client.listings_items.get_listings_item(seller_id=me, sku="MUG-NEW", marketplace_ids=here)
    assert client.orders_v0.get_order(order_id=order_id).payload.order_status == "Unshipped"
