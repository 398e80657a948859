from __future__ import annotations

from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem
from sellingpartner.contract.orders_v0 import ConfirmShipment, ConfirmShipmentOrderItem, GetOrderItems, PackageDetail
from sellingpartner.contract.product_pricing_v0 import GetItemOffers, ItemCondition
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.storage.events import events
from sellingpartner.testing import Caller, TestMarket

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"


def test_a_seller_joins_in_marketplaces_of_one_region(operator: Caller) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US, CA]))

    assert (made.name, made.region, sorted(made.marketplace_ids)) == ("Lakeside", "NA", sorted([US, CA]))
    assert {one.name for one in operator.send(v1.ListSellers()).sellers} == {"Harbor Goods", "Lakeside"}


def test_a_seller_joins_with_an_application_that_it_has_let_in(operator: Caller, market: TestMarket) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US], with_application=True))

    assert made.credentials is not None
    (grant,) = operator.send(v1.ListGrants(seller_id=made.seller_id)).grants
    assert grant.application_id == made.credentials.application_id
    form = {
        "grant_type": "refresh_token",
        "refresh_token": made.credentials.refresh_token,
        "client_id": made.credentials.client_id,
        "client_secret": made.credentials.client_secret,
    }
    assert market.anybody().call("POST", "/auth/o2/token", body=urlencode(form).encode()).status == 200
    with market.market.read() as unit:
        told = {(row.kind, row.seller_id) for row in unit.execute(select(events.c.kind, events.c.seller_id))}
    assert {("SellerJoined", ""), ("GrantGiven", made.seller_id)} <= told


@pytest.mark.parametrize(
    ("marketplace_ids", "why"),
    [([US, DE], "is in one region"), (["NOWHERE"], "NOWHERE"), ([], "marketplaceIds")],
)
def test_a_seller_that_cannot_be_does_not_join(operator: Caller, marketplace_ids: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=marketplace_ids))

    assert [one.name for one in operator.send(v1.ListSellers()).sellers] == ["Harbor Goods"]


def test_of_a_deactivated_account_nothing_is_for_sale_and_what_was_ordered_still_ships(
    market: TestMarket, operator: Caller
) -> None:
    market.subscribe("ACCOUNT_STATUS_CHANGED")
    mine = market.seller_account.seller_id
    ordered = market.buys("MUG-BLUE")
    operator.send(v1.SetAccountStatus(seller_id=mine, status=v1.AccountStatus.DEACTIVATED))
    market.lists("MUG-GREEN")

    for sku in ("MUG-BLUE", "MUG-GREEN"):
        assert shown(market, sku) == []
        with pytest.raises(InvalidInput, match="The selling account is deactivated in this marketplace"):
            operator.send(v1.PlaceOrder(lines=[v1.OrderLine(sku=sku)]))
    market.competes(1400)
    offers = market.seller.send(
        GetItemOffers(asin=asin_of(market), marketplace_id=US, item_condition=ItemCondition.NEW)
    )
    assert [one.seller_id == mine for one in offers.payload.offers] == [False]
    item = market.seller.send(GetOrderItems(order_id=ordered)).payload.order_items[0]
    package = PackageDetail(
        package_reference_id="1",
        carrier_code="UPS",
        tracking_number="1Z999",
        ship_date=market.now,
        order_items=[ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=1)],
    )
    market.seller.send(ConfirmShipment(order_id=ordered, marketplace_id=US, package_detail=package))

    operator.send(v1.SetAccountStatus(seller_id=mine, status=v1.AccountStatus.NORMAL))

    assert (shown(market, "MUG-BLUE"), shown(market, "MUG-GREEN")) == (["BUYABLE", "DISCOVERABLE"],) * 2
    assert operator.send(v1.PlaceOrder(lines=[v1.OrderLine(sku="MUG-GREEN")])).status == "Unshipped"
    assert [one.payload.current_account_status for one in market.notifications("ACCOUNT_STATUS_CHANGED")] == [
        "DEACTIVATED",
        "NORMAL",
    ]


def shown(market: TestMarket, sku: str) -> list[str]:
    asked = GetListingsItem(seller_id=market.seller.seller_id, sku=sku, marketplace_ids=[US])
    (summary,) = market.seller.send(asked).summaries or []
    return sorted(one.value for one in summary.status)


def asin_of(market: TestMarket) -> str:
    with market.market.read(market.seller.seller_id) as unit:
        return listing_of(unit, "MUG-BLUE", US).asin
