from __future__ import annotations

import pytest
from modeled import check_form

from sellingpartner.contract import solicitations_v1 as v1
from sellingpartner.contract.errors import Unauthorized
from sellingpartner.market.events.messaging import SolicitationSent
from sellingpartner.market.orders.commands import deliver, ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

OUTSIDE = "outside the 5-30 day range after the order delivery date"


def delivered(market: TestMarket) -> str:
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = order_of(unit, order_id).unshipped_quantities()
        ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="UPS"))
        deliver(unit, order_id)
    return order_id


def ask(market: TestMarket, order_id: str) -> None:
    market.seller.send(
        v1.CreateProductReviewAndSellerFeedbackSolicitation(amazon_order_id=order_id, marketplace_ids=[US])
    )


def actions(market: TestMarket, order_id: str) -> list[str]:
    answer = market.seller.call("GET", f"/solicitations/v1/orders/{order_id}?marketplaceIds={US}").json()
    check_form(answer, "solicitations.json", "GetSolicitationActionsForOrderResponse")
    assert len(answer["_embedded"]["actions"]) == len(answer["_links"]["actions"])
    return [one["href"] for one in answer["_links"]["actions"]]


def test_a_buyer_is_asked_once(market: TestMarket) -> None:
    order_id = delivered(market)
    market.advance(days=5)
    (link,) = actions(market, order_id)

    assert (market.seller.call("POST", link).status, market.seller.call("POST", link).status) == (201, 403)

    assert actions(market, order_id) == []
    with pytest.raises(Unauthorized, match=r"The requested solicitation is not available for this amazonOrderId\."):
        ask(market, order_id)
    assert [fact.order_id for fact in market.facts(SolicitationSent)] == [order_id]


@pytest.mark.parametrize(("days", "is_in_time"), [(4.9, False), (5, True), (30, True), (30.1, False)])
def test_a_buyer_is_asked_from_five_to_thirty_days_after_delivery(
    market: TestMarket,
    days: float,
    is_in_time: bool,  # noqa: FBT001
) -> None:
    order_id = delivered(market)
    market.advance(days=days)

    assert bool(actions(market, order_id)) == is_in_time
    if not is_in_time:
        with pytest.raises(Unauthorized, match=OUTSIDE):
            ask(market, order_id)


def test_nobody_is_asked_about_what_has_not_arrived(market: TestMarket) -> None:
    order_id = market.buys()
    market.advance(days=6)

    with pytest.raises(Unauthorized, match=OUTSIDE):
        ask(market, order_id)
    assert actions(market, order_id) == []
