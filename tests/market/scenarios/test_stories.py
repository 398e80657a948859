"""What each ready scenario is for, as a program of a seller meets it: through the public client."""

from __future__ import annotations

from collections import Counter

import httpx2
import pytest

from sellingpartner import SellingPartner
from sellingpartner.contract.errors import AuthorizationRevoked, SellingPartnerError
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem, GetListingsItemIncludedData
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_v0 import Order
from sellingpartner.market.scenarios.reading import names
from sellingpartner.testing import Shop, TestMarket
from sellingpartner.testing.transport import MARKET_URL, InProcess

PATIENCE = 3


def market_of(name: str) -> TestMarket:
    return TestMarket(scenario=name)


def orders_of(client: SellingPartner, *countries: str, invoices: list[str] | None = None) -> list[Order]:
    """All orders of a seller, of whatever many pages."""
    ids = [BY_COUNTRY[country].marketplace_id for country in countries]
    return list(
        client.orders_v0.get_orders.items(
            marketplace_ids=ids, created_after="2026-01-01T00:00:00Z", electronic_invoice_statuses=invoices
        )
    )


def statuses(orders: list[Order]) -> Counter[str]:
    return Counter(str(order.order_status) for order in orders)


def test_every_ready_scenario_has_a_story() -> None:
    told = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}

    assert {name for name in names() if not any(story.startswith(name) for story in told)} == set()
    assert len(names()) == 10


def test_new_seller_begins_without_an_order() -> None:
    with market_of("new-seller") as market, market.seller.client() as client:
        assert orders_of(client, "US") == []
        order_id = market.seller.buys("MUG-1")
        market.advance(minutes=10)
        assert [order.amazon_order_id for order in orders_of(client, "US")] == [order_id]


def test_busy_seller_has_two_weeks_behind_and_work_for_today() -> None:
    with market_of("busy-seller") as market, market.seller.client() as client:
        found = statuses(orders_of(client, "US", "CA"))

        assert found["Pending"] == 3
        assert found["Unshipped"] >= 15
        assert sum(found.values()) == 103


def test_out_of_stock_refuses_buyers() -> None:
    with market_of("out-of-stock") as market:
        assert (market.seller.stock("GONE"), market.seller.stock("LAST-ONE")) == (0, 1)
        market.seller.buys("LAST-ONE")
        with pytest.raises(SellingPartnerError, match="LAST-ONE"):
            market.seller.buys("LAST-ONE")


def test_pan_eu_sells_in_five_countries_out_of_amazons_warehouses() -> None:
    with market_of("pan-eu") as market, market.seller.client() as client:
        places = client.sellers.get_marketplace_participations().payload
        found = orders_of(client, "DE", "FR", "PL")

        assert {one.marketplace.country_code for one in places} == {"DE", "FR", "IT", "ES", "PL"}
        assert Counter(order.marketplace_id for order in found) == {
            BY_COUNTRY["DE"].marketplace_id: 6,
            BY_COUNTRY["FR"].marketplace_id: 4,
            BY_COUNTRY["PL"].marketplace_id: 3,
        }
        assert {order.fulfillment_channel for order in found} == {"AFN"}


def test_revoked_grant_lets_nobody_in() -> None:
    with market_of("revoked-grant") as market, market.seller.client(retries=0) as client:
        assert market.seller.access.refresh_token == "Atzr|scenario-revoked-grant"
        with pytest.raises(AuthorizationRevoked):
            client.sellers.get_marketplace_participations()


def test_brazil_invoices_are_missing_and_orders_wait_for_their_confirmation() -> None:
    with market_of("brazil-invoices") as market, market.seller.client() as client:
        found = orders_of(client, "BR")
        business = [order for order in found if order.is_business_order]

        assert statuses(found) == {"InvoiceUnconfirmed": 4, "Shipped": 8, "Unshipped": 8}
        assert {str(order.electronic_invoice_status) for order in found} == {"NotFound"}
        assert statuses(orders_of(client, "BR", invoices=["NotFound"])) == statuses(found)
        assert statuses(orders_of(client, "BR", invoices=["Accepted"])) == {}
        assert len(business) == 3
        with_buyers = market.restricted("/orders/v0/orders", "buyerInfo")
        buyer = with_buyers.call(
            "GET",
            f"/orders/v0/orders?MarketplaceIds={BY_COUNTRY['BR'].marketplace_id}&CreatedAfter=2026-01-01T00:00:00Z",
        ).json()
        taxes = [
            order["BuyerInfo"]["BuyerTaxInfo"]["TaxClassifications"][0]["Name"]
            for order in buyer["payload"]["Orders"]
            if order["AmazonOrderId"] in {one.amazon_order_id for one in business}
        ]
        assert taxes == ["CNPJ"] * 3


def test_business_seller_sells_cases_at_business_prices() -> None:
    with market_of("business-seller") as market, market.seller.client() as client:
        found = orders_of(client, "DE", "FR")
        business = [order for order in found if order.is_business_order]
        items = client.orders_v0.get_order_items(order_id=business[0].amazon_order_id).payload.order_items

        assert (len(found), len(business)) == (39, 34)
        assert items[0].price_designation == "BusinessPrice"
        assert sum("Invoice" in (order.payment_method_details or []) for order in business) == 4


def test_suspended_listings_cannot_be_bought_and_what_was_ordered_can_be_shipped() -> None:
    with market_of("suspended-listings") as market, market.seller.client() as client:
        places = {one.marketplace.country_code: one for one in client.sellers.get_marketplace_participations().payload}

        assert places["CA"].participation.has_suspended_listings
        assert not places["US"].participation.has_suspended_listings
        for sku in ("BAD-PICTURE", "RESTRICTED"):
            item = market.seller.send(
                GetListingsItem(
                    seller_id=market.seller.seller_id,
                    sku=sku,
                    marketplace_ids=[market.seller.marketplace_id],
                    included_data=[GetListingsItemIncludedData.SUMMARIES, GetListingsItemIncludedData.ISSUES],
                )
            )
            assert item.issues
            assert "BUYABLE" not in {str(one) for one in (item.summaries or [])[0].status}
            with pytest.raises(SellingPartnerError):
                market.seller.buys(sku)
        assert statuses(orders_of(client, "US", "CA")) == {"Unshipped": 5}
        with pytest.raises(SellingPartnerError):
            market.seller.buys("FINE", marketplace_id=BY_COUNTRY["CA"].marketplace_id)
        market.seller.buys("FINE")


def test_returns_wave_comes_back_in_every_state() -> None:
    with market_of("returns-wave") as market, market.seller.client() as client:
        asked, sent = market.facts("ReturnAsked"), market.facts("ReturnOnItsWay")
        received, refunded = market.facts("ReturnReceived"), market.facts("RefundIssued")

        assert (len(asked), len(sent), len(received)) == (24, 21, 17)
        assert len(refunded) >= 14
        assert statuses(orders_of(client, "US")) == {"Shipped": 40}
        assert {fact.condition for fact in received} == {"DEFECTIVE", "CARRIER_DAMAGED", "SELLABLE"}  # type: ignore[attr-defined] # its own
        market.advance(days=5)
        assert len(market.facts("RefundIssued")) >= 17


def test_prime_day_is_sold_out_and_hard_to_ask() -> None:
    with market_of("prime-day") as market:
        shop: Shop = market.seller
        page = f"/orders/v0/orders?MarketplaceIds={shop.marketplace_id}&CreatedAfter=2026-01-01T00:00:00Z"

        assert (shop.stock("DEAL"), shop.stock("DEAL-LAMP")) == (0, 5)
        assert len(market.facts("OrderPlaced")) == 420
        with httpx2.Client(transport=InProcess(market.server), base_url=MARKET_URL, timeout=60) as patient:
            shown = {"x-amz-access-token": str(shop.token)}
            answers = Counter(
                patient.get(page, headers=shown).status_code for _ in range(30)
            )  # late, but waits for none
        assert answers[200] > 0
        assert answers[429] > 0
        market.faults.clear()
        market.advance(hours=1)
        assert shop.call("GET", page).status == 200


def test_amazons_warehouse_tells_what_is_left_of_a_scenario() -> None:
    with market_of("prime-day") as market:
        market.faults.clear()
        market.advance(minutes=5)
        asked = GetInventorySummaries(
            granularity_type=GranularityType.MARKETPLACE,
            granularity_id=market.seller.marketplace_id,
            marketplace_ids=[market.seller.marketplace_id],
            details=True,
        )
        (lamp,) = market.seller.send(asked).payload.inventory_summaries

        assert lamp.seller_sku == "DEAL-LAMP"
        assert lamp.inventory_details is not None
        assert lamp.inventory_details.fulfillable_quantity == 5
