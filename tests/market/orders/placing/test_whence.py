"""Where what Amazon ships leaves from: its tax, its reports and the ledger of stock name one country and one center."""

from __future__ import annotations

from stock_keeper import unquoted
from stock_taker import faults_of_stock

from sellingpartner.market.inventory.commands import move
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

BERLIN = Address(name="Ada", line_1="1 Allee", city="Berlin", postal_code="10115", country_code="DE")
SHIPMENTS, VAT = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL", "SC_VAT_TAX_REPORT"


def sold(market: TestMarket, *centers: str) -> tuple[str | None, str | None]:
    """From which country an order to Berlin is to leave when it is placed, and which center it left, as all agree."""
    market.lists("VASE", cents=2000, stock=0, fulfillment_channel=FulfillmentChannel.AFN)
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        for code in centers:
            to = Spot(Condition.SELLABLE, code)
            move(unit, "VASE", 5, from_=None, to=to, reason=Reason.RECEIVED, reference="delivery")
    order_id = market.buys("VASE", address=BERLIN)
    with market.market.read(seller_id) as unit:
        from_country = order_of(unit, order_id).from_country
    market.advance(days=3)

    with market.market.read(seller_id) as unit:
        assert faults_of_stock(unit) == []
        (package,) = order_of(unit, order_id).packages
    ledger = [one for one in unquoted(market.report("GET_LEDGER_DETAIL_VIEW_DATA")) if one["Event Type"] == "Shipments"]
    assert [one["Fulfillment Center"] for one in ledger] == [package.center]
    assert [row["fulfillment-center-id"] for row in market.report(SHIPMENTS).rows] == [package.center]
    assert {row["Ship From Country"] for row in market.report(VAT).rows} == {ledger[0]["Country"]}
    return from_country, package.center


def test_it_leaves_the_shops_country_if_units_lie_there() -> None:
    with TestMarket(marketplaces=["DE", "GB"]) as market:
        assert sold(market, "BHX4", "DTM2", "LEJ1") == (None, "LEJ1")


def test_else_it_leaves_the_nearest_country_in_which_some_lie() -> None:
    with TestMarket(marketplaces=["DE", "GB"]) as market:
        assert sold(market, "BHX4", "MAD4") == ("GB", "BHX4")
