from __future__ import annotations

from typing import Any

import pytest
from shopkeeper import CA, US, Shop, mug, offer

from sellingpartner.contract import listings_items_2020_09_01 as v2020
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.testing import TestMarket


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)


def test_the_earlier_version_puts_patches_and_deletes_the_same_listings(shop: Shop, market: TestMarket) -> None:
    said: dict[str, Any] = {"seller_id": shop.seller.seller_id, "sku": "MINE", "marketplace_ids": [US]}
    attributes = mug(item_name=None)

    refused = market.seller.send(v2020.PutListingsItem(**said, product_type="MUG", attributes=attributes))
    put = market.seller.send(v2020.PutListingsItem(**said, product_type="MUG", attributes=mug()))
    market.advance(seconds=31)
    change = v2020.PatchOperation(op=v2020.Op.REPLACE, path="/attributes/purchasable_offer", value=offer(4))
    patched = market.seller.send(v2020.PatchListingsItem(**said, product_type="MUG", patches=[change]))

    assert (refused.status, [one.attribute_name for one in refused.issues or []]) == ("INVALID", ["item_name"])
    assert (put.status, patched.status) == ("ACCEPTED", "ACCEPTED")
    assert [one.price.amount for one in shop.get("MINE").offers or []] == ["4.00"]
    assert market.seller.send(v2020.DeleteListingsItem(**said)).status == "ACCEPTED"
    with pytest.raises(NotFound):
        shop.get("MINE")
    with pytest.raises(InvalidInput, match="one at a time"):
        both = TestMarket(marketplaces=(US, CA))
        try:
            two = said | {"seller_id": both.seller.seller_id, "marketplace_ids": [US, CA]}
            both.seller.send(v2020.PutListingsItem(**two, product_type="MUG", attributes=mug()))
        finally:
            both.close()
