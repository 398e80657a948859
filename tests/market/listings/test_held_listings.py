"""What a transaction holds it reads once, and reads as it stands: whatever happens to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest

from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_item
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import make_available, receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.commands import list_item, set_price
from sellingpartner.market.listings.model import NewListing, Record
from sellingpartner.market.listings.store import record_of, record_to_change
from sellingpartner.market.listings.submitting import hold
from sellingpartner.market.market import Market
from sellingpartner.market.offers.store import hold_offers, offer_with
from sellingpartner.storage.unit import UnitOfWork

US = "ATVPDKIKX0DER"
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SKUS = ("CUP", "MUG")


class Shop(msgspec.Struct, frozen=True):
    market: Market
    seller_id: str


class _Undone(Exception):
    pass


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    market = Market.open(database_url, at=NOON)
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", [US]).seller_id
        asin = add_item(unit, NewItem(product_type="DRINKING_CUP", title="Mug", brand="Northwind")).asin
    with market.write(seller_id) as unit:
        for sku in SKUS:
            list_item(unit, NewListing(sku=sku, marketplace_id=US, asin=asin, price=Money(1500, "USD")))
            receive(unit, sku, Place.SELLER, 5, reference="opening")
    yield Shop(market, seller_id)
    market.close()


def record(unit: UnitOfWork, sku: str = "MUG") -> Record:
    found = record_to_change(unit, sku, US)
    assert found is not None
    assert record_of(unit, sku, US) == found
    return found


def is_offered(unit: UnitOfWork, sku: str = "MUG") -> bool:
    offer = offer_with(unit, (unit.seller_id, sku, US))
    assert offer is not None
    return offer.is_available


def test_what_is_held_is_as_it_has_become(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        hold(unit, SKUS)
        hold_offers(unit, SKUS)
        assert (record(unit).is_buyable, is_offered(unit), stock_of(unit, "MUG", Place.SELLER).available) == (
            True,
            True,
            5,
        )

        make_available(unit, "MUG", Place.SELLER, 0, reference="sold elsewhere")
        set_price(unit, "MUG", US, Money(900, "USD"))

        assert (record(unit).is_buyable, is_offered(unit), stock_of(unit, "MUG", Place.SELLER).available) == (
            False,
            False,
            0,
        )
        assert record(unit).price == Money(900, "USD")
        assert record(unit, "CUP").is_buyable

        receive(unit, "MUG", Place.SELLER, 2, reference="delivery")
        within = (record(unit), is_offered(unit), stock_of(unit, "MUG", Place.SELLER))
    with shop.market.write(shop.seller_id) as unit:
        assert (record(unit), is_offered(unit), stock_of(unit, "MUG", Place.SELLER)) == within
        assert within[0].is_buyable


def test_what_an_attempt_did_is_forgotten_with_it(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        hold(unit, SKUS)
        hold_offers(unit, SKUS)
        before = (record(unit), is_offered(unit), stock_of(unit, "MUG", Place.SELLER))
        with pytest.raises(_Undone), unit.attempt():
            make_available(unit, "MUG", Place.SELLER, 0, reference="sold elsewhere")
            set_price(unit, "MUG", US, Money(900, "USD"))
            raise _Undone

        assert (record(unit), is_offered(unit), stock_of(unit, "MUG", Place.SELLER)) == before


def test_whoever_comes_meanwhile_waits_and_finds_what_was_left(shop: Shop) -> None:
    with ThreadPoolExecutor(1) as other:
        with shop.market.write(shop.seller_id) as unit:
            hold(unit, SKUS)
            sold = other.submit(_sells_two, shop)
            make_available(unit, "MUG", Place.SELLER, 9, reference="counted")
            assert not sold.done()
            assert stock_of(unit, "MUG", Place.SELLER).available == 9
        assert sold.result(timeout=30) == 7
    with shop.market.read(shop.seller_id) as unit:
        assert stock_of(unit, "MUG", Place.SELLER).available == 7


def _sells_two(shop: Shop) -> int:
    with shop.market.write(shop.seller_id) as unit:
        found = stock_of(unit, "MUG", Place.SELLER)
        make_available(unit, "CUP", Place.SELLER, found.available, reference="waits for it")
        make_available(unit, "MUG", Place.SELLER, stock_of(unit, "MUG", Place.SELLER).available - 2, reference="two")
        return stock_of(unit, "MUG", Place.SELLER).available
