from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.commands import (
    InvalidItem,
    contribute,
    create_item,
    relate,
    set_product_type,
)
from sellingpartner.market.catalog.identifiers import InvalidIdentifier, Kind
from sellingpartner.market.catalog.model import ItemClassification, NewCatalogItem
from sellingpartner.market.catalog.questions import (
    children_of,
    item_of,
    items_by_identifier,
    rank_of,
    title_of,
)
from sellingpartner.market.catalog.ranks import count_sale
from sellingpartner.market.events.catalog import CatalogItemChanged, ItemProductTypeChanged
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

US, CA, MX = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1AM78C64UM0Y8"
MUG: Attributes = {
    "item_name": [{"value": "Mug", "marketplace_id": US, "language_tag": "en_US"}],
    "brand": [{"value": "Harbor", "marketplace_id": US}],
    "externally_assigned_product_identifier": [{"type": "upc", "value": "012345600012", "marketplace_id": US}],
    "condition_type": [{"value": "new_new", "marketplace_id": US}],
    "child_parent_sku_relationship": [{"parent_sku": "FAMILY", "marketplace_id": US}],
}


@pytest.fixture
def unit(market: TestMarket) -> Iterator[UnitOfWork]:
    with market.market.write() as opened:
        yield opened


def made(unit: UnitOfWork, **more: Any) -> str:  # noqa: ANN401 - fields of NewCatalogItem
    said: dict[str, Any] = {"product_type": "MUG", "attributes": MUG, "marketplaces": (US,)}
    return create_item(unit, NewCatalogItem(**(said | more)))


def test_an_item_keeps_what_tells_of_the_product_and_is_found_by_its_number(unit: UnitOfWork) -> None:
    asin = made(unit)

    item = item_of(unit, asin)
    assert sorted(item.attributes) == ["brand", "externally_assigned_product_identifier", "item_name"]
    assert (item.brand, item.title(US), item.classification_id) == ("Harbor", "Mug", "9003100121")
    assert items_by_identifier(unit, Kind.EAN, "0012345600012", US) == [asin]
    assert items_by_identifier(unit, Kind.EAN, "0012345600012", CA) == []


def test_what_a_seller_says_fills_in_what_the_catalog_lacks_and_changes_nothing(unit: UnitOfWork) -> None:
    asin = made(unit)

    said: Attributes = {
        "item_name": [{"value": "Other"}, {"value": "Taza", "language_tag": "es_US"}],
        "brand": [{"value": "Other"}],
        "color": [{"value": "Blue"}],
    }
    contribute(unit, asin, US, said)

    item = item_of(unit, asin)
    assert [entry["value"] for entry in item.attributes["item_name"]] == ["Mug", "Taza"]
    assert item.attributes["color"] == [{"value": "Blue", "marketplace_id": US}]
    assert item.brand == "Harbor"
    assert len(item.attributes["brand"]) == 1
    contribute(unit, asin, US, said)
    assert item_of(unit, asin) == item


def test_an_item_comes_into_another_marketplace_with_what_is_said_there(unit: UnitOfWork) -> None:
    asin = made(unit)

    contribute(unit, asin, MX, {"item_name": [{"value": "Taza"}], "color": [{"value": "Azul"}]})

    item = item_of(unit, asin)
    assert item.marketplaces == (US, MX)
    assert (title_of(unit, asin, US), title_of(unit, asin, MX)) == ("Mug", "Taza")
    assert item.text("color", US) is None
    count_sale(unit, asin, MX, 1, unit.now)
    assert rank_of(unit, asin, MX) is not None


def test_a_parent_and_its_children_know_each_other(unit: UnitOfWork) -> None:
    parent, red, blue = made(unit), made(unit), made(unit)

    relate(unit, parent, red, "COLOR")
    relate(unit, parent, blue, "COLOR")

    assert children_of(unit, parent, US) == sorted([red, blue])
    assert children_of(unit, parent, CA) == []
    assert (item_of(unit, red).parent_asin, item_of(unit, red).variation_theme) == (parent, "COLOR")
    assert item_of(unit, parent).item_classification is ItemClassification.VARIATION_PARENT
    for above, below in ((parent, parent), (red, blue), (blue, parent)):
        with pytest.raises(InvalidItem):
            relate(unit, above, below, "COLOR")


def test_what_cannot_be_an_item_is_refused_and_nothing_comes_of_it(unit: UnitOfWork) -> None:
    wrong = MUG | {"externally_assigned_product_identifier": [{"type": "upc", "value": "012345600013"}]}
    for refusal, fields in (
        (InvalidIdentifier, {"attributes": wrong}),
        (InvalidItem, {"marketplaces": ()}),
        (InvalidItem, {"marketplaces": ("NOWHERE",)}),
        (InvalidItem, {"classification_id": "1"}),
    ):
        with pytest.raises(refusal), unit.attempt():
            made(unit, **fields)
    assert items_by_identifier(unit, Kind.UPC, "012345600012", US) == []


def test_others_hear_of_what_changed(market: TestMarket) -> None:
    with market.market.write() as unit:
        asin = made(unit)
        contribute(unit, asin, US, {"color": [{"value": "Blue"}]})
        set_product_type(unit, asin, "DRINKING_CUP")
        assert item_of(unit, asin).classification_id == "9003100187"

    changes = market.facts(CatalogItemChanged)
    assert [fact.attributes[-1] for fact in changes] == ["item_name", "color"]
    assert [(fact.previous, fact.current) for fact in market.facts(ItemProductTypeChanged)] == [("MUG", "DRINKING_CUP")]


def test_ranks_follow_sales_and_old_sales_fade(unit: UnitOfWork) -> None:
    first, second, third = made(unit), made(unit), made(unit)
    today = datetime(2026, 11, 2, tzinfo=UTC)

    count_sale(unit, first, US, 10, today - timedelta(days=90))
    count_sale(unit, second, US, 2, today)
    count_sale(unit, second, CA, 50, today)  # not there: no row, nothing counted

    ranks = {asin: rank_of(unit, asin, US) for asin in (first, second, third)}
    assert [rank and (rank.rank, rank.classification_rank) for rank in ranks.values()] == [(2, 2), (1, 1), None]
    assert rank_of(unit, second, CA) is None


def test_what_buyers_order_counts(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        asins = [made(unit), made(unit)]
    # The shelf's own goods have no place in the browse tree, so nothing of theirs is ranked.
    market.buys()
    with market.market.read() as unit:
        assert [rank_of(unit, asin, US) for asin in asins] == [None, None]
