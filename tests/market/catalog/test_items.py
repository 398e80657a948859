from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.asins import asin_of
from sellingpartner.market.catalog.commands import add_item, add_items
from sellingpartner.market.catalog.identifiers import Kind
from sellingpartner.market.catalog.model import Item, NewItem
from sellingpartner.market.catalog.questions import item_of, items_by_identifier, items_of, title_of
from sellingpartner.market.market import Market

MUG = NewItem(product_type="DRINKING_CUP", title="Blue mug", brand="Northwind")
US = "ATVPDKIKX0DER"
BOX = {
    "length": {"unit": "millimeters", "value": 120},
    "width": {"unit": "millimeters", "value": 85},
    "height": {"unit": "millimeters", "value": 95},
}
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def market() -> Iterator[Market]:
    opened = Market.open(at=NOON)
    yield opened
    opened.close()


def test_an_item_is_found_under_its_asin_as_it_was_described(market: Market) -> None:
    described = NewItem(
        product_type="DRINKING_CUP",
        title="Kaffeebecher „Blau“",
        brand="Northwind",
        bullet_points=("Holds 350 ml", "Dishwasher safe"),
        description="A mug.",
        color="Blue",
        size="350 ml",
        material="Ceramic",
        browse_node_id="9003100121",
        gtin="00012345600012",
        weight_grams=410,
        length_mm=120,
        width_mm=85,
        height_mm=95,
        list_price=Money(1999, "USD"),
        variation_theme="COLOR",
        sales_rank=812,
    )

    with market.write() as unit:
        added = add_item(unit, described)

    with market.read() as unit:
        assert item_of(unit, added.asin) == added
        assert title_of(unit, added.asin, US) == described.title
        assert items_by_identifier(unit, Kind.UPC, "012345600012", US) == [added.asin]
    assert added.attributes == {
        "item_name": [{"value": described.title}],
        "brand": [{"value": "Northwind"}],
        "bullet_point": [{"value": "Holds 350 ml"}, {"value": "Dishwasher safe"}],
        "product_description": [{"value": "A mug."}],
        "color": [{"value": "Blue"}],
        "size": [{"value": "350 ml"}],
        "material": [{"value": "Ceramic"}],
        "externally_assigned_product_identifier": [{"type": "gtin", "value": "00012345600012"}],
        "list_price": [{"currency": "USD", "value": Decimal("19.99"), "marketplace_id": US}],
        "item_dimensions": [BOX],
        "item_package_dimensions": [BOX],
        "item_weight": [{"unit": "grams", "value": 410}],
        "item_package_weight": [{"unit": "grams", "value": 410}],
    }
    assert (added.classification_id, added.variation_theme) == ("9003100121", "COLOR")


def test_an_asin_that_nobody_added_is_not_found(market: Market) -> None:
    with market.read() as unit, pytest.raises(NotFound, match=r"The catalog has no item B000000000\."):
        item_of(unit, "B000000000")


def test_many_items_are_added_in_order_and_found_together(market: Market) -> None:
    with market.write() as unit:
        cups = [NewItem(product_type="CUP", title=f"Cup {n}", brand="B", marketplaces=(US,)) for n in range(2500)]
        asins = add_items(unit, cups)

    with market.read() as unit:
        found = items_of(unit, [*asins, "B000000000"])
    assert [found[asin].title(US) for asin in asins] == [f"Cup {n}" for n in range(2500)]
    assert len(found) == 2500


def test_nothing_added_is_nothing_changed(market: Market) -> None:
    with market.write() as unit:
        assert add_items(unit, []) == []
        assert items_of(unit, []) == {}


def test_items_that_different_sellers_bring_share_one_numbering(market: Market) -> None:
    with market.write() as unit:
        sellers = [join_seller(unit, name, ["ATVPDKIKX0DER"]).seller_id for name in ("Ada", "Bo")]

    added: list[Item] = []
    for seller_id in sellers:
        with market.write(seller_id) as unit:
            added.append(add_item(unit, MUG))

    assert [item.asin for item in added] == [asin_of(1, 1), asin_of(1, 2)]
    with market.read(sellers[0]) as unit:
        assert item_of(unit, added[1].asin) == added[1]


def test_an_asin_is_ten_characters_of_which_the_first_are_b0() -> None:
    asins = [asin_of(7, number) for number in range(50_000)]

    assert len(set(asins)) == 50_000
    assert {len(asin) for asin in asins} == {10}
    assert {asin[:2] for asin in asins} == {"B0"}
    assert all(asin.isascii() and asin.isalnum() and asin == asin.upper() for asin in asins)


def test_another_seed_gives_other_asins() -> None:
    assert asin_of(1, 1) == asin_of(1, 1)
    assert asin_of(1, 1) != asin_of(2, 1)
