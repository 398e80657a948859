from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.attributes import LANGUAGE, MARKETPLACE, Attributes, decode, encode, in_marketplace, text
from sellingpartner.market.catalog.identifiers import Kind, codes_of, normalized
from sellingpartner.market.catalog.model import Item, ItemClassification
from sellingpartner.market.catalog.questions import children_of, items_by_identifier, items_of, rank_of
from sellingpartner.market.catalog.tables import items
from sellingpartner.market.demo import MARKETPLACES as DEMO
from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.market.product_types.library import attributes as known
from sellingpartner.market.product_types.questions import Requirements, faults_of, product_type
from sellingpartner.market.simulation.product_lines import product_lines
from sellingpartner.market.simulation.products import Product, invent_catalog
from sellingpartner.market.simulation.products_described import attributes_of
from sellingpartner.market.simulation.products_words import languages, words_of

US, CA, MX, BR = DEMO
PRODUCTS = invent_catalog(7, 100, 3000)[1]
ONE_OF_EACH = {product.product_type: product for product in PRODUCTS}


def told_in(attributes: Attributes, marketplace_id: str) -> Attributes:
    """Attributes as a seller would put them there, each entry with its marketplace and language."""
    told: Attributes = {}
    for name, held in in_marketplace(attributes, marketplace_id).items():
        own = {MARKETPLACE: marketplace_id, LANGUAGE: MARKETPLACES[marketplace_id].language}
        told[name] = [entry | {key: own[key] for key in own if key in known()[name].fields} for entry in held]
    return told


@pytest.mark.parametrize("product", ONE_OF_EACH.values(), ids=list(ONE_OF_EACH))
@pytest.mark.parametrize("marketplace_id", [US, BR])
def test_products_say_what_their_type_asks_for(product: Product, marketplace_id: str) -> None:
    attributes = told_in(decode(encode(attributes_of(product, tuple(DEMO)))), marketplace_id)

    faults = faults_of(
        attributes,
        product_type=product.product_type,
        marketplace_id=marketplace_id,
        requirements=Requirements.PRODUCT_ONLY,
    )

    assert [fault.message for fault in faults] == []


def test_every_line_is_drawn_from_and_children_differ_by_a_theme_of_their_type() -> None:
    assert len(ONE_OF_EACH) == len(product_lines()) >= 25
    for line in product_lines():
        kind = product_type(line.product_type)
        assert kind is not None
        assert set(line.themes) <= set(kind.themes)


def test_books_have_an_isbn_that_no_publisher_has() -> None:
    book = ONE_OF_EACH["ABIS_BOOK"]

    assert normalized(Kind.ISBN, book.gtin) == "0" + book.gtin
    assert book.gtin.startswith("9795")
    assert codes_of(attributes_of(book, (US,))) == ["0" + book.gtin]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_a_word_for_all_that_titles_name(language: str) -> None:
    words = words_of(language).words
    for line in product_lines():
        if not line.is_book:
            assert {*line.nouns, *line.colors, *line.materials, *line.styles} <= words.keys(), line.product_type


def test_a_title_is_in_the_language_of_the_marketplace() -> None:
    mug = next(product for product in PRODUCTS if product.noun == "Coffee Mug")
    attributes = attributes_of(mug, tuple(DEMO))

    assert text(attributes, "item_name", US) == text(attributes, "item_name", CA) == mug.title
    assert str(text(attributes, "item_name", MX)).startswith(f"Taza de café {mug.brand}")
    assert str(text(attributes, "item_name", BR)).startswith(f"Caneca de café {mug.brand}")
    assert attributes_of(mug, (US, CA))["item_name"] == [{"value": mug.title}]


def test_the_catalog_of_a_demo_world_has_families_ranks_and_what_others_make() -> None:
    market = Market.open(at=datetime(2026, 11, 23, 18, tzinfo=UTC), seed=7)
    build_demo_world(market, skus=40, orders=10)

    with market.read() as unit:
        found = items_of(unit, [row.asin for row in unit.execute(items.select().with_only_columns(items.c.asin))])
        parents = [one for one in found.values() if one.item_classification is ItemClassification.VARIATION_PARENT]
        child = next(one for one in found.values() if one.parent_asin is not None and one.is_in(US))
        rank = rank_of(unit, child.asin, US)
        siblings = children_of(unit, str(child.parent_asin), US)
        (code, *_) = codes_of(child.attributes)
        known_by = items_by_identifier(unit, Kind.GTIN, code, US)
    market.close()

    assert len(found) == 401  # ten for each SKU, and what the shop puts together at home
    assert any(is_supplied(one) for one in found.values())
    assert len(parents) > 5
    assert child.asin in siblings
    assert known_by == [child.asin]
    assert rank is not None
    assert found[str(child.parent_asin)].variation_theme == child.variation_theme
    assert (child.item_dimensions(US) or 0) != (child.package_dimensions(US) or 0)
    assert child.list_price(BY_COUNTRY["US"].marketplace_id, "USD") is not None


def is_supplied(item: Item) -> bool:
    return item.vendor is not None and item.vendor.product_category is not None
