from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.catalog.commands import contribute, create_items, set_product_type
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.catalog.questions import Page, Query, asins_of, numbers_of, search
from sellingpartner.market.catalog.ranks import count_featured, count_sale
from sellingpartner.market.catalog.words import words_in
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork

US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"


@pytest.fixture
def unit(database_url: str) -> Iterator[UnitOfWork]:
    market = Market.open(database_url)
    with market.write() as opened:
        yield opened
    market.close()


def item(title: str, brand: str = "Harbor", kind: str = "MUG", places: tuple[str, ...] = (US,)) -> NewCatalogItem:
    return NewCatalogItem(
        product_type=kind,
        attributes={"item_name": [{"value": title}], "brand": [{"value": brand}]},
        marketplaces=places,
    )


def searched(unit: UnitOfWork, *keywords: str, **more: Any) -> Page:  # noqa: ANN401 - fields of Query
    return search(unit, Query(marketplace_id=US, keywords=keywords, **more))


def found(unit: UnitOfWork, *keywords: str, **more: Any) -> list[str]:  # noqa: ANN401 - fields of Query
    page = searched(unit, *keywords, **more)
    asins = asins_of(unit, page.numbers)
    return [asins[number] for number in page.numbers]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Blue MUGS, 350 ml", ["blue", "mug", "350", "ml"]),
        ("Brötchen für Élodie", ["brotchen", "fur", "elodie"]),
        ("boxes glasses berries bus glass", ["box", "glass", "berry", "bus", "glass"]),
        ("", []),
        ("--- ' \" AND", ["and"]),
    ],
)
def test_words_lose_case_accents_and_plurals(text: str, words: list[str]) -> None:
    assert list(words_in(text)) == words


@given(st.text(max_size=40))
def test_words_are_plain_whatever_is_written(text: str) -> None:
    for word in words_in(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()


def test_items_are_found_by_every_word_of_theirs_together(unit: UnitOfWork) -> None:
    mug, cup, tea, _ = create_items(
        unit,
        [
            item("Blue stoneware mug"),
            item("Blue cup", kind="DRINKING_CUP"),
            item("コーヒーカップ", brand="港"),
            item("Blue mug in Canada", places=(CA,)),
        ],
    )

    assert found(unit, "blue") == [mug, cup]
    assert found(unit, "BLUE", "mugs") == [mug]
    assert found(unit, "harbor tumblers") == [cup]  # a brand, and a place in the browse tree
    assert found(unit, "ヒーカ") == [tea]
    assert found(unit, "blue teapot") == []
    assert found(unit, "...") == []
    assert found(unit, "blue", brands=("harbor",), classification_ids=("9003100187",)) == [cup]
    assert found(unit, "blue", brands=("har", "")) == []
    assert found(unit, "blue", brands=("x" * 3_000,)) == []
    assert found(unit, "blue", classification_ids=("x" * 3_000,)) == []  # longer than PostgreSQL lets a word be
    assert found(unit, "blue", brands=("Other", "HARBOR")) == [mug, cup]
    assert numbers_of(unit, [cup, "B000000000", mug]) == [2, 1]


def test_titles_count_first_and_then_what_sells(unit: UnitOfWork) -> None:
    by_kind, plain, best = create_items(unit, [item("Stoneware vessel"), item("Plain mug"), item("Best mug")])
    count_sale(unit, best, US, 2, unit.now)
    count_sale(unit, by_kind, US, 9, unit.now)

    assert found(unit, "mug") == [best, plain, by_kind]


def test_what_buyers_can_order_comes_before_what_sold_better(unit: UnitOfWork) -> None:
    by_kind, best, offered = create_items(unit, [item("Stoneware vessel"), item("Best mug"), item("Plain mug")])
    count_sale(unit, best, US, 9, unit.now)
    count_featured(unit, by_kind, US, 1)
    count_featured(unit, offered, US, 2)  # new and used

    assert found(unit, "mug") == [offered, best, by_kind]

    count_featured(unit, offered, US, -1)
    assert found(unit, "mug") == [offered, best, by_kind]

    count_featured(unit, offered, US, -1)
    assert found(unit, "mug") == [best, offered, by_kind]


def test_what_is_found_can_be_narrowed_by_brand_and_place(unit: UnitOfWork) -> None:
    create_items(unit, [item("Mug", brand="Harbor"), item("Mug", brand="Pine"), item("Mug", "Pine", "DRINKING_CUP")])

    page = searched(unit, "mug")

    assert page.total == 3
    assert page.brands == (("Pine", 2), ("Harbor", 1))
    assert page.classifications == (("9003100121", 2), ("9003100187", 1))


def test_an_item_is_found_by_what_it_says_since_it_changed(unit: UnitOfWork) -> None:
    (asin,) = create_items(unit, [item("Mug")])

    contribute(unit, asin, US, {"bullet_point": [{"value": "Holds a whole quart"}]})
    set_product_type(unit, asin, "TEA")

    assert found(unit, "quart") == [asin]
    assert found(unit, "beverages", classification_ids=("9003300128",)) == [asin]
    assert searched(unit, "quart").classifications == (("9003300128", 1),)


def test_a_thousand_can_be_reached_and_the_rest_is_estimated(unit: UnitOfWork) -> None:
    create_items(unit, [item(f"Mug {number}") for number in range(2500)])

    page = searched(unit, "mug")

    assert len(page.numbers) == 1000
    assert page.total == 2500
