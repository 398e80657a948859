"""The catalog's first version: what it lists, shows and sorts is what the newest one does."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.contract.catalog_items_2022_04_01 import IncludedData
from sellingpartner.testing import TestMarket


def test_the_first_version_shows_the_same_product_as_the_newest(market: TestMarket, client: SellingPartner) -> None:
    here = market.marketplace_id
    listed = client.catalog_items_v0.list_catalog_items(marketplace_id=here, query="Stoneware Mug").payload
    assert listed is not None
    asins = {one.identifiers.marketplace_asin.asin for one in listed.items or [] if one.identifiers.marketplace_asin}
    [mug] = client.catalog_items_v0.list_catalog_items(marketplace_id=here, seller_sku="MUG-BLUE").payload.items or []
    assert mug.identifiers.marketplace_asin is not None
    asin = mug.identifiers.marketplace_asin.asin

    item = client.catalog_items_v0.get_catalog_item(asin=asin, marketplace_id=here).payload
    sorts = client.catalog_items_v0.list_catalog_categories(marketplace_id=here, asin=asin).payload or []

    newest = client.catalog_items.get_catalog_item(
        asin=asin, marketplace_ids=[here], included_data=[IncludedData.SUMMARIES]
    )
    [summary] = newest.summaries or []
    assert asin in asins
    assert item is not None
    assert [one.title for one in item.attribute_sets or []] == [summary.item_name]
    assert summary.browse_classification is not None
    assert summary.browse_classification.classification_id in [one.product_category_id for one in sorts]
