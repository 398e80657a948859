"""A service at home is ordered where one of its stores serves: nobody else gets a job, whoever orders it."""

from __future__ import annotations

import msgspec
import pytest
from serviceman import MOUNTING, STORE, Serviceman

from sellingpartner.market.appointments.model import ResourceKind
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.services.model import Location
from sellingpartner.testing import TestMarket
from sellingpartner.testing.buying import ADDRESS

BOSTON = msgspec.structs.replace(ADDRESS, city="Boston", state_or_region="MA", postal_code="02108")


def serving(market: TestMarket, *states: str, location: Location = Location.IN_HOME) -> Serviceman:
    seller = Serviceman(market, location=location)
    seller.has(STORE, kind=ResourceKind.STORE, name="Portland", states=states)
    return seller


def test_who_lives_where_no_store_serves_cannot_order_it(market: TestMarket) -> None:
    serving(market, "OR", "WA").ordered()

    with pytest.raises(NotBuyable, match="homes in OR, WA; this buyer lives in MA"):
        market.buys(MOUNTING, address=BOSTON)

    assert [len(market.facts(one)) for one in ("OrderPlaced", "JobOffered")] == [1, 1]


def test_the_store_that_serves_the_state_has_the_job(market: TestMarket) -> None:
    seller = serving(market, "OR", "WA")
    seller.has("STOREBOSTON", kind=ResourceKind.STORE, name="Boston", states=("ma",))
    seller.offers(MOUNTING, store_ids=(STORE, "STOREBOSTON"))

    market.buys(MOUNTING, address=BOSTON)

    assert [one.store_id for one in market.facts("JobOffered")] == ["STOREBOSTON"]  # type: ignore[attr-defined] # its own


@pytest.mark.parametrize("location", [Location.IN_STORE, Location.ONLINE])
def test_what_is_not_done_at_home_is_ordered_from_anywhere(market: TestMarket, location: Location) -> None:
    serving(market, "OR", location=location)

    market.buys(MOUNTING, address=BOSTON)

    assert len(market.facts("JobOffered")) == 1


def test_a_buyer_of_a_test_lives_where_the_store_serves_unless_an_address_is_said(market: TestMarket) -> None:
    serving(market, "MA")

    order_id = market.buys(MOUNTING)

    with market.market.read(market.seller.seller_id) as unit:
        assert order_of(unit, order_id).address.state_or_region == "MA"
