"""What a seller offers, sells out and offers again is where buyers look for it."""

from __future__ import annotations

from sellingpartner.contract.catalog_items_2022_04_01 import SearchCatalogItems
from sellingpartner.market.catalog.commands import create_items
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.catalog.ranks import count_sale
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.testing import TestMarket


def test_what_is_for_sale_is_found_before_what_is_not(market: TestMarket) -> None:
    us, mine = market.marketplace_id, market.seller_account.seller_id
    others = NewCatalogItem(
        product_type="MUG",
        attributes={"item_name": [{"value": "A quaysidelantern of somebody's"}], "brand": [{"value": "Nobody"}]},
        marketplaces=(us,),
    )
    with market.market.write() as unit:
        theirs, ours = create_items(unit, [others, others])
        count_sale(unit, theirs, us, 5, unit.now)

    def found() -> list[str]:
        answer = market.seller.send(SearchCatalogItems(marketplace_ids=[us], keywords=["quaysidelantern"]))
        return [item.asin for item in answer.items]

    def left(units: int) -> None:
        with market.market.write(mine) as unit:
            adjust(unit, "LANTERN", Place.SELLER, on_hand=units, reference="counted")

    assert found() == [theirs, ours]

    market.lists("LANTERN", asin=ours, stock=3)
    assert found() == [ours, theirs]

    left(0)
    assert found() == [theirs, ours]

    left(1)
    assert found() == [ours, theirs]
