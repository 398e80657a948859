"""A listing that was put can be ordered, shipped and read; deleted, it cannot be ordered, and its history stays."""

from __future__ import annotations

import pytest

from sellingpartner.contract import listings_items_2021_08_01 as listings
from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.testing import TestMarket

SKU = "MUG/ü 100%"


def test_a_listing_is_put_sold_shipped_and_deleted_and_its_history_stays(market: TestMarket) -> None:
    seller, here = market.seller, market.marketplace_id
    put = listings.PutListingsItem(
        seller_id=market.seller_account.seller_id,
        sku=SKU,
        marketplace_ids=[here],
        product_type="MUG",
        attributes=example_of("MUG", here, item_name="Walnut Mug"),
    )
    assert seller.send(put).status == "ACCEPTED"
    with pytest.raises(NotFound, match="offers nothing in marketplace ATVPDKIKX0DER: what was put is processed within"):
        market.buys(SKU)
    market.advance(minutes=1)

    order_id = market.buys(SKU, quantity=2)
    item = seller.send(v0.GetOrderItems(order_id=order_id)).payload.order_items[0]
    assert (item.seller_sku, item.title, item.quantity_ordered) == (SKU, "Walnut Mug", 2)
    parcel = v0.PackageDetail(
        package_reference_id="1",
        carrier_code="UPS",
        tracking_number="1Z999AA10123456784",
        ship_date=market.now,
        order_items=[v0.ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=2)],
    )
    seller.send(v0.ConfirmShipment(order_id=order_id, marketplace_id=here, package_detail=parcel))
    seller.send(listings.DeleteListingsItem(seller_id=put.seller_id, sku=SKU, marketplace_ids=[here]))

    with pytest.raises(NotFound):
        market.buys(SKU)
    assert seller.send(v0.GetOrder(order_id=order_id)).payload.order_status == "Shipped"
    after = seller.send(v0.GetOrderItems(order_id=order_id)).payload.order_items[0]
    assert (after.title, after.quantity_shipped) == ("Walnut Mug", 2)
