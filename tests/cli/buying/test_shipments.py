"""Labels and parcels by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from postage import buys, sold_elsewhere, tracked, tracking_of
from shipper import ONE_SHIPMENT, buys_label, items_of, offers, parcel

from sellingpartner.contract.merchant_fulfillment_v0 import CancelShipment
from sellingpartner.contract.shipping_v2 import ClaimReason, CreateClaim, Currency, SettlementType
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import ParcelLost
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


@pytest.fixture
def parcel_id(market: TestMarket) -> str:
    order_id = market.buys()
    market.advance(minutes=1)
    return buys_label(market, parcel(order_id, items_of(market.seller, order_id))).shipment_id


def test_parcels_are_listed_shown_and_delivered(market: TestMarket, spapi: Spapi, parcel_id: str) -> None:
    (listed,) = spapi("shipment", "list", "--json").json()["parcels"]
    assert (listed["parcelId"], listed["status"]) == (parcel_id, "LabelCreated")
    by_order = spapi("shipment", "list", "--order", listed["orderId"], "--json").json()
    by_tracking = spapi("shipment", "list", "--tracking", listed["trackingId"], "--json").json()
    assert by_order == by_tracking == {"parcels": [listed]}
    assert parcel_id in spapi("shipment", "list").out
    said = spapi("shipment", "show", parcel_id)
    assert said.code == 0, said.err
    assert "OutForDelivery" in said.out
    assert said.out == spapi("shipment", "show", f"{listed['orderId']}.1").out
    assert said.out == spapi("shipment", "show", listed["trackingId"]).out
    assert spapi("shipment", "show", f"{listed['orderId']}.2").code == 1

    moved = spapi("shipment", "move", listed["orderId"], "Delivered", "--place", "Portland", "--json").json()

    assert [one["status"] for one in moved["scans"]] == ["LabelCreated", "Accepted", "Delivered"]
    assert len(market.facts(PackageDelivered)) == 1
    refused = spapi("shipment", "move", parcel_id, "Lost")
    assert (refused.code, "is Delivered and cannot become Lost" in refused.err) == (1, True)
    assert market.facts(ParcelLost) == []


def test_a_label_is_saved_to_a_file_in_any_format(market: TestMarket, spapi: Spapi, parcel_id: str) -> None:
    assert spapi("shipment", "label", parcel_id, "label.pdf", "--format", "PDF").code == 0
    assert spapi("shipment", "label", parcel_id).code == 0
    refused = spapi("shipment", "label", parcel_id, "no/such/folder/label.pdf")

    assert Path("label.pdf").read_bytes().startswith(b"%PDF")
    assert Path(f"{parcel_id}.png").read_bytes().startswith(b"\x89PNG")
    (listed,) = spapi("shipment", "list", "--json").json()["parcels"]
    assert spapi("shipment", "label", listed["trackingId"], "tracked.png").code == 0
    assert Path("tracked.png").read_bytes() == Path(f"{parcel_id}.png").read_bytes()
    assert (refused.code, "cannot be written" in refused.err) == (2, True)
    market.restricted(ONE_SHIPMENT, method="DELETE").send(CancelShipment(shipment_id=parcel_id))
    assert "was given back" in spapi("shipment", "label", parcel_id).err


def test_a_label_says_the_weight_as_it_was_declared(spapi: Spapi, parcel_id: str) -> None:
    spapi("shipment", "label", parcel_id, "label.pdf", "--format", "PDF")

    with closing(pypdfium2.PdfDocument(Path("label.pdf").read_bytes())) as pdf:
        text = pdf[0].get_textpage().get_text_range()

    assert "1 lb 4 oz" in text
    assert "kg" not in text


def test_where_an_order_has_several_parcels_one_is_to_be_named(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys(quantity=2)
    market.advance(minutes=1)
    one_each = [{**item, "Quantity": 1} for item in items_of(market.seller, order_id)]
    ids = {buys_label(market, parcel(order_id, one_each)).shipment_id for _ in range(2)}

    said = spapi("shipment", "show", order_id)

    assert said.code == 1
    assert "has several parcels: " in said.err
    assert all(one in said.err for one in ids)


def test_what_amazon_ships_has_a_parcel_without_a_label(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=2)
    (listed,) = spapi("shipment", "list", "--order", order_id, "--json").json()["parcels"]

    assert listed["parcelId"] == f"{order_id}.1"
    assert spapi("shipment", "move", listed["parcelId"], "Lost").code == 0
    refused = spapi("shipment", "label", listed["parcelId"])
    assert (refused.code, "was not bought here" in refused.err) == (1, True)
    assert spapi("shipment", "show", "nothing").code == 1
    assert len(market.facts(ParcelLost)) == 1


def test_a_seller_settles_what_labels_do(market: TestMarket, spapi: Spapi) -> None:
    told = spapi(
        "shipment", "settings", "--no-confirm", "--easy-ship", "IN", "--refuse-terms", "UPS", "--pause", "ONTRAC"
    )
    assert told.code == 0, told.err
    order_id = market.buys()
    market.advance(minutes=1)

    found = offers(market.seller, parcel(order_id, items_of(market.seller, order_id)))

    assert [one.carrier_name for one in found.terms_and_conditions_not_accepted_carrier_list or ()] == ["UPS"]
    assert [one.carrier_name for one in found.temporarily_unavailable_carrier_list or ()] == ["OnTrac"]
    assert {"UPS", "OnTrac"}.isdisjoint(one.carrier_name for one in found.shipping_service_list)
    again = spapi("shipment", "settings", "--refuse-terms", "none", "--json").json()
    assert (again["confirmsOrders"], again["easyShip"], again["refusedTerms"]) == (False, ["IN"], [])
    refused = spapi("shipment", "settings", "--easy-ship", "US")
    assert (refused.code, "easyShip cannot be 'US'; it can be IN" in refused.err) == (2, True)


def test_a_parcel_of_no_order_is_delayed_refused_and_shown(market: TestMarket, spapi: Spapi) -> None:
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn", pageLayout="LEFT")
    (listed,) = spapi("shipment", "list", "--json").json()["parcels"]
    assert (listed["parcelId"], listed.get("orderId")) == (bought.shipment_id, None)
    assert "none of Amazon's" in spapi("shipment", "show", bought.shipment_id).out

    late = spapi("shipment", "delay", bought.shipment_id, "P30D", "--json").json()
    market.advance(days=20)

    assert [one["status"] for one in late["scans"]] == ["LabelCreated"]
    assert tracked(market.seller, tracking_of(bought), "AMZN_US").summary.status == "PreTransit"
    assert spapi("shipment", "move", bought.shipment_id, "Refused").code == 0
    assert tracked(market.seller, tracking_of(bought), "AMZN_US").summary.status == "Rejected"
    market.advance(days=10)
    over = spapi("shipment", "delay", bought.shipment_id, "P1D")
    assert (over.code, "nothing is planned for it" in over.err) == (1, True)
    assert spapi("shipment", "label", bought.shipment_id, "label.zpl", "--format", "ZPL203").code == 0
    assert Path("label.zpl").read_bytes().startswith(b"^XA")


def test_a_late_parcel_arrives_later_by_as_much(market: TestMarket, spapi: Spapi, parcel_id: str) -> None:
    (listed,) = spapi("shipment", "list", "--json").json()["parcels"]
    spapi("shipment", "delay", parcel_id, "P5D")
    market.advance(days=30)

    shown = spapi("shipment", "show", parcel_id, "--json").json()
    moments = [datetime.fromisoformat(one["at"]) for one in shown["scans"]]
    before = [datetime.fromisoformat(one["at"]) for one in listed["planned"]]
    assert [late - soon for late, soon in zip(moments[1:], before, strict=True)] == [timedelta(days=5)] * len(before)
    assert spapi("shipment", "delay", parcel_id, "soon").code == 2


def test_feedback_and_a_claim_are_told_of(market: TestMarket, spapi: Spapi) -> None:
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    market.advance(hours=30)
    spapi("shipment", "move", bought.shipment_id, "Lost")
    worth = Currency(value=Decimal(12), unit="USD")
    asked = CreateClaim(
        tracking_id=tracking_of(bought),
        claim_reason=ClaimReason.LOST_IN_TRANSIT,
        settlement_type=SettlementType.REFUND,
        declared_value=worth,
    )
    market.seller.send(asked)

    before = spapi("shipment", "show", bought.shipment_id).out
    market.advance(days=8)
    after = spapi("shipment", "show", bought.shipment_id).out

    assert "LOST_IN_TRANSIT Filed" in before
    assert "LOST_IN_TRANSIT Accepted" in after
    assert "12.00" in after
