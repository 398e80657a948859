"""Quantities by supply source: what a listing says of each is what lies there, and what it shows afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from shopkeeper import Shop, mug, stock

from sellingpartner.contract import supply_sources_2020_07_01 as supply
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.supply_sources_2020_07_01 import Address
from sellingpartner.market.events.listings import MerchantQuantityChanged
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.supply.questions import located
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.testing import TestMarket

SKU = "M/1"


class Located(Shop):
    """A shop with two sources, SHED and STORE."""

    def __init__(self, market: TestMarket) -> None:
        super().__init__(market)
        self.ids = [self.source(code, state) for code, state in (("SHED", "OR"), ("STORE", "NY"))]

    def source(self, code: str, state: str) -> str:
        address = Address(name=code, address_line1="1 Quay", state_or_region=state, country_code="US")
        made = self.seller.send(supply.CreateSupplySource(supply_source_code=code, alias=code, address=address))
        self.switch(made.supply_source_id, supply.SupplySourceStatus.ACTIVE)
        return made.supply_source_id

    def switch(self, source: str, status: supply.SupplySourceStatus) -> None:
        self.seller.send(supply.UpdateSupplySourceStatus(supply_source_id=source, status=status))

    def shown(self) -> dict[str, int | None]:
        """The quantities of the listing, which its attributes say as well."""
        item = self.get(SKU)
        found = {one.fulfillment_channel_code: one.quantity for one in item.fulfillment_availability or []}
        said = (item.attributes or {})["fulfillment_availability"]
        assert {one["fulfillment_channel_code"]: one["quantity"] for one in said} == found
        return found

    def pool(self) -> int:
        with self.market.market.read(self.seller.seller_id) as unit:
            return stock_of(unit, SKU, Place.SELLER).available


@pytest.fixture
def shop(market: TestMarket) -> Located:
    return Located(market)


def at(**quantities: object) -> list[Any]:
    return [{"fulfillment_channel_code": code, "quantity": quantity} for code, quantity in quantities.items()]


def test_a_listing_says_what_lies_where_and_shows_what_is_left_there(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=at(SHED=2, STORE=5)))
    assert (shop.shown(), shop.pool()) == ({"SHED": 2, "STORE": 5}, 7)

    order_id = shop.market.buys(SKU, 2)

    order = shop.seller.call("GET", f"/orders/v0/orders/{order_id}").json()["payload"]
    assert order["FulfillmentInstruction"]["FulfillmentSupplySourceId"] == shop.ids[0]
    assert shop.shown() == {"SHED": 0, "STORE": 5}
    told = [(fact.fulfillment_channel_code, fact.quantity) for fact in shop.market.facts(MerchantQuantityChanged)]
    assert told == [("SHED", 2), ("STORE", 5)]


def test_a_patch_of_one_source_leaves_the_others(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=at(SHED=2, STORE=5)))

    shop.patch(SKU, ("merge", "fulfillment_availability", at(STORE=1)))

    assert (shop.shown(), shop.pool()) == ({"SHED": 2, "STORE": 1}, 3)


@pytest.mark.parametrize("said", [{"lead_time_to_ship_max_days": 3}, {"restock_date": "2020-01-01"}])
def test_a_patch_that_says_no_quantity_leaves_what_orders_left(shop: Located, said: dict[str, object]) -> None:
    shop.listed(SKU, mug(fulfillment_availability=[*stock(4), *at(SHED=2)]))
    shop.market.buys(SKU, 5)

    shop.patch(SKU, ("merge", "fulfillment_availability", [{"fulfillment_channel_code": "DEFAULT", **said}]))

    assert shop.pool() == 1


def test_a_patch_of_one_channel_leaves_what_orders_left_in_the_others(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=[*stock(4), *at(SHED=2)]))
    shop.market.buys(SKU, 2)
    assert shop.shown() == {"DEFAULT": 4, "SHED": 0}

    shop.patch(SKU, ("replace", "fulfillment_availability", stock(3)))
    shop.patch(SKU, ("delete", "fulfillment_availability", [{"fulfillment_channel_code": "DEFAULT"}]))

    assert (shop.shown(), shop.pool()) == ({"SHED": 0}, 0)


def test_beside_sources_the_default_is_what_lies_at_none(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=[*stock(4), *at(SHED=2)]))

    assert (shop.shown(), shop.pool()) == ({"DEFAULT": 4, "SHED": 2}, 6)


def test_what_a_listing_does_not_name_of_sources_is_shown_as_the_default_and_set_as_such(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=[*stock(1), *at(SHED=2)]))
    with shop.market.market.write(shop.seller.seller_id) as unit:
        set_quantity(unit, shop.ids[1], SKU, 5)
    assert (shop.shown(), shop.pool()) == ({"DEFAULT": 6, "SHED": 2}, 8)

    shop.patch(SKU, ("merge", "fulfillment_availability", stock(4)))

    assert (shop.shown(), shop.pool()) == ({"DEFAULT": 4, "SHED": 2}, 6)
    with shop.market.market.read(shop.seller.seller_id) as unit:
        assert [(one.code, one.available) for one in located(unit, SKU)] == [("SHED", 2), ("STORE", 4)]


def test_a_listing_that_names_sources_alone_leaves_the_others_as_they_were(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=stock(9)))
    with shop.market.market.write(shop.seller.seller_id) as unit:
        set_quantity(unit, shop.ids[1], SKU, 5)

    shop.put(SKU, mug(fulfillment_availability=at(SHED=2)))

    assert shop.pool() == 7


def test_what_lies_at_a_source_that_is_off_cannot_be_bought(shop: Located) -> None:
    shop.listed(SKU, mug(fulfillment_availability=at(SHED=2)))
    assert "BUYABLE" in shop.status(SKU)

    shop.switch(shop.ids[0], supply.SupplySourceStatus.INACTIVE)
    assert "BUYABLE" not in shop.status(SKU)

    shop.switch(shop.ids[0], supply.SupplySourceStatus.ACTIVE)
    assert (shop.status(SKU), shop.pool()) == (["BUYABLE", "DISCOVERABLE"], 2)


@pytest.mark.parametrize("said", [at(CELLAR=1), at(SHED=1, CELLAR=1), at(SHED=-1), at(SHED=1, STORE="many")])
def test_a_source_that_is_not_there_or_a_quantity_that_cannot_be_is_refused(shop: Located, said: list[Any]) -> None:
    answer = shop.put(SKU, mug(fulfillment_availability=said))

    assert answer.status == "INVALID"
    assert ["fulfillment_availability"] in [issue.attribute_names for issue in answer.issues or []]
    assert shop.pool() == 0


def test_of_more_than_a_hundred_wrong_quantities_at_sources_a_hundred_are_told(shop: Located) -> None:
    answer = shop.put(SKU, mug(fulfillment_availability=at(SHED=-1) * 102))

    assert (answer.status, len(answer.issues or [])) == ("INVALID", 100)


def test_an_archived_source_holds_nothing_that_a_listing_says(shop: Located) -> None:
    shop.seller.send(supply.ArchiveSupplySource(supply_source_id=shop.ids[0]))

    assert shop.put(SKU, mug(fulfillment_availability=at(SHED=1))).status == "INVALID"


def test_a_code_of_amazons_is_no_sources(shop: Located) -> None:
    with pytest.raises(InvalidInput, match="meaning of their own"):
        shop.source("AMAZON_NA", "OR")
