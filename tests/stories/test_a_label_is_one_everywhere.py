from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from postage import buys, ordered, sold_elsewhere, tracked, tracking_of
from shipper import buys_label, given_back, items_of, parcel, shown

from sellingpartner.contract import finances_2024_06_19 as finances
from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import TestMarket


def charged(market: TestMarket) -> list[tuple[str | None, Decimal | None]]:
    """What was posted for labels, as the seller reads it: the kind of the transaction, and its amount."""
    asked = finances.ListTransactions(posted_after=market.now - timedelta(days=80))
    found = market.seller.send(asked).payload.transactions or []
    return [
        (one.transaction_type, None if one.total_amount is None else one.total_amount.currency_amount)
        for one in found
        if one.transaction_type not in {"Shipment", "Transfer"}
    ]


def test_a_label_of_merchant_fulfillment_is_followed_and_given_back_by_shipping(market: TestMarket) -> None:
    order_id = market.buys()
    market.advance(minutes=1)
    bought = buys_label(market, parcel(order_id, items_of(market.seller, order_id)))
    number = bought.tracking_id or ""
    assert tracked(market.seller, number, "UPS").summary.status == "PreTransit"

    market.seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))

    assert tracked(market.seller, number, "UPS").summary.status == "PickupCancelled"
    assert shown(market, bought.shipment_id).status == "RefundPending"
    market.advance(days=20)
    assert shown(market, bought.shipment_id).status == "RefundApplied"


def test_units_whose_label_was_given_back_get_another_by_either_api(market: TestMarket) -> None:
    said = ordered(market)
    order_id = said["channelDetails"]["amazonOrderDetails"]["orderId"]
    first = buys(market.seller, said)
    market.seller.send(v2.CancelShipment(shipment_id=first.shipment_id))

    second = buys_label(market, parcel(order_id, items_again(said)))
    with pytest.raises(InvalidInput):
        buys(market.seller, said)
    given_back(market, second.shipment_id)
    buys(market.seller, said)

    assert len(market.facts(OrderShipped)) == 1
    assert len(market.facts(LabelBought)) == 3


def items_again(said: dict[str, object]) -> list[dict[str, object]]:
    """The units of a parcel of v2, as Merchant Fulfillment is told of them."""
    packages = said["packages"]
    assert isinstance(packages, list)
    return [{"OrderItemId": item["itemIdentifier"], "Quantity": item["quantity"]} for item in packages[0]["items"]]


def test_what_a_label_costs_and_what_comes_back_stands_in_the_books(market: TestMarket) -> None:
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    cost = Decimal(market.facts(LabelBought)[0].cost_minor) / 100
    market.advance(hours=1)
    before = charged(market)

    market.seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))
    market.advance(days=10)

    assert [amount for _, amount in before] == [-cost]
    assert sum((amount or Decimal(0) for _, amount in charged(market)), Decimal(0)) == 0


def test_a_seller_who_confirms_by_hand_ships_by_the_number_of_the_label(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        save_settings(unit, Settings(confirms_orders=False))

    bought = buys(market.seller, ordered(market))

    assert market.facts(OrderShipped) == []
    market.advance(days=14)
    assert tracked(market.seller, tracking_of(bought), "UPS").summary.status == "Delivered"
