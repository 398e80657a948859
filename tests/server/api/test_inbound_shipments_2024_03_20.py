"""Shipments: renamed, followed by tracking numbers, changed before they leave, with their papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, refused, units
from modeled import check_form
from sender import Ready, Sender

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.events.inbound import InboundShipped, InboundTransportRepriced
from sellingpartner.testing import TestMarket

SIZE = {"length": 14, "width": 12, "height": 10, "unitOfMeasurement": "IN"}


class Following(Ready):
    """Harbor Goods, which follows its shipments and changes them."""

    def tracked(self) -> dict[str, str]:
        """Of each number whether Amazon knows it."""
        details = self.shipment(self.plan_id, self.shipment_id).tracking_details
        boxes = None if details is None else details.spd_tracking_detail
        return {
            str(one.tracking_id): str(one.tracking_number_validation_status)
            for one in (boxes.spd_tracking_items if boxes is not None else None) or []
        }

    def change(self, *boxes: dict[str, Any], **items: int) -> api.GenerateShipmentContentUpdatePreviews:
        """A request to price other contents."""
        said = {
            "inboundPlanId": self.plan_id,
            "shipmentId": self.shipment_id,
            "boxes": list(boxes),
            "items": [units(msku, quantity) for msku, quantity in items.items()],
        }
        return msgspec.convert(said, api.GenerateShipmentContentUpdatePreviews)

    def kept(self, count: int) -> list[dict[str, Any]]:
        """The first boxes as they are."""
        return [
            filled(**{str(one.items[0].msku): one.items[0].quantity}) | {"packageId": one.package_id}
            for one in self.boxes(self.plan_id, self.shipment_id)[:count]
            if one.items
        ]

    def previews(self) -> list[api.ContentUpdatePreview]:
        """The changes that were priced."""
        asked = api.ListShipmentContentUpdatePreviews(inbound_plan_id=self.plan_id, shipment_id=self.shipment_id)
        found: list[api.ContentUpdatePreview] = self.asks(asked).content_update_previews
        return found

    def taking(self, preview: api.ContentUpdatePreview) -> api.ConfirmShipmentContentUpdatePreview:
        """A request to take a change."""
        return api.ConfirmShipmentContentUpdatePreview(
            inbound_plan_id=self.plan_id,
            shipment_id=self.shipment_id,
            content_update_preview_id=preview.content_update_preview_id,
        )


def filled(quantity: int = 1, **items: int) -> dict[str, Any]:
    """A box that holds units."""
    return {
        "contentInformationSource": "BOX_CONTENT_PROVIDED",
        "dimensions": SIZE,
        "weight": {"value": 20, "unit": "LB"},
        "quantity": quantity,
        "items": [units(msku, count) for msku, count in items.items()],
    }


def test_a_shipment_has_a_name_and_may_have_another(market: TestMarket) -> None:
    harbor = Following(market)
    named = harbor.shipment(harbor.plan_id, harbor.shipment_id).name

    harbor.asks(
        api.UpdateShipmentName(inbound_plan_id=harbor.plan_id, shipment_id=harbor.shipment_id, name="Spring, one")
    )

    assert named is not None
    assert named.startswith("FBA STA (11/02/2026 09:00)-")
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).name == "Spring, one"


def test_the_first_tracking_number_sends_a_shipment_off(market: TestMarket) -> None:
    harbor = Following(market, carrier="FEDEX")
    before = harbor.stock()

    harbor.does(harbor.numbers("770000000001"))

    assert before == {"ATLAS": (40, 0), "GUIDE": (10, 0)}
    assert harbor.stock() == {"ATLAS": (0, 40), "GUIDE": (0, 10)}
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "SHIPPED"
    assert harbor.tracked() == {"770000000001": "NOT_VALIDATED"}
    (fact,) = market.facts(InboundShipped)
    assert fact.units == 50
    assert fact.placement_minor == 50 * 34
    harbor.does(harbor.numbers("770000000009", "770000000002"))
    assert harbor.tracked() == {"770000000009": "NOT_VALIDATED", "770000000002": "NOT_VALIDATED"}
    assert len(market.facts(InboundShipped)) == 1


@pytest.mark.parametrize(("carrier", "found"), [("FEDEX", "VALIDATED"), ("Other", "NOT_SUPPORTED")])
def test_amazon_looks_at_tracking_numbers_within_a_day(market: TestMarket, carrier: str, found: str) -> None:
    harbor = Following(market, carrier=carrier)
    harbor.does(harbor.numbers("770000000001"))

    market.advance(days=1)

    assert harbor.tracked() == {"770000000001": found}


def test_a_number_that_can_be_none_is_not_validated(market: TestMarket) -> None:
    harbor = Following(market, carrier="FEDEX")
    harbor.does(harbor.numbers("?"))

    market.advance(days=1)

    assert harbor.tracked() == {"?": "NOT_VALIDATED"}


def test_a_plan_has_shipped_with_its_last_shipment(market: TestMarket) -> None:
    harbor = Following(market, carrier="FEDEX", shipments=4)

    states = []
    for shipment_id in harbor.shipment_ids:
        harbor.does(harbor.numbers("770000000001", shipment_id=shipment_id))
        states.append(harbor.plan(harbor.plan_id).status)

    assert len(states) >= 4
    assert states == [*["ACTIVE"] * (len(states) - 1), "SHIPPED"]


def test_freight_is_tracked_by_its_bill(market: TestMarket) -> None:
    harbor = Following(market, carrier="Other", mode="FREIGHT_LTL")

    harbor.does(harbor.told(ltlTrackingDetail={"freightBillNumber": ["PRO-1"], "billOfLadingNumber": "BOL 7"}))

    details = harbor.shipment(harbor.plan_id, harbor.shipment_id).tracking_details
    assert details is not None
    assert details.ltl_tracking_detail is not None
    assert details.ltl_tracking_detail.freight_bill_number == ["PRO-1"]
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "SHIPPED"


def test_numbers_of_boxes_that_are_not_there_are_refused(market: TestMarket) -> None:
    harbor = Following(market, carrier="FEDEX")
    wrong = {"spdTrackingItems": [{"boxId": "FBA15XXXXXXXU000001", "trackingId": "770000000001"}]}

    code, words = refused(harbor.seller, harbor.told(spdTrackingDetail=wrong))

    assert code == "BadRequest"
    assert words == (
        "UpdateShipmentTrackingDetails cannot be processed because the following invalid boxIds were found in the "
        "request: [FBA15XXXXXXXU000001]"
    )
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "READY_TO_SHIP"


@pytest.mark.parametrize(
    ("carrier", "details", "words"),
    [
        ("", {"ltlTrackingDetail": {"freightBillNumber": ["PRO-1"]}}, "Amazon-partnered shipment can not be updated"),
        ("FEDEX", {"ltlTrackingDetail": {"freightBillNumber": ["PRO-1"]}}, "is tracked by spdTrackingDetail"),
        ("FEDEX", {"spdTrackingDetail": {"spdTrackingItems": []}}, "hold no tracking number"),
        ("FEDEX", {}, "hold no tracking number"),
    ],
)
def test_numbers_that_are_not_the_sellers_to_tell_are_refused(
    market: TestMarket, carrier: str, details: dict[str, Any], words: str
) -> None:
    harbor = Following(market, carrier=carrier)

    code, said = refused(harbor.seller, harbor.told(**details))

    assert code == "BadRequest"
    assert words in said
    assert harbor.stock() == {"ATLAS": (40, 0), "GUIDE": (10, 0)}


def test_what_is_in_a_shipment_changes_once_the_change_is_priced_and_taken(market: TestMarket) -> None:
    harbor = Following(market)
    before = harbor.boxes(harbor.plan_id, harbor.shipment_id)
    harbor.does(harbor.change(*harbor.kept(3), filled(2, ATLAS=8), ATLAS=46))
    (preview,) = harbor.previews()
    untouched = harbor.stock()

    harbor.does(harbor.taking(preview))

    assert untouched == {"ATLAS": (40, 0), "GUIDE": (10, 0)}
    after = harbor.boxes(harbor.plan_id, harbor.shipment_id)
    ids = [str(one.box_id)[-7:] for one in after]
    assert ids == ["U000001", "U000002", "U000003", "U000006", "U000007"]
    assert [one.package_id for one in after[:3]] == [one.package_id for one in before[:3]]
    assert harbor.stock() == {"ATLAS": (46, 0), "GUIDE": (0, 0)}
    items = harbor.asks(api.ListShipmentItems(inbound_plan_id=harbor.plan_id, shipment_id=harbor.shipment_id)).items
    assert {item.msku: item.quantity for item in items} == {"ATLAS": 46}
    assert len(harbor.tracked()) == 5
    assert harbor.previews() == []


def test_a_change_costs_what_its_boxes_cost(market: TestMarket) -> None:
    harbor = Following(market)
    harbor.does(harbor.change(*harbor.kept(4), ATLAS=40))
    (preview,) = harbor.previews()
    (chosen,) = [
        one
        for one in harbor.offered(harbor.plan_id)
        if one.transportation_option_id == preview.transportation_option.transportation_option_id
    ]

    harbor.does(harbor.taking(preview))

    assert chosen.quote is not None
    assert preview.transportation_option.quote is not None
    less = chosen.quote.cost.amount - preview.transportation_option.quote.cost.amount
    assert less == pytest.approx(chosen.quote.cost.amount / 5, abs=Decimal("0.02"))
    (fact,) = market.facts(InboundTransportRepriced)
    assert Decimal(fact.added_minor) == -less * 100


def test_a_change_is_priced_for_a_day_and_taken_before_the_shipment_leaves(market: TestMarket) -> None:
    harbor = Following(market, carrier="FEDEX")
    harbor.does(harbor.change(*harbor.kept(4), ATLAS=40))
    (preview,) = harbor.previews()
    market.advance(hours=25)

    late = refused(harbor.seller, harbor.taking(preview))
    harbor.does(harbor.numbers("770000000001"))
    gone = refused(harbor.seller, harbor.change(*harbor.kept(4), ATLAS=40))

    assert late[1] == "ERROR: Operation cannot be processed because the content update preview is expired."
    assert "The inbound plan is not in a valid state" in gone[1]
    assert harbor.stock() == {"ATLAS": (0, 40), "GUIDE": (0, 10)}


@pytest.mark.parametrize(
    ("boxes", "items", "words"),
    [
        ([filled(ATLAS=9)], {"ATLAS": 10}, "did not contain expected items and/or quantities."),
        ([filled(LAMP=10)], {"LAMP": 10}, "The following MSKUs are not on the inbound plan: [LAMP]."),
        (
            [filled(ATLAS=10) | {"packageId": f"pk{'0' * 8}-0000-4000-8000-{'0' * 12}"}],
            {"ATLAS": 10},
            "packageIds are not",
        ),
        ([filled(9000, ATLAS=1)], {"ATLAS": 9000}, "at most 5000 boxes"),
        ([filled(ATLAS=10) | {"weight": {"value": 60, "unit": "LB"}}], {"ATLAS": 10}, "weigh"),
        ([filled(ATLAS=10) | {"items": []}], {"ATLAS": 10}, "must be provided for BOX_CONTENT_PROVIDED"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    market: TestMarket, boxes: list[dict[str, Any]], items: dict[str, int], words: str
) -> None:
    harbor = Following(market)

    code, said = refused(harbor.seller, harbor.change(*boxes, **items))

    assert code == "BadRequest"
    assert words in said
    assert harbor.previews() == []


def test_no_change_is_priced_before_a_carrier_is_confirmed(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    shipment_id = harbor.places(plan_id).shipment_ids[0]
    said = {
        "inboundPlanId": plan_id,
        "shipmentId": shipment_id,
        "boxes": [filled(ATLAS=40)],
        "items": [units("ATLAS", 40)],
    }

    code, words = refused(harbor.seller, msgspec.convert(said, api.GenerateShipmentContentUpdatePreviews))

    assert code == "BadRequest"
    assert "after its transportation option is confirmed" in words


def test_a_challan_is_a_paper_of_indias_alone(market: TestMarket) -> None:
    harbor = Following(market)
    asked = api.GetDeliveryChallanDocument(inbound_plan_id=harbor.plan_id, shipment_id=harbor.shipment_id)

    assert refused(harbor.seller, asked) == (
        "BadRequest",
        "ERROR: Delivery challan documents are supported in the IN marketplace alone.",
    )


def test_previews_have_the_form_of_amazons(market: TestMarket) -> None:
    harbor = Following(market)
    harbor.does(harbor.change(*harbor.kept(4), filled(GUIDE=10), ATLAS=40, GUIDE=10))
    (preview,) = harbor.previews()
    path = f"{BASE}/inboundPlans/{harbor.plan_id}/shipments/{harbor.shipment_id}/contentUpdatePreviews"

    check_form(harbor.shown(path), DOCUMENT, "ListShipmentContentUpdatePreviewsResponse")
    check_form(harbor.shown(f"{path}/{preview.content_update_preview_id}"), DOCUMENT, "ContentUpdatePreview")
