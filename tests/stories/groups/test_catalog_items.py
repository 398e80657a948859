"""Catalog Items: a product is found by words and by its identifier, looked at, and is what is sold."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.contract.catalog_items_2022_04_01 import IdentifiersType, IncludedData
from sellingpartner.testing import TestMarket


def test_a_product_is_found_looked_at_and_climbs_when_it_is_sold(market: TestMarket, client: SellingPartner) -> None:
    here = [market.marketplace_id]
    by_words = client.catalog_items.search_catalog_items(marketplace_ids=here, keywords=["stoneware", "blue"])
    by_sku = client.catalog_items.search_catalog_items(
        marketplace_ids=here,
        identifiers=["MUG-BLUE"],
        identifiers_type=IdentifiersType.SKU,
        seller_id=market.seller.seller_id,
    )

    [found] = by_sku.items
    assert found.asin in [one.asin for one in by_words.items]
    order_id = market.buys("MUG-BLUE", 2)
    [bought] = client.orders_v0.get_order_items(order_id=order_id).payload.order_items
    data = [IncludedData.SUMMARIES, IncludedData.SALES_RANKS]
    market.advance(days=1)
    item = client.catalog_items.get_catalog_item(asin=found.asin, marketplace_ids=here, included_data=data)
    [summary] = item.summaries or []
    assert (bought.asin, bought.title) == (item.asin, summary.item_name)
    [ranks] = item.sales_ranks or []
    assert [one.rank for one in ranks.classification_ranks or []] == [1]
