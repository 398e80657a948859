"""POST_FBA_INBOUND_CARTON_CONTENTS: a seller tells what is in boxes that it had closed without a word."""

from __future__ import annotations

from typing import Any

import pytest
from feed_writer import envelope
from forwarder import US, box, units
from sender import Sender

from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import CancelInboundPlan
from sellingpartner.market.inbound.model import ContentSource
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold, handed_in, uploaded, waited_for

FEED, KIND = "POST_FBA_INBOUND_CARTON_CONTENTS", "CartonContentsRequest"
SAID = "The data you submitted is incomplete or invalid. "
Contents = dict[str, int]


class Closed(Sender):
    """Harbor Goods with two boxes, ready to ship, of which nobody knows what is in them."""

    def __init__(self, market: TestMarket) -> None:
        super().__init__(market)
        self.sells("ATLAS")
        self.sells("GUIDE")
        self.plan_id = self.plans(units("ATLAS", 12), units("GUIDE", 5))
        self.packs(self.plan_id, box(quantity=2, contentInformationSource=ContentSource.MANUAL.value))
        option = self.places(self.plan_id)
        (self.shipment_id,) = option.shipment_ids
        ups = next(
            one
            for one in self.transports(self.plan_id, option)
            if one.shipping_solution == "AMAZON_PARTNERED_CARRIER" and "SMALL" in one.shipping_mode
        )
        self.does(self.confirmation(self.plan_id, [ups]))
        self.confirmed = str(self.shipment(self.plan_id, self.shipment_id).shipment_confirmation_id)
        self.box_ids = [str(one.box_id) for one in self.boxes(self.plan_id, self.shipment_id)]

    def contents(self) -> dict[str, tuple[str, Contents]]:
        """What Amazon knows of each box."""
        return {
            str(one.box_id): (
                str(one.content_information_source),
                {item.msku: item.quantity for item in one.items or []},
            )
            for one in self.boxes(self.plan_id, self.shipment_id)
        }

    def source(self) -> str | None:
        """How v0 says that Amazon learns of contents."""
        asked = v0.GetShipments(
            query_type=v0.GetShipmentsQueryType.SHIPMENT, marketplace_id=US, shipment_id_list=[self.confirmed]
        )
        (found,) = self.asks(asked).payload.shipment_data
        return None if found.box_contents_source is None else str(found.box_contents_source)


@pytest.fixture
def harbor(market: TestMarket) -> Closed:
    return Closed(market)


def body(shipment_id: str, *cartons: tuple[str, Contents], count: int | None = None, more: str = "") -> str:
    """A message about a shipment."""
    told = "".join(
        f"<Carton><CartonId>{box_id}</CartonId>"
        + "".join(
            f"<Item><SKU>{sku}</SKU><QuantityShipped>{quantity}</QuantityShipped>"
            f"<QuantityInCase>1</QuantityInCase>{more}</Item>"
            for sku, quantity in contents.items()
        )
        + "</Carton>"
        for box_id, contents in cartons
    )
    number = len(cartons) if count is None else count
    return f"<ShipmentId>{shipment_id}</ShipmentId><NumCartons>{number}</NumCartons>{told}"


def sent(harbor: Closed, *bodies: str) -> FeedTold:
    return harbor.market.feed(FEED, envelope(KIND, *bodies))


def test_boxes_are_known_once_the_feed_told_of_them(harbor: Closed) -> None:
    first, second = harbor.box_ids
    assert harbor.contents() == {one: ("MANUAL_PROCESS", {}) for one in (first, second)}
    assert harbor.source() == "NONE"

    told = sent(harbor, body(harbor.confirmed, (second, {"GUIDE": 5, "ATLAS": 2}), (first, {"ATLAS": 10})))

    assert (told.status, told.counts, told.found) == ("DONE", (1, 1, 0), [])
    assert harbor.contents() == {
        first: ("BOX_CONTENT_PROVIDED", {"ATLAS": 10}),
        second: ("BOX_CONTENT_PROVIDED", {"GUIDE": 5, "ATLAS": 2}),
    }
    assert harbor.source() == "FEED"
    assert harbor.labels(harbor.confirmed).startswith(b"%PDF")


def test_it_is_told_anew_until_the_shipment_is_given_up(harbor: Closed) -> None:
    first, second = harbor.box_ids
    sent(harbor, body(harbor.confirmed, (first, {"ATLAS": 12}), (second, {"GUIDE": 5})))
    sent(harbor, body(harbor.confirmed, (first, {"ATLAS": 6, "GUIDE": 5}), (second, {"ATLAS": 6})))
    assert harbor.contents()[first] == ("BOX_CONTENT_PROVIDED", {"ATLAS": 6, "GUIDE": 5})
    before = harbor.contents()
    harbor.does(CancelInboundPlan(inbound_plan_id=harbor.plan_id))

    told = sent(harbor, body(harbor.confirmed, (first, {"ATLAS": 12}), (second, {"GUIDE": 5})))

    assert [one[2] for one in told.found] == [f"{SAID}ERROR: Shipment {harbor.confirmed} is CANCELLED."]
    assert harbor.contents() == before


BOTH: list[tuple[str, Contents]] = [("U000001", {"ATLAS": 12}), ("U000002", {"GUIDE": 5})]


@pytest.mark.parametrize(
    ("cartons", "more", "says"),
    [
        (BOTH[:1], {}, "It is not said what is in the following boxes"),
        ([*BOTH, ("U000003", {"GUIDE": 1})], {}, "boxes are not in the shipment"),
        ([BOTH[0], BOTH[0]], {}, "A box is named more than once"),
        ([("U000001", {"ATLAS": 12}), ("U000002", {"GUIDE": 6})], {}, "did not contain expected items"),
        ([("U000001", {"ATLAS": 12}), ("U000002", {"NOTHING": 5})], {}, "did not contain expected items"),
        ([("U000001", {"ATLAS": 999_999_999}), BOTH[1]], {}, "did not contain expected items"),
        (BOTH, {"count": 7}, "NumCartons is 7; 2 are told of."),
        (BOTH, {"more": "<ExpirationDate>2030-01-01</ExpirationDate>"}, "is not the one of the inbound plan"),
        (BOTH, {"more": "<ExpirationDate>soon</ExpirationDate>"}, "ExpirationDate"),
        ([("U000001", {"ATLAS": 0}), BOTH[1]], {}, "QuantityShipped"),
        ([("U000001", {}), BOTH[1]], {}, "Carton"),
    ],
)
def test_what_does_not_add_up_is_refused_whole(
    harbor: Closed, cartons: list[tuple[str, Contents]], more: dict[str, Any], says: str
) -> None:
    before = harbor.contents()

    told = sent(harbor, body(harbor.confirmed, *[(harbor.confirmed + name, said) for name, said in cartons], **more))

    assert told.counts == (1, 0, 1)
    assert says in told.found[0][2]
    assert harbor.contents() == before
    assert harbor.market.market.failures() == []


@pytest.mark.parametrize("shipment_id", ["FBA15XXXXXXX", "x", "sh1234abcd-1234-abcd-5678-1234abcd5678"])
def test_a_shipment_that_is_none_is_refused(harbor: Closed, shipment_id: str) -> None:
    told = sent(harbor, body(shipment_id, *BOTH))

    assert [one[2] for one in told.found] == [f"{SAID}ERROR: There is no shipment {shipment_id}."]


def test_a_shipment_of_another_seller_is_none(harbor: Closed) -> None:
    market = harbor.market
    other = market.caller(seller=market.join("Other Goods"))
    before = harbor.contents()
    document_id = uploaded(other, envelope(KIND, body(harbor.confirmed, *BOTH)).encode(), "text/xml; charset=UTF-8")
    feed_id = handed_in(other, FEED, document_id, options=None, marketplace_ids=(market.marketplace_id,))

    told = waited_for(other, feed_id, market.market.advance)

    assert [one[2] for one in told.found] == [f"{SAID}ERROR: There is no shipment {harbor.confirmed}."]
    assert harbor.contents() == before
